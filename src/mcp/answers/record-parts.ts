import * as z from "zod";
import { Verdict } from "../../domain/panel/verdict.ts";
import type { Services } from "../../services/services.ts";
import { SubmissionPart } from "./submission-part.ts";

const Scorecard = z.object({
  id: z.string(),
  round: z.string(),
  member: z.string(),
  version: z.number(),
  current: z.boolean(),
  recommendation: Verdict,
  ratings: z.array(z.object({ criterion: z.string(), level: z.number(), evidence: z.string() })),
  notes: z.string(),
  reason: z.string().optional(),
  by_admin: z.string().optional(),
  through: z.string(),
  at: z.string(),
});

const Vote = z.object({
  id: z.string(),
  member: z.string(),
  version: z.number(),
  current: z.boolean(),
  vote: Verdict,
  reason: z.string(),
  on_panel: z.boolean(),
  through: z.string(),
  at: z.string(),
});

/** `subject` and `body`, or why they are hidden. */
const Message = z.object({
  id: z.string(),
  purpose: z.string(),
  version: z.number(),
  to: z.string(),
  subject: z.string().optional(),
  body: z.string().optional(),
  hidden: z.string().nullable().optional(),
  status: z.string(),
  at: z.string(),
  send_at: z.string().optional(),
  finished_at: z.string().optional(),
  outcome: z.string().optional(),
  replies: z.array(z.string()),
});

/** `reason` is absent where the reader may not read it. */
const Interview = z.object({
  id: z.string(),
  round: z.string(),
  start: z.string(),
  end: z.string(),
  minutes: z.number(),
  interviewers: z.array(z.string()),
  location: z.string().nullable(),
  status: z.string(),
  uid: z.string(),
  sequence: z.number(),
  reason: z.string().nullable().optional(),
  local_times: z.array(z.object({ who: z.string(), timezone: z.string(), local: z.string() })),
  history: z.array(
    z.object({
      what: z.string(),
      at: z.string(),
      through: z.string(),
      sequence: z.number().optional(),
      start: z.string().optional(),
    }),
  ),
});

const Move = z.object({
  kind: z.string(),
  version: z.number(),
  from: z.string(),
  to: z.string(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
  reason: z.string().nullable(),
  reason_hidden: z.boolean().optional(),
  overridden: z.array(z.string()),
});

const Decision = Move.extend({
  undone: z.boolean(),
  on_the_table: z
    .object({
      scorecards: z.array(
        z.object({ id: z.string(), round: z.string(), member: z.string(), version: z.number() }),
      ),
      assessment: z.string().nullable(),
      submission: z.object({ url: z.string(), head_sha: z.string() }).nullable(),
      votes_cast: z.number(),
      votes: z
        .array(
          z.object({
            id: z.string(),
            member: z.string(),
            version: z.number(),
            vote: Verdict,
            on_panel: z.boolean(),
          }),
        )
        .optional(),
      majority: z.enum(["for", "against"]).nullable().optional(),
      against_majority: z.boolean().optional(),
    })
    .nullable(),
  hidden: z.string().optional(),
});

/** The parts of an application's record that come from the panel, the messages, the calendar and the exercise. */
export const RecordPartsAnswer = z.object({
  submission: SubmissionPart.nullable().optional(),
  messages: z.array(Message).optional(),
  history: z.array(Move).optional(),
  decisions: z.array(Decision).optional(),
  scorecards: z.array(Scorecard).optional(),
  votes: z.array(Vote).optional(),
  interviews: z.array(Interview).optional(),
});
export type RecordPartsAnswer = z.infer<typeof RecordPartsAnswer>;

type Dossier = Awaited<ReturnType<Services["dossiers"]["get"]>>;
type Parts = Pick<Dossier, keyof RecordPartsAnswer>;

export function recordPartsAnswer({ submission, messages, votes, ...parts }: Parts): RecordPartsAnswer {
  const { history, decisions, scorecards, interviews } = parts;
  return {
    ...(submission !== undefined && { submission }),
    ...(messages && { messages }),
    ...(history && { history: history.map(moveAnswer) }),
    ...(decisions && { decisions: decisions.map(decisionAnswer) }),
    ...(scorecards && {
      scorecards: scorecards.map((card) => ({ ...card, ratings: [...card.ratings] })),
    }),
    ...(votes && { votes }),
    ...(interviews && { interviews: interviews.map(interviewAnswer) }),
  };
}

type Moved = NonNullable<Parts["history"]>[number];
const moveAnswer = (move: Moved): z.infer<typeof Move> => ({ ...move, overridden: [...move.overridden] });

type Decided = NonNullable<Parts["decisions"]>[number];
const decisionAnswer = ({ on_the_table, ...decision }: Decided): z.infer<typeof Decision> => ({
  ...decision,
  overridden: [...decision.overridden],
  on_the_table: on_the_table && evidenceAnswer(on_the_table),
});

type OnTheTable = NonNullable<Decided["on_the_table"]>;
const evidenceAnswer = ({ votes, scorecards, ...evidence }: OnTheTable) => ({
  ...evidence,
  scorecards: [...scorecards],
  ...(votes && { votes: [...votes] }),
});

type Booked = NonNullable<Parts["interviews"]>[number];
const interviewAnswer = ({ history, ...interview }: Booked): z.infer<typeof Interview> => ({
  ...interview,
  interviewers: [...interview.interviewers],
  history: history.map(({ sequence, start, ...event }) => ({
    ...event,
    ...(typeof sequence === "number" && { sequence }),
    ...(typeof start === "string" && { start }),
  })),
});
