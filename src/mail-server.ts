import { DomainError } from "./domain/errors.ts";
import { whyRefused } from "./domain/outreach/outbox.ts";
import { greet } from "./mail/deliver.ts";
import { parseSmtpUrl } from "./mail/smtp-url.ts";

const MAIL_LIMITS = { connect: 5_000, greeting: 5_000, silence: 5_000, whole: 10_000 };

/** Connects to the mail server as for sending, then closes. The server's words and the password are never printed. */
export async function mailServer(smtpUrl: string | undefined): Promise<string> {
  if (smtpUrl === undefined)
    return "no server (SMTP_URL is not set): messages are handed over to be sent manually";
  const server = parseSmtpUrl(smtpUrl);
  const where = `${server.host}:${server.port}`;
  const refused = await greet(server, MAIL_LIMITS);
  if (!refused)
    return `${where} answers${server.user === null ? "" : " and takes the sign-in"}${server.loopback ? "" : ", encrypted"}`;
  throw new DomainError(
    "unavailable",
    `${where}: ${whyRefused(refused.at, refused.code)}`,
    "Mail that is confirmed cannot leave until SMTP_URL names a server that takes it.",
  );
}
