import * as z from "zod";
import { Evidence } from "../candidates/document.ts";
import { AssessedFlag } from "./assessed-flag.ts";
import { Assessment } from "./assessment.ts";
import { Reader } from "./finding.ts";

const Quote = Evidence.pick({ quote: true, page: true });

/** An assessment at a glance: what is present or unclear with its best quote, and the labels of the rest. */
export const AssessmentInBrief = z.object({
  points: Assessment.shape.points.omit({ arithmetic: true }),
  profile: Assessment.shape.profile.pick({ reading: true, expected: true }),
  flags: z.array(
    AssessedFlag.pick({ id: true, label: true, polarity: true, verdict: true, support: true }).extend({
      /** Absent where the rules alone have spoken. */
      by: Reader.optional(),
      evidence: z.array(Quote),
    }),
  ),
  absent: z.array(z.string()),
  unread: z.array(z.string()),
  planted: z.array(Quote),
});
export type AssessmentInBrief = z.infer<typeof AssessmentInBrief>;

const MAX_QUOTE_CHARS_IN_BRIEF = 200;

/** As `AssessmentInBrief`: of several quotes the first that is short, else the first. */
export function inBrief({ points, profile, flags, planted }: Assessment): AssessmentInBrief {
  const { arithmetic: _arithmetic, ...sums } = points;
  const labelled = (verdict: AssessedFlag["verdict"]) =>
    flags.filter((flag) => flag.verdict === verdict).map(({ label }) => label);
  return {
    points: sums,
    profile: {
      reading: profile.reading,
      ...(profile.expected !== undefined && { expected: profile.expected }),
    },
    flags: flags.flatMap(({ id, label, polarity, verdict, support, by, evidence }) => {
      if (verdict === "absent" || verdict === "unread") return [];
      const best = evidence.find(({ quote }) => quote.length <= MAX_QUOTE_CHARS_IN_BRIEF) ?? evidence[0];
      const reader = by === "rules" ? {} : { by, ...(support !== undefined && { support }) };
      return [{ id, label, polarity, verdict, ...reader, evidence: best ? [quoteOf(best)] : [] }];
    }),
    absent: labelled("absent"),
    unread: labelled("unread"),
    planted: planted.map(quoteOf),
  };
}

const quoteOf = ({ quote, page }: Evidence) => ({ quote, ...(page === undefined ? {} : { page }) });
