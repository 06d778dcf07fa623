import * as z from "zod";
import { wordsOf } from "./header-words.ts";

const Words = z.array(z.string().min(1)).min(1);
const ByLanguage = z.record(z.string(), Words);

/** Words in the cells of sheets: for what became of somebody, for months, for yes, no and nothing. */
export const CellLists = z.strictObject({
  status: z.strictObject({
    active: ByLanguage,
    hired: ByLanguage,
    rejected: ByLanguage,
    withdrawn: ByLanguage,
    /** Words that say that it is over and not by whom. */
    unclear: ByLanguage,
  }),
  /** Words for the two that mean the same within a longer text. */
  withdrawn_within: Words,
  hired_within: Words,
  months: z.array(z.strictObject({ month: z.number().int().min(1).max(12), words: Words })).length(12),
  nothing: z.array(z.string()),
  yes: Words,
  no: Words,
  instructions: Words,
});
export type CellLists = z.infer<typeof CellLists>;

type StatusWord = keyof CellLists["status"];
type End = Exclude<StatusWord, "active" | "unclear">;

/** The words, ready to be looked up. */
export type CellWords = {
  readonly statusOf: (text: string) => StatusWord | undefined;
  /** How it ended, where the text is a word for an end and says by whose will. */
  readonly endOf: (text: string) => End | undefined;
  /** What became of somebody by the reason that is given: they withdrew, were hired, or were rejected. */
  readonly endByReason: (reason: string) => End;
  /** From 1; undefined for what is no month's name. */
  readonly monthOf: (word: string) => number | undefined;
  readonly isNothing: (text: string) => boolean;
  readonly yesNo: (text: string) => boolean | undefined;
  readonly isInstruction: (text: string) => boolean;
};

/** Makes the lists ready to be looked up. */
export function cellWordsFrom(lists: CellLists): CellWords {
  const within: Partial<Record<StatusWord, readonly string[]>> = {
    withdrawn: lists.withdrawn_within,
    hired: lists.hired_within,
  };
  const status = new Map(
    (Object.keys(lists.status) as StatusWord[]).flatMap((key) =>
      [...Object.values(lists.status[key]).flat(), ...(within[key] ?? [])].map(
        (word) => [wordsOf(word), key] as const,
      ),
    ),
  );
  const months = new Map(
    lists.months.flatMap(({ month, words }) => words.map((word) => [wordsOf(word), month] as const)),
  );
  const setOf = (words: readonly string[]) => new Set(words.map(wordsOf));
  const [yes, no, nothing] = [setOf(lists.yes), setOf(lists.no), setOf(lists.nothing)];
  const holds = (words: readonly string[]) => {
    const padded = words.map((word) => ` ${wordsOf(word)} `);
    return (text: string) => {
      const told = ` ${wordsOf(text)} `;
      return padded.some((word) => told.includes(word));
    };
  };
  const [withdrew, wasHired] = [holds(lists.withdrawn_within), holds(lists.hired_within)];
  const endOf = (text: string): End | undefined => {
    const word = status.get(wordsOf(text));
    return word === "active" || word === "unclear" ? undefined : word;
  };
  return {
    statusOf: (text) => status.get(wordsOf(text)),
    endOf,
    endByReason: (reason) => {
      const word = endOf(reason);
      if (word !== undefined) return word;
      if (withdrew(reason)) return "withdrawn";
      return wasHired(reason) ? "hired" : "rejected";
    },
    monthOf: (word) => months.get(wordsOf(word)),
    isNothing: (text) => !/[\p{L}\p{N}]/u.test(text) || nothing.has(wordsOf(text)),
    yesNo: (text) => (yes.has(wordsOf(text)) ? true : no.has(wordsOf(text)) ? false : undefined),
    isInstruction: holds(lists.instructions),
  };
}
