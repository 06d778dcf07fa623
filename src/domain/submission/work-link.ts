import type { DocumentKind } from "../candidates/document.ts";
import { DomainError } from "../errors.ts";

const MAX_LINK_CHARS = 2_000;
/** Parameters by which an address carries a password or a key. */
const SECRET = /[?&#](?:access_token|api_?key|pass(?:word|wd)?|pwd|secret)=/i;

/**
 * The address at which a candidate shows their work. It is stored and shown, and never opened from here.
 * @throws DomainError `invalid` for what is no https address, or carries a password.
 */
export function workLink(text: string): string {
  const wrong = wrongWith(text.trim());
  if (wrong === undefined) return new URL(text.trim()).href;
  const hint = "Give an https address that opens without a password, or store the file itself.";
  throw new DomainError("invalid", `link: ${wrong}`, hint);
}

/** The link that a work sample consists of; undefined for every other document. */
export const linkOf = ({ kind, text }: { kind: DocumentKind; text: string }): string | undefined =>
  kind === "work_sample" && wrongWith(text) === undefined ? text : undefined;

function wrongWith(text: string): string | undefined {
  if (text.length > MAX_LINK_CHARS) return `longer than ${MAX_LINK_CHARS} characters.`;
  if (!URL.canParse(text) || /\s/.test(text)) return "this is no address.";
  const url = new URL(text);
  if (url.protocol !== "https:") return "only https addresses are taken.";
  if (!/\.\p{L}[\p{L}\d-]+$/u.test(url.hostname) || /\.(?:local|localhost|internal)$/.test(url.hostname))
    return "nobody but its own network reaches this address.";
  return url.username || url.password || SECRET.test(text) ? "it carries a password or a key." : undefined;
}
