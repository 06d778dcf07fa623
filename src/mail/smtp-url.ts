import { isIPv4 } from "node:net";
import { DomainError } from "../domain/errors.ts";

/** A mail server's connection settings. Nothing else in the address is used. */
export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** Whether TLS begins with the first byte, as on port 465. */
  readonly secure: boolean;
  /** Whether the server is on this machine. Only then may messages be sent without encryption. */
  readonly loopback: boolean;
  readonly user: string | null;
  readonly password: string | null;
};

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`.
 * @throws DomainError `invalid`, never with the address, because it holds a password.
 */
export function parseSmtpUrl(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "" || url.search !== "") {
    throw new DomainError(
      "invalid",
      "SMTP_URL: must be smtp://HOST:PORT or smtps://HOST:PORT, with USER:PASSWORD@ before the host if it asks for them.",
      "Options after a question mark are not read; encryption is always required, but on this machine.",
    );
  }
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const decoded = (part: string) => (part === "" ? null : decodeURIComponent(part));
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    loopback: isLoopback(host),
    user: decoded(url.username),
    password: decoded(url.password),
  };
}
