import type { Handover } from "../domain/outreach/outbox.ts";
import { composeMail, type Mail } from "./compose.ts";
import { handOver, SMTP_LIMITS, type SmtpLimits } from "./deliver.ts";
import { parseSmtpUrl } from "./smtp-url.ts";

/** Sends mail through the server that the operator configured. */
export type Mailer = {
  /** Composes a message and hands it over, once. A failure of the server is returned, not thrown. */
  send(mail: Mail): Promise<Handover>;
};

/** @throws DomainError `invalid` when the server's address cannot be read. */
export function createMailer(smtpUrl: string, limits: SmtpLimits = SMTP_LIMITS): Mailer {
  const server = parseSmtpUrl(smtpUrl);
  return {
    async send(mail) {
      const raw = await composeMail(mail);
      return handOver(server, { from: mail.from.address, to: mail.to }, raw, limits);
    },
  };
}
