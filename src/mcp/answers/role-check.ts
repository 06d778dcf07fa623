import * as z from "zod";
import type { PostFacts } from "../../domain/role-check/post-facts.ts";
import { Level } from "../../domain/roles/role.ts";
import type { Checked } from "../../services/roles/check-role.ts";
import type { Answer } from "./answer.ts";
import { Findings, ForecastAnswer, findingsAnswer, forecastAnswer } from "./findings.ts";
import { omitEmpty } from "./omit-empty.ts";

const DutyAnswer = z.object({
  id: z.string(),
  kind: z.enum(["pay_range", "notice", "retention"]),
  place: z.string(),
  text: z.string(),
  min_employees: z.number().optional(),
  valid_from: z.string(),
  valid_until: z.string().optional(),
  date_verified: z.boolean(),
  source: z.string(),
  status: z.enum(["upcoming", "in_force", "ended"]),
});

const quote = z.string().nullable();

/** What was read of a post, each in its own words: null where they were not found, or where the caller said it. */
const Read = z.object({
  title: quote,
  level: z.object({ quote, level: Level.nullable() }).nullable(),
  lane: z.object({ quote, lane: z.string().nullable() }).nullable(),
  location: z.array(z.string()),
  remote: z.object({ quote, mode: z.enum(["remote", "hybrid", "onsite"]).nullable() }).nullable(),
  pay: z
    .object({
      quote,
      /** Whole units a year; absent where the words are not understood. */
      min: z.number().optional(),
      max: z.number().optional(),
      currency: z.string().nullable(),
      period: z.enum(["hour", "day", "week", "month", "year"]).nullable(),
    })
    .nullable(),
  outcomes: z.array(z.string()),
  must_haves: z.array(z.string()),
  nice_to_haves: z.array(z.string()),
  loop: z.array(z.string()),
  on_call: z.array(z.string()),
});

/** The answer to checking a role or a post. Its legal findings are guidance, not legal advice. */
export const RoleCheckAnswer = z.object({
  /** Of a post: the template that fits; null where none is known to, and only rules for any trade were run. */
  fits: z.string().nullable().optional(),
  may_fit: z.array(z.string()).optional(),
  read: Read.optional(),
  refused: z
    .array(z.object({ field: z.string(), quote: z.string(), nearest: z.string().optional() }))
    .optional(),
  findings: Findings,
  forecast_weeks: ForecastAnswer,
  /** What was not found in a post, without which there is no forecast. */
  forecast_needs: z.array(z.string()).optional(),
  law: z.array(DutyAnswer),
});
export type RoleCheckAnswer = Answer<typeof RoleCheckAnswer>;

export const roleCheckAnswer = ({ findings, forecast_weeks, law, post }: Checked): RoleCheckAnswer => ({
  ...(post && {
    fits: post.fits,
    read: readAnswer(post.read),
    ...omitEmpty(
      { may_fit: post.may_fit, refused: post.refused, forecast_needs: post.forecast_needs },
      { may_fit: true, refused: true, forecast_needs: true },
    ),
  }),
  findings: findingsAnswer(findings),
  forecast_weeks: forecastAnswer(forecast_weeks),
  law: law.map((duty) => omitEmpty(duty, { min_employees: true })),
});

function readAnswer(read: PostFacts): z.infer<typeof Read> {
  const { title, level, lane, location, remote, pay } = read;
  const { outcomes, must_haves, nice_to_haves, loop, on_call } = read;
  return {
    title: title ?? null,
    level: level ? { quote: level.quote, level: level.value } : null,
    lane: lane ? { quote: lane.quote, lane: lane.value } : null,
    location: [...location],
    remote: remote ? { quote: remote.quote, mode: remote.value } : null,
    pay: pay
      ? {
          quote: pay.quote,
          ...(pay.value && { min: pay.value.min, max: pay.value.max }),
          ...{ currency: pay.value?.currency ?? null, period: pay.value?.period ?? null },
        }
      : null,
    outcomes: [...outcomes],
    must_haves: [...must_haves],
    nice_to_haves: [...nice_to_haves],
    loop: [...loop],
    on_call: [...on_call],
  };
}
