import type { Handover } from "../domain/outreach/outbox.ts";
import { composeMail, type Mail } from "./compose.ts";
import { handOver, SMTP_LIMITS, type SmtpLimits } from "./deliver.ts";
import { parseSmtpUrl } from "./smtp-url.ts";

/** The way out to the mail server that the operator named. */
export type Mailer = {
  /** Composes a message and hands it over, once. It never throws for what the server does. */
  send(mail: Mail): Promise<Handover>;
};

/** @throws DomainError `invalid` when the address of the server is none. */
export function createMailer(smtpUrl: string, limits: SmtpLimits = SMTP_LIMITS): Mailer {
  const server = parseSmtpUrl(smtpUrl);
  return {
    async send(mail) {
      const raw = await composeMail(mail);
      return handOver(server, { from: mail.from.address, to: mail.to }, raw, limits);
    },
  };
}
