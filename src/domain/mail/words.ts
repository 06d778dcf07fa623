import * as z from "zod";

const Words = z.array(z.string().min(1)).min(1);
const FieldName = z.enum(["from", "sent", "date", "to", "cc", "subject"]);
export type FieldName = z.infer<typeof FieldName>;

/** How mail programs introduce what they quote, in the languages of the common ones. */
const QuotingLists = z.strictObject({
  original: Words,
  forwarded: Words,
  fields: z.record(FieldName, Words),
  answers: Words,
  forwards: Words,
  wrote: Words,
  wrote_before_name: Words,
  leads: Words,
  not_quoting: Words,
  mobile: Words,
});

/** What tells mails that no person wrote. */
const SignLists = z.strictObject({
  reporters: Words,
  reports: Words,
  delayed: Words,
  delivered: Words,
  automatic: Words,
});

/** What reads like a wish not to be written to any more, language by language. */
const OptOutLists = z.array(
  z.strictObject({
    language: z.string(),
    phrases: Words,
    unless: z.array(z.string()),
    examples: z.strictObject({ are: Words, are_not: Words }),
  }),
);

export const MailWordLists = z.strictObject({
  quoting: QuotingLists,
  signs: SignLists,
  optOut: OptOutLists,
});
export type MailWordLists = z.infer<typeof MailWordLists>;

/** The words, ready to be looked up and searched for. */
export type MailWords = {
  /** What a line above a whole mail announces, by its words in lower case. */
  readonly announced: ReadonlyMap<string, "quoted" | "forwarded">;
  readonly fields: ReadonlyMap<string, FieldName>;
  readonly answers: ReadonlySet<string>;
  readonly forwards: ReadonlySet<string>;
  readonly wrote: RegExp;
  /** The same, as the last word. */
  readonly wroteLast: RegExp;
  readonly wroteBeforeName: RegExp;
  readonly lead: RegExp;
  readonly notQuoting: RegExp;
  readonly mobile: RegExp;
  readonly reporter: RegExp;
  readonly report: RegExp;
  readonly automatic: RegExp;
  readonly delayed: RegExp;
  readonly delivered: RegExp;
  readonly optOut: readonly OptOutWords[];
};

type OptOutWords = {
  /** What counts within a sentence. */
  readonly phrases: readonly RegExp[];
  /** What counts only as a whole line or sentence. */
  readonly alone: readonly RegExp[];
  readonly unless: RegExp | undefined;
};

export function mailWordsFrom({ quoting, signs, optOut }: MailWordLists): MailWords {
  const fields = FieldName.options.flatMap((field) =>
    quoting.fields[field].map((name): [string, FieldName] => [name, field]),
  );
  return {
    announced: new Map([
      ...quoting.original.map((words): [string, "quoted"] => [words, "quoted"]),
      ...quoting.forwarded.map((words): [string, "forwarded"] => [words, "forwarded"]),
    ]),
    // `Da` and `De` begin a header in several languages; which of them is all the same.
    fields: new Map(fields),
    answers: new Set(quoting.answers),
    forwards: new Set(quoting.forwards),
    wrote: anyOf(quoting.wrote),
    wroteLast: anyOf(quoting.wrote, "", "$"),
    wroteBeforeName: anyOf(quoting.wrote_before_name),
    lead: anyOf(quoting.leads, "^"),
    notQuoting: anyOf(quoting.not_quoting),
    mobile: anyOf(quoting.mobile, "^"),
    reporter: anyOf(signs.reporters, "^"),
    report: anyOf(signs.reports, "^"),
    automatic: anyOf(signs.automatic, "^"),
    delayed: anyOf(signs.delayed),
    delivered: anyOf(signs.delivered),
    optOut: optOut.map(({ phrases, unless }) => ({
      phrases: phrases.filter((phrase) => !phrase.startsWith("^")).map(phrasePattern),
      alone: phrases.filter((phrase) => phrase.startsWith("^")).map((phrase) => new RegExp(phrase, "iu")),
      unless: unless.length > 0 ? anyOf(unless) : undefined,
    })),
  };
}

/** A letter of a script that puts spaces between its words. */
const SPACED = "\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}";
const spaced = new RegExp(`[${SPACED}]`, "u");
const APART = { before: `(?<![${SPACED}\\p{N}])`, behind: `(?![${SPACED}\\p{N}])` };

/** One of some words, whole where its script sets words apart. */
function anyOf(words: readonly string[], start = "", end = ""): RegExp {
  const whole = words.map((word) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const before = spaced.test(word.charAt(0)) ? APART.before : "";
    const behind = spaced.test(word.charAt(word.length - 1)) ? APART.behind : "";
    return `${before}${escaped}${behind}`;
  });
  return new RegExp(`${start}(?:${whole.join("|")})${end}`, "iu");
}

const GAP = "(?:[^\\s]+ ){0,3}[^\\s]+";

/** A phrase of the list as a pattern: `~` is up to four words; at both ends stand whole words. */
function phrasePattern(phrase: string): RegExp {
  const pattern = phrase.replaceAll("~", GAP);
  const isSpaced = spaced.test(phrase);
  return new RegExp(isSpaced ? `${APART.before}(?:${pattern})${APART.behind}` : pattern, "iu");
}
