import * as z from "zod";

const text = z.string().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const PERIOD = /^([1-9]\d{0,3}) (week|month)s?$/;

/** A length such as `6 months` or `4 weeks`. */
export const Period = z.string().regex(PERIOD).brand<"Period">();
export type Period = z.infer<typeof Period>;

/** From which day a period is counted. */
const CountedFrom = z.enum(["ended", "applied", "last_contact"]);

const Territory = z
  .strictObject({ country: z.string().regex(/^[A-Z]{2}$/), state: text.optional() })
  .transform(({ country, state }) => (state === undefined ? { country } : { country, state }));

const common = {
  id: z.string().regex(/^[a-z0-9_]+$/),
  place: text,
  where: z.array(Territory).min(1),
  from: CountedFrom,
  law: text,
  why: text,
  /** First and last day on which it holds; absent where it has held all along, or no end is known. */
  valid_from: day.optional(),
  valid_until: day.optional(),
  source: z.url(),
  seen: z.enum(["text", "summary", "memory"]),
  looked_up: day,
};

/** A law by which records are kept at least so long. */
export const DutyRule = z.strictObject({
  kind: z.literal("duty"),
  ...common,
  keep: Period,
  /** Whether it binds a team that has said nothing about it. */
  binds: z.enum(["unless_told", "if_told"]),
  who: text,
});
export type DutyRule = z.infer<typeof DutyRule>;

/** How long records are kept where no duty, consent or hold keeps them longer. Null where no number is known. */
export const LongestRule = z.strictObject({
  kind: z.literal("longest"),
  ...common,
  keep: z.union([Period, z.literal("unknown").transform(() => null)]),
});
export type LongestRule = z.infer<typeof LongestRule>;

/** What is on file about how long records are kept. */
export const RetentionData = z.strictObject({
  /** What is proposed where somebody is asked to stay on file. */
  asking: z.strictObject({ keep: Period }),
  rules: z.array(z.discriminatedUnion("kind", [DutyRule, LongestRule])),
});

export type RetentionRules = {
  readonly asking: Period;
  readonly duties: readonly DutyRule[];
  readonly longest: readonly LongestRule[];
};

/** A number of months as a period. */
export const monthsAsPeriod = (months: number): Period =>
  Period.parse(`${months} ${months === 1 ? "month" : "months"}`);

/** A period as a number and a unit. */
export function partsOfPeriod(period: Period): {
  readonly amount: number;
  readonly unit: "weeks" | "months";
} {
  const [, amount, unit] = PERIOD.exec(period) ?? [];
  return { amount: Number(amount), unit: unit === "week" ? "weeks" : "months" };
}
