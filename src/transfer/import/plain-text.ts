import { Parser } from "htmlparser2";

const IS_HTML = /<(?:p|br|ul|ol|li|b|i|a|div|span|strong|em|h\d)\b[^>]*>/i;
const BLOCKS = new Set(["p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4"]);

/** A text that a vendor may have written in HTML, as it reads. */
export function plainText(text: string): string {
  if (!IS_HTML.test(text)) return text.trim();
  let plain = "";
  const parser = new Parser({
    onopentag: (name) => {
      if (BLOCKS.has(name)) plain += name === "li" ? "\n- " : "\n";
    },
    ontext: (words) => {
      plain += words.replace(/\s+/g, " ");
    },
    onclosetag: (name) => {
      if (name === "p") plain += "\n";
    },
  });
  parser.end(text);
  return plain
    .replace(/[^\S\n]*\n[^\S\n]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const MAX_DEPTH = 4;
/** The keys under which a choice has its words. */
const LABELS = ["label", "text", "title", "name", "body", "value"];

/** A value of a form as it reads: choices with commas between, yes and no, the label of a choice. */
export function readable(value: unknown, depth = 0): string {
  if (typeof value === "string") return plainText(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return "";
  const label = LABELS.map((key): unknown => Reflect.get(value, key)).find(
    (one) => one !== undefined && one !== null,
  );
  const parts: unknown[] = Array.isArray(value)
    ? value
    : label === undefined
      ? Object.values(value)
      : [label];
  return parts
    .map((part) => readable(part, depth + 1))
    .filter((part) => part !== "")
    .join(", ");
}

/** A question and its answer in one line, or one below the other where the answer is longer. */
export function questionLine(question: string | undefined, answer: string): string | undefined {
  if (answer === "") return undefined;
  if (question === undefined) return answer;
  const between = answer.includes("\n") ? "\n" : " ";
  return `${question}${/[?:]$/.test(question) ? "" : ":"}${between}${answer}`;
}
