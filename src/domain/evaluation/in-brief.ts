import * as z from "zod";
import { Evidence } from "../candidates/document.ts";
import { AssessedFlag } from "./assessed-flag.ts";
import { Assessment } from "./assessment.ts";
import { Reader } from "./finding.ts";
import { Profile } from "./profile.ts";

const Quote = Evidence.pick({ quote: true, page: true });

/** An assessment at a glance: what was verified or read with its best quote, and what is absent or still to be read. */
export const AssessmentInBrief = z.object({
  points: Assessment.shape.points.omit({ arithmetic: true }),
  profile: Profile.pick({ reading: true, expected: true }).optional(),
  flags: z.array(
    AssessedFlag.pick({ id: true, polarity: true, verdict: true, support: true }).extend({
      /** Absent where the rules alone have spoken. */
      by: Reader.optional(),
      evidence: z.array(Quote),
    }),
  ),
  /** Ids, as for findings. */
  absent: z.array(z.string()),
  to_read: Assessment.shape.to_read,
  planted: z.array(Quote),
});
export type AssessmentInBrief = z.infer<typeof AssessmentInBrief>;

const MAX_QUOTE_CHARS_IN_BRIEF = 200;

/** As `AssessmentInBrief`: of several quotes the first that is short, else the first. */
export function inBrief({ points, profile, flags, to_read, planted }: Assessment): AssessmentInBrief {
  const { arithmetic: _arithmetic, ...sums } = points;
  return {
    points: sums,
    ...(profile && {
      profile: {
        reading: profile.reading,
        ...(profile.expected !== undefined && { expected: profile.expected }),
      },
    }),
    flags: flags.flatMap(({ id, polarity, verdict, support, by, evidence }) => {
      if (verdict === "absent" || to_read.includes(id)) return [];
      const best = evidence.find(({ quote }) => quote.length <= MAX_QUOTE_CHARS_IN_BRIEF) ?? evidence[0];
      const reader = by === "rules" ? {} : { by, ...(support !== undefined && { support }) };
      return [{ id, polarity, verdict, ...reader, evidence: best ? [quoteOf(best)] : [] }];
    }),
    absent: flags.filter(({ verdict }) => verdict === "absent").map(({ id }) => id),
    to_read,
    planted: planted.map(quoteOf),
  };
}

const quoteOf = ({ quote, page }: Evidence) => ({ quote, ...(page === undefined ? {} : { page }) });
