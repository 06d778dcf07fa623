import * as z from "zod";
import { AssessedFlag, FlagVerdict } from "../../domain/evaluation/assessed-flag.ts";
import { StaleWhy } from "../../domain/evaluation/stale.ts";
import type { Comparison } from "../../services/evaluation/compare-candidates.ts";
import type { Answer } from "./answer.ts";

/** So many passages of a flag are shown, and so much of each, where its quotes are not asked for whole. */
export const MAX_PASSAGES = 2;
export const MAX_PASSAGE_CHARS = 200;

/** Since when an assessment is stale, and why; a field that is not known is absent, and both while it stands. */
export const StaleAnswer = z.object({ stale_at: z.string().optional(), stale_why: StaleWhy.optional() });

/** Candidates of one role flag by flag. */
export const ComparisonAnswer = z.object({
  candidates: z.array(
    z.object({
      ref: z.string(),
      name: z.string(),
      to_read: z.array(z.string()).nullable(),
      ...StaleAnswer.shape,
    }),
  ),
  flags: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      polarity: AssessedFlag.shape.polarity,
      /** Where somebody's is still to be read. */
      definition: z.string().optional(),
      candidates: z.array(
        z.object({
          ref: z.string(),
          verdict: z.union([FlagVerdict, z.literal("not assessed")]),
          support: AssessedFlag.shape.support,
          /** Absent where the rules alone have spoken. */
          by: AssessedFlag.shape.by.optional(),
          quotes: z.array(z.string()),
        }),
      ),
    }),
  ),
});
export type ComparisonAnswer = Answer<typeof ComparisonAnswer>;

/** All quotes of a comparison together: ten people cost at most 6,000 tokens. */
const MAX_COMPARED_CHARS = 11_000;
/** Fewer and shorter quotes, until they fit. */
const STEPS = [
  { quotes: MAX_PASSAGES, chars: MAX_PASSAGE_CHARS },
  { quotes: MAX_PASSAGES, chars: 120 },
  { quotes: 1, chars: MAX_PASSAGE_CHARS },
  { quotes: 1, chars: 120 },
  { quotes: 1, chars: 80 },
];

type Shape = (typeof STEPS)[number];

/** Flags in `defined` are defined elsewhere in the answer. */
export function comparisonAnswer(
  { candidates, flags }: Comparison,
  { defined = [] }: { readonly defined?: readonly string[] } = {},
): ComparisonAnswer {
  const quoted = flags.flatMap((flag) => flag.candidates.map(({ quotes }) => quotes));
  const cost = ({ quotes: count, chars }: Shape) =>
    quoted.flatMap((quotes) => quotes.slice(0, count)).reduce((sum, q) => sum + Math.min(q.length, chars), 0);
  const shape = STEPS.find((step) => cost(step) <= MAX_COMPARED_CHARS) ?? { quotes: 1, chars: 40 };
  const isToRead = (id: string) => candidates.some(({ to_read }) => to_read?.includes(id));
  return {
    candidates: candidates.map(({ to_read, ...person }) => ({ ...person, to_read: to_read && [...to_read] })),
    flags: flags.map(({ id, label, polarity, definition, candidates: people }) => ({
      ...{ id, label, polarity },
      ...(isToRead(id) && !defined.includes(id) && { definition }),
      candidates: people.map(({ ref, verdict, support, by, quotes }) => ({
        ...{ ref, verdict },
        ...(by !== undefined && by !== "rules" && { by, ...(support !== undefined && { support }) }),
        quotes: quotes.slice(0, shape.quotes).map((quote) => clipQuote(quote, shape.chars)),
      })),
    })),
  };
}

/** The beginning of a quote, up to a blank: still verbatim, so that it can be quoted again. */
export function clipQuote(quote: string, max: number): string {
  if (quote.length <= max) return quote;
  const cut = quote.slice(0, max).replace(/\s+\S*$/, "");
  return cut.length > 0 ? cut : quote.slice(0, max);
}
