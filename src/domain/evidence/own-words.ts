import type { Document } from "../candidates/document.ts";
import { headersOf } from "../outreach/reply.ts";

/** Who may have written a mail, by address in lower case. */
export type Writers = { readonly team: readonly string[]; readonly candidate: string };

/** What programs write above a mail that they quote or forward whole; the dashes around it are left aside. */
const ANNOUNCED = new Set([
  ...["original message", "forwarded message", "begin forwarded message"],
  ...["ursprüngliche nachricht", "originalnachricht", "original-nachricht"],
  ...["weitergeleitete nachricht", "anfang der weitergeleiteten nachricht"],
  ...["message d'origine", "message original", "message initial", "mail original"],
  ...["message transféré", "début du message transféré", "début du message réexpédié"],
  ...["mensaje original", "mensaje reenviado", "inicio del mensaje reenviado"],
  ...["messaggio originale", "messaggio inoltrato", "inizio messaggio inoltrato"],
  ...["mensagem original", "mensagem encaminhada", "mensagem reencaminhada"],
  ...["oorspronkelijk bericht", "doorgestuurd bericht", "begin doorgestuurd bericht"],
]);

type Field = "from" | "sent" | "subject";
const NAMES: Record<Field, string> = {
  from: "from|von|de|da|van|från|fra",
  sent: "sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviada em|inviato|verzonden|skickat|sendt",
  subject: "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne",
};
const FIELDS = new Map(
  (["from", "sent", "subject"] as const).flatMap((field) =>
    NAMES[field].split("|").map((name): [string, Field] => [name, field]),
  ),
);
/** So many lines hold the headers that a program puts above what it quotes, blank ones among them. */
const HEADERS = 6;

// `On MOMENT, NAME wrote:`, in the order of each language. `On 12 May 2023 I wrote:` tells of own work.
const LEAD = /^(?:On|Le|El|Il|Em|Am|Op|Den)\s/;
const INTRODUCED = [
  /^(?:On|Le|El|Il|Em)\s.*\s(?:(?<!\bI )wrote|a écrit|escribió|ha scritto|escreveu)\s?:$/,
  /^(?:Am|Op|Den)\s.*\s(?:schrieb(?! ich\b)|schreef|skrev)\s.*:$/,
  /@\S+\s(?:wrote|a écrit|escribió|ha scritto|escreveu|schrieb|schreef|skrev)\s?:$/,
  /\s(?:wrote on|schrieb am) [\d\s.,/:-]+(?:[AP]M|Uhr)?\s?:$/,
];
const INTRO_CHARS = 300;
const INTRO_LINES = 3;

const REPLY = /^[^:]*:\s*(?:re|res|aw|antw|antwort|sv|rif|fwd?|wg|tr|rv)\s?:/i;

/** Documents with what the candidate wrote: not what a mail quotes, and nothing of a member's mail. */
export function withOwnWords<D extends Document>(documents: readonly D[], writers: Writers): D[] {
  return documents.map((d) => (d.kind === "email" ? { ...d, own: ownWords(d.text, writers) } : d));
}

/** A mail with everything but its sender's own words blanked out; every word stands where it stood. */
export function ownWords(text: string, { team, candidate }: Writers): string {
  const lines = text.split("\n");
  const head = headEnd(text, lines);
  const sender = senderOf(lines.slice(0, head));
  // A member who applies writes as a candidate.
  if (sender !== undefined && sender !== candidate && team.includes(sender)) return blanked(lines, 0);
  blankReplySubject(lines, head);
  let n = head;
  while (n < lines.length) {
    const opened = isMarked(lines[n]) ? undefined : openingEnd(lines, n);
    // Where the quoted lines are marked one by one, answers stand between and below them.
    if (opened !== undefined && !goesOnMarked(lines, nextWritten(lines, opened))) return blanked(lines, n);
    const end = opened ?? n + 1;
    if (opened !== undefined || isMarked(lines[n])) blank(lines, n, end);
    n = end;
  }
  return lines.join("\n");
}

const isMarked = (line: string | undefined): boolean => line !== undefined && /^\s*>/.test(line);
const goesOnMarked = (lines: readonly string[], n: number): boolean =>
  isMarked(lines[n]) || openingEnd(lines, n) !== undefined;

function blank(lines: string[], from: number, to: number): void {
  for (let n = from; n < to; n += 1) lines[n] = " ".repeat(lines[n]?.length ?? 0);
}

function blanked(lines: string[], from: number): string {
  blank(lines, from, lines.length);
  return lines.join("\n");
}

/** The first line from `n` on that is not blank. */
function nextWritten(lines: readonly string[], n: number): number {
  let at = n;
  while (at < lines.length && lines[at]?.trim() === "") at += 1;
  return at;
}

/** Where a mail's own headers end: none of them opens something quoted. */
function headEnd(text: string, lines: readonly string[]): number {
  const first = nextWritten(lines, 0);
  if (headersOf(text) === undefined && fieldOf(lines[first]) !== "from") return 0;
  const end = lines.findIndex((line, n) => n > first && line.trim() === "");
  return end < 0 ? lines.length : end;
}

/** The last address in the sender's header: what stands before it is a name, whatever it looks like. */
function senderOf(head: readonly string[]): string | undefined {
  const unfolded = head.join("\n").replace(/\r?\n[ \t]+/g, " ");
  const from = unfolded.split("\n").find((line) => fieldOf(line) === "from");
  const words = from?.split(/[\s<>()[\]"',;:]+/) ?? [];
  return words.findLast((word) => word.includes("@"))?.toLowerCase();
}

/** The subject of an answer is what the first mail called it. */
function blankReplySubject(lines: string[], head: number): void {
  let answers = false;
  for (let n = 0; n < head; n += 1) {
    const line = lines[n] ?? "";
    const goesOn = /^[ \t]/.test(line);
    answers = goesOn ? answers : fieldOf(line) === "subject" && REPLY.test(line);
    if (answers) blank(lines, n, n + 1);
  }
}

/** Which header a line is, in the languages of common mail programs; bold ones have stars around them. */
function fieldOf(line: string | undefined): Field | undefined {
  const name = /^\s*\*{0,2}(\p{L}[\p{L} ]{0,11}?)\s?\*{0,2}:/u.exec(line ?? "")?.[1];
  return name === undefined ? undefined : FIELDS.get(name.toLowerCase());
}

/** Where what opens quoted text at this line ends; undefined where nothing does. */
const openingEnd = (lines: readonly string[], n: number): number | undefined =>
  announcedEnd(lines, n) ?? introducedEnd(lines, n) ?? headersEnd(lines, n);

function announcedEnd(lines: readonly string[], n: number): number | undefined {
  const line = lines[n] ?? "";
  if (line.length > INTRO_CHARS) return undefined;
  // Behind the dashes, headers may go on in the same line.
  const [words = ""] = line.replace(/^[\s*_=-]+|[\s*_=:-]+$/g, "").split(/\s*-{3,}/);
  return ANNOUNCED.has(words.replace("’", "'").toLowerCase()) ? n + 1 : undefined;
}

function introducedEnd(lines: readonly string[], n: number): number | undefined {
  let intro = "";
  for (let at = n; at < Math.min(n + INTRO_LINES, lines.length); at += 1) {
    const line = lines[at] ?? "";
    if (line.length + intro.length > INTRO_CHARS) return undefined;
    const words = line.replace(/^\s*-{2,}/, "").trim();
    if (words === "" || (at > n && LEAD.test(words))) return undefined;
    intro = `${intro} ${words.replace(/\s*-{2,}$/, ":")}`.trimStart();
    if (/[\d@]/.test(intro) && INTRODUCED.some((pattern) => pattern.test(intro))) return at + 1;
    if (!LEAD.test(intro)) return undefined;
  }
  return undefined;
}

function headersEnd(lines: readonly string[], n: number): number | undefined {
  const first = fieldOf(lines[n]);
  if (first !== "from" && first !== "sent") return undefined;
  const seen = new Set<Field>();
  let last = n;
  for (let at = n; at < Math.min(n + HEADERS, lines.length); at += 1) {
    const field = fieldOf(lines[at]);
    if (field === undefined) continue;
    seen.add(field);
    last = at;
  }
  // `From: 10:00`, `To: 11:00` is a time that suits.
  const isSender = first === "from" && senderOf(lines.slice(n, n + 1)) !== undefined;
  if (!isSender && !(seen.has("from") && seen.size > 1)) return undefined;
  while (last < lines.length && lines[last]?.trim() !== "" && !isMarked(lines[last])) last += 1;
  return last;
}
