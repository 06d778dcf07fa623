import { pluralize } from "../../domain/pluralize.ts";
import type { BookedInterviewAnswer, InterviewTimesAnswer } from "../answers/interview.ts";
import { linesOf } from "./lines.ts";

/** Each proposal on a line: when, on whose clock, and who would be there. */
export const interviewTimesText = ({
  slots,
  total,
  next_cursor,
  notes,
  ...zone
}: InterviewTimesAnswer): string =>
  linesOf(
    `${slots.length} of ${total}:`,
    ...slots.map(slotText),
    ...notes,
    ...zoneLines(zone),
    next_cursor && `More: cursor ${next_cursor}`,
  );

/** What became of a time zone that the call said to be the candidate's. */
const zoneLines = ({
  timezone_kept,
  timezone_on_record,
}: Pick<InterviewTimesAnswer, "timezone_kept" | "timezone_on_record">): (string | undefined)[] => [
  timezone_kept && `Kept on record as the candidate's time zone: ${timezone_kept}.`,
  timezone_on_record && `The candidate's time zone on record is another, and stays: ${timezone_on_record}.`,
];

function slotText(slot: InterviewTimesAnswer["slots"][number]): string {
  const { plan, round, start, end, candidate_local, interviewers, reasonable } = slot;
  const planned = plan === undefined ? "" : `plan ${plan} `;
  const candidate = candidate_local === null ? "" : ` candidate ${candidate_local};`;
  const people = interviewers.map(({ email, local }) => `${email} ${local}`).join("; ");
  const hour = reasonable ? "" : " (early or late for the candidate)";
  return `${planned}${round} ${start} to ${end}:${candidate} ${people}${hour}`;
}

/** What was booked, changed or cancelled, everybody's clock, what speaks against it, and the invitation to send. */
export function bookedInterviewText(booked: BookedInterviewAnswer): string {
  const { interview, invite, local_times, conflicts, note } = booked;
  const { id, round, start, end, minutes, interviewers, location, status } = interview;
  const place = location === null ? "" : `, at ${location}`;
  return linesOf(
    note,
    ...zoneLines(booked),
    `Interview ${id}: ${round}, ${start} to ${end}, ${pluralize(minutes, "minute")}, ${interviewers.join(", ")}${place}; ${status}.`,
    ...local_times.map(({ who, local, timezone }) => `${who}: ${local} (${timezone})`),
    ...conflicts.map(({ kind, who, what }) =>
      kind === "calendar" ? `Warning: ${what}` : `Warning: ${who} ${what}.`,
    ),
    invite && `${invite.filename} (${invite.content_type}):\n${invite.text}`,
  );
}
