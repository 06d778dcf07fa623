import type { ScorecardAnswer, SubmittedAnswer } from "../answers/panel.ts";
import { linesOf } from "./lines.ts";

/** A whole scorecard: who, when, what they recommend, and every level with its evidence. */
export function scorecardLines(card: Omit<ScorecardAnswer, "id" | "current">): string[] {
  const { round, member, version, recommendation, ratings, notes, reason, by_admin, through, at } = card;
  const admin = by_admin === undefined ? "" : `, submitted by ${by_admin} as admin`;
  return [
    `${round}, ${member}, version ${version}: ${recommendation} (${at}, ${through}${admin}).`,
    ...ratings.map((rating) => `  ${rating.criterion} ${rating.level}: ${rating.evidence}`),
    ...(notes === "" ? [] : [`  Notes: ${notes}`]),
    ...(reason === undefined ? [] : [`  Changed because: ${reason}`]),
  ];
}

export function submittedText({ ref, scorecard, revealed, submitted, of, note }: SubmittedAnswer): string {
  return linesOf(
    `${ref}: scorecard submitted. ${submitted} of ${of} are in for ${scorecard.round}.`,
    note,
    ...scorecardLines(scorecard),
    revealed
      ? "Others' scorecards are open now: get_debrief."
      : "Others' scorecards stay hidden until all of yours are in.",
  );
}
