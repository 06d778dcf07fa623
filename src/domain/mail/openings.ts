import { addressIn, fieldOf } from "./head.ts";
import type { FieldName, MailWords } from "./words.ts";

/** What opens a passage of somebody else's words, and the line at which that passage goes on. */
export type Opening = { readonly end: number; readonly what: "quoted" | "forwarded" };

/** So many lines hold the headers that a program puts above what it quotes, blank ones among them. */
const HEADERS = 8;
const INTRO_CHARS = 300;
const INTRO_LINES = 3;

const ADDRESS = /[^\s<>()[\]]@[^\s<>()[\]]/;
const ENDS_IN_ADDRESS = /[<([][^\s<>]+@[^\s<>]+[>)\]]$/;
const CLOCK = /(?<!\d)\d{1,2}[:.h時시]\s?\d{2}(?!\d)/;
const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)/;

export const isMarked = (line: string | undefined): boolean => line !== undefined && /^\s*[>＞]/.test(line);

/** What opens quoted text at this line; undefined where nothing does. */
export function openingAt(lines: readonly string[], n: number, words: MailWords): Opening | undefined {
  const announced = announcedAt(lines[n] ?? "", words);
  if (announced !== undefined) return { end: n + 1, what: announced };
  const end = introducedEnd(lines, n, words) ?? headersEnd(lines, n, words);
  return end === undefined ? undefined : { end, what: "quoted" };
}

function announcedAt(line: string, { announced }: MailWords): Opening["what"] | undefined {
  if (line.length > INTRO_CHARS) return undefined;
  // Behind the dashes, headers may go on in the same line.
  const [title = ""] = line.replace(/^[\s*_=\-–—]+|[\s*_=\-–—:：]+$/g, "").split(/\s*-{3,}/);
  return announced.get(title.replace("’", "'").toLowerCase());
}

function introducedEnd(lines: readonly string[], n: number, words: MailWords): number | undefined {
  let intro = "";
  for (let at = n; at < Math.min(n + INTRO_LINES, lines.length); at += 1) {
    const line = lines[at] ?? "";
    if (line.length + intro.length > INTRO_CHARS) return undefined;
    const part = line.replace(/^\s*-{2,}/, "").trim();
    if (part === "" || isMarked(part)) return undefined;
    if (at > n && beginsAnew(intro, part, words)) return undefined;
    intro = `${intro} ${part.replace(/\s*-{2,}$/, ":")}`.trimStart();
    if (isIntroduction(intro, words)) return at + 1;
    if (!mayGoOn(intro, words)) return undefined;
  }
  return undefined;
}

/** An introduction that is wrapped begins with what each language begins it with, with an address, or with a moment. */
const mayGoOn = (intro: string, { lead }: MailWords): boolean =>
  !/[^\d][.!?]$|[:：]$/.test(intro) && (lead.test(intro) || ADDRESS.test(intro) || hasMoment(intro));

/** Whether a line that could go on with an introduction is one by itself. */
const beginsAnew = (before: string, line: string, words: MailWords): boolean =>
  (words.lead.test(line) && /\d/.test(line)) ||
  (!words.lead.test(before) && !hasMoment(before) && isIntroduction(line, words));

const hasMoment = (text: string): boolean => CLOCK.test(text) && YEAR.test(text);

/** `On MOMENT, NAME wrote:`, in the order of each language. `On 12 May 2023 I wrote:` tells of own work. */
function isIntroduction(intro: string, words: MailWords): boolean {
  const body = intro.replace(/\s*[:：]$/, "");
  const hasAddress = ADDRESS.test(body);
  // Some programs leave the colon out.
  const isWhole = /[:：]$/.test(intro) || (hasAddress && hasMoment(body) && words.wroteLast.test(body));
  if (!isWhole || words.notQuoting.test(intro)) return false;
  if (hasMoment(body) && (ENDS_IN_ADDRESS.test(body) || (hasAddress && words.lead.test(body)))) return true;
  if (!words.wrote.test(body) && !words.wroteBeforeName.test(body)) return false;
  if (hasAddress) return true;
  const isLast = words.wroteLast.test(body);
  if (words.lead.test(body) && /\d/.test(body)) return isLast || words.wroteBeforeName.test(body);
  return (
    hasMoment(body) && (isLast || /\d\W*(?:[AP]M|Uhr)?$/i.test(body) || words.wroteBeforeName.test(body))
  );
}

function headersEnd(lines: readonly string[], n: number, words: MailWords): number | undefined {
  const first = fieldOf(lines[n], words);
  if (first !== "from" && first !== "sent" && first !== "date") return undefined;
  const fields = new Set<FieldName>();
  let last = n;
  let hasAddress = false;
  for (let at = n; at < Math.min(n + HEADERS, lines.length); at += 1) {
    const line = lines[at] ?? "";
    const field = fieldOf(line, words);
    if (field === undefined) continue;
    fields.add(field);
    hasAddress ||= addressIn(line) !== undefined;
    last = at;
  }
  // `From: 10:00`, `To: 11:00` is a time that suits.
  const isSender = first === "from" && addressIn(lines[n] ?? "") !== undefined;
  const named = fields.has("from") && (hasAddress || fields.has("subject") || fields.has("sent"));
  if (!isSender && !(named && fields.size > 1)) return undefined;
  while (last < lines.length && lines[last]?.trim() !== "" && !isMarked(lines[last])) last += 1;
  return last;
}
