import * as z from "zod";
import { Verdict } from "../../domain/panel/verdict.ts";
import { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { Unmet } from "../../domain/pipeline/unmet.ts";
import type { Moved, MoveInput } from "../../services/pipeline/move-candidate.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { hiddenText } from "../text/fields/hidden.ts";
import { confirmationText, unmetText } from "../text/fields/move.ts";
import type { Answer } from "./answer.ts";
import { StaleAnswer } from "./comparison.ts";
import { Confirmation } from "./confirmation.ts";
import { OfferAnswer, offerAnswer } from "./offer.ts";
import { omitEmpty } from "./omit-empty.ts";
import { TaskAnswer, taskAnswer } from "./task.ts";

const Application = z.object({
  ref: z.string(),
  name: z.string(),
  stage: z.string(),
  status: ApplicationStatus,
  version: z.number(),
});
const Change = z.object({ from: z.string(), to: z.string(), at: z.string(), by: z.string() });

const Objection = z.object({ member: z.string(), gave: Verdict, round: z.string().optional() });

/** The answer to a move. With `confirmation` the move waits for a person, and `moved` is absent. */
export const MoveAnswer = z.object({
  application: Application,
  moved: Change.optional(),
  tasks: z.array(TaskAnswer),
  filled: z.object({ hired: z.number(), openings: z.number(), role: z.string() }).optional(),
  unscored_round: z.string().optional(),
  still_scheduled: z.array(z.object({ id: z.string(), round: z.string(), start: z.string() })).optional(),
  /** Opinions on record against a move forward, or against a rejection, as far as the mover may see. */
  dissent: z.array(Objection).optional(),
  /** Why more may be on record. */
  hidden: z.string().optional(),
  offer: OfferAnswer.nullable().optional(),
  /** The assessment that the gate or the decision rests on is stale; the move stands all the same. */
  stale_assessment: z.object({ ...StaleAnswer.shape, next: NextCall }).optional(),
  unmet: z.array(z.object({ rule: z.string(), what: z.string() })).optional(),
  confirmation: Confirmation.optional(),
});
export type MoveAnswer = Answer<typeof MoveAnswer>;

export const UndoAnswer = z.object({
  application: Application,
  undone: Change.nullable(),
  reason: z.enum(["no_move", "already_undone", "stage_dropped"]).optional(),
});

/** @param request the arguments of the call, for the question to the person who has to confirm. */
export function moveAnswer(
  { role, tasks, unmet, confirmation, still_scheduled, opinions, offer, stale_assessment, ...moved }: Moved,
  request: Pick<MoveInput, "to" | "reason" | "reason_category">,
): MoveAnswer {
  const { application } = moved;
  const { to, reason, reason_category } = request;
  const shownOffer = offer && offerAnswer(offer);
  const answer = {
    ...moved,
    tasks: tasks.map(taskAnswer),
    ...omitEmpty({ still_scheduled, unmet: unmet.map(unmetAnswer) }, { still_scheduled: true, unmet: true }),
  };
  if (confirmation) {
    const { names, ...pending } = confirmation;
    const summary = confirmationText({
      ...{ application, role, to, unmet, reason, reason_category, names, opinions, offer },
      stale: stale_assessment,
    });
    return { ...answer, confirmation: { ...pending, summary } };
  }
  const dissent = (opinions?.dissent ?? []).map((objection) => ({ ...objection }));
  return {
    ...answer,
    ...(dissent.length > 0 && { dissent }),
    ...(opinions?.hidden && opinions.more && { hidden: hiddenText(opinions.hidden) }),
    ...(shownOffer !== undefined && { offer: shownOffer }),
    ...(stale_assessment && {
      stale_assessment: {
        ...stale_assessment,
        next: nextCall({ act: "assess", application: application.ref }),
      },
    }),
  };
}

const unmetAnswer = (unmet: Unmet) => ({ rule: unmet.rule, what: unmetText(unmet) });
