import { statusLabel } from "../../domain/pipeline/application.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Undone } from "../../services/pipeline/move-candidate.ts";
import type { MoveAnswer } from "../answers/move.ts";
import { callText } from "../next-call.ts";
import { onceAgreed } from "./confirmation.ts";
import { staleSince } from "./fields/assessment.ts";
import { offerText } from "./fields/offer.ts";
import { objectionText } from "./fields/opinions.ts";
import { linesOf } from "./lines.ts";
import { taskText } from "./task.ts";

/** What was moved, what is to be done now, and what is easily overlooked. */
export function moveText({ application, moved, confirmation, ...after }: MoveAnswer): string {
  const { ref, name } = application;
  if (confirmation)
    return `Nothing is changed yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)}`;
  if (!moved) return `${ref} ${name} is already at ${statusLabel(application)}: nothing was changed.`;
  const { tasks, unmet, filled, unscored_round, still_scheduled = [], dissent = [], hidden, offer } = after;
  const { stale_assessment: stale } = after;
  const side = moved.to === "rejected" ? "For them on record" : "Against it on record";
  return linesOf(
    `${ref} ${name}: ${changeText(moved)}.`,
    unmet && `Overridden: ${unmet.map(({ what }) => what).join("; ")}.`,
    dissent.length > 0 && `${side}: ${dissent.map((objection) => objectionText(objection)).join("; ")}.`,
    hidden,
    stale && `The assessment is stale${staleSince(stale)}. Next: ${callText(stale.next)}.`,
    offer === null && "No offer is on record.",
    offer && offerText(offer),
    "No e-mail was sent.",
    filled && filledText(filled),
    ...tasks.map((task) => `To do: ${taskText(task)} (${callText(task.next)}).`),
    unscored_round &&
      `Nobody interviews in ${unscored_round}, so no scorecard was asked for: update_role (panel) names who does.`,
    ...still_scheduled.map(
      ({ round, start }) =>
        `The ${round} interview of ${start} still stands: schedule_interview with cancel: true calls it off.`,
    ),
  );
}

function filledText({ hired, openings, role }: NonNullable<MoveAnswer["filled"]>): string {
  const of = `${hired} of ${pluralize(openings, "opening")} of ${role}`;
  return hired < openings
    ? `Hired for: ${of}.`
    : `Hired for: ${of}. Once nobody is waited for any more, update_role with status: filled closes it.`;
}

const changeText = ({ from, to, by, at }: NonNullable<MoveAnswer["moved"]>): string =>
  `${from} -> ${to} by ${by} at ${at}`;

/** What was taken back, or why nothing was. */
export function undoText({ application, undone, reason }: Undone): string {
  const { ref, name } = application;
  if (undone) return `${ref} ${name}: ${changeText(undone)} (undone).`;
  return `${ref} ${name}: ${WHY_NOT_UNDONE[reason ?? "no_move"]}, so nothing was changed.`;
}

const WHY_NOT_UNDONE: Readonly<Record<NonNullable<Undone["reason"]>, string>> = {
  no_move: "there has been no move yet",
  already_undone: "the last change was already an undo",
  stage_dropped:
    "the stage that they came from was dropped from the role (move_candidate takes them to another)",
};
