import * as z from "zod";

const Words = z.array(z.string().min(1)).min(1);

/** What a column of a sheet can hold. */
export const SheetField = z.enum([
  ...(["name", "first_name", "middle_name", "last_name", "last_first"] as const),
  ...(["email", "other_email", "phone", "linkedin", "github", "link", "location", "timezone"] as const),
  ...(["role", "stage", "status", "rejected", "reason", "archive_reason"] as const),
  ...(["source", "referred_by", "owner", "tags", "do_not_contact"] as const),
  ...(["applied_at", "added_at", "stage_entered_at", "rejected_at", "ended_at", "hired_at"] as const),
  ...(["note", "answer", "salary", "currency", "candidate_id", "application_id", "demographic"] as const),
]);
export type SheetField = z.infer<typeof SheetField>;

/** How the columns of sheets are named, in the languages of those who keep them. */
export const HeaderLists = z.strictObject({
  prefixes: Words,
  suffixes: Words,
  fields: z.array(
    z.strictObject({
      field: SheetField,
      /** Names of the column, by language. */
      words: z.record(z.string(), Words),
      /** Words that tell it wherever they stand in the name of a column. */
      within: Words.optional(),
      /** What it is not, for whoever adds a word. */
      not: z.string().optional(),
      examples: z.strictObject({ yes: Words, no: Words }),
    }),
  ),
});
export type HeaderLists = z.infer<typeof HeaderLists>;

/** Says what the column of a name holds; undefined where the name is not known. */
export type HeaderWords = (header: string) => SheetField | undefined;

const LETTERS: Record<string, string> = { ß: "ss", ł: "l", ø: "o", æ: "ae", œ: "oe", đ: "d" };

/** A text without case, accents and punctuation, its words one space apart. */
export const wordsOf = (text: string): string =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßłøæœđ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const keyOf = (text: string): string => wordsOf(text).replaceAll(" ", "");
const MAX_HEADER_CHARS = 200;
/** What a sheet can have several columns of. "Position 1" is of somebody's past. */
const NUMBERED: ReadonlySet<SheetField> = new Set([
  ...(["email", "other_email", "phone", "linkedin", "github", "link", "location"] as const),
  ...(["tags", "note", "answer"] as const),
]);

/** The names of columns, ready to be looked up. */
export function headerWordsFrom({ fields, prefixes, suffixes }: HeaderLists): HeaderWords {
  const byKey = new Map<string, SheetField>();
  for (const { field, words } of fields)
    for (const word of Object.values(words).flat()) byKey.set(keyOf(word), field);
  const within = fields.flatMap(({ field, within: inner = [] }) =>
    inner.map((word) => [` ${wordsOf(word)} `, field] as const),
  );
  const leads = prefixes.map(keyOf);
  const ends = suffixes.map(keyOf);
  const fieldOf = (key: string): SheetField | undefined => {
    const lead = leads.find((one) => key.startsWith(one) && byKey.has(key.slice(one.length)));
    const end = ends.find((one) => key.endsWith(one) && byKey.has(key.slice(0, -one.length)));
    return (
      byKey.get(key) ??
      (lead === undefined ? undefined : byKey.get(key.slice(lead.length))) ??
      (end === undefined ? undefined : byKey.get(key.slice(0, -end.length)))
    );
  };
  const looked = (key: string): SheetField | undefined => {
    const [, bare = "", number] = /^(.*?\D)(\d+)$/.exec(key) ?? [];
    const field = fieldOf(key) ?? fieldOf(bare);
    if (number === undefined || field === undefined || byKey.has(key)) return field;
    if (field === "email") return Number(number) > 1 ? "other_email" : field;
    return NUMBERED.has(field) ? field : undefined;
  };
  /** "Quelle / Source": the same in two languages. */
  const inParts = (header: string): SheetField | undefined => {
    const [first, ...others] = header.split(/[/|]/).map((part) => looked(keyOf(part)));
    return others.length > 0 && others.every((other) => other === first) ? first : undefined;
  };
  return (header) => {
    if (header.length > MAX_HEADER_CHARS) return undefined;
    const whole = looked(keyOf(header)) ?? looked(keyOf(header.replace(/[([].*$/s, "")));
    const told = ` ${wordsOf(header)} `;
    return whole ?? within.find(([word]) => told.includes(word))?.[1] ?? inParts(header);
  };
}
