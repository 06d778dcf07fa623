import { DAY } from "../days.ts";
import { DomainError } from "../errors.ts";
import { type CandidateTime, comfortableTime, fullWeeks, type Interviewer } from "./availability.ts";
import { type Conflict, weightOf } from "./conflict.ts";
import { expandHours } from "./hours.ts";
import { holds, type Interval, overlaps, padded } from "./interval.ts";
import { localTime } from "./wall-clock.ts";

/** An interviewer without hours on record. Only their booked interviews are known. */
export type InterviewerWithoutHours = Pick<Interviewer, "email" | "interviews">;

const hasHours = (person: Interviewer | InterviewerWithoutHours): person is Interviewer => "hours" in person;

/** Every conflict with holding an interview at a time: the candidate's first, then each interviewer's. */
export function conflictsAt(
  time: Interval,
  interviewers: readonly (Interviewer | InterviewerWithoutHours)[],
  candidate: CandidateTime & { readonly ref: string },
): Conflict[] {
  return [
    ...candidateConflicts(time, candidate),
    ...interviewers.flatMap((person) => interviewerConflicts(time, person)),
  ];
}

function candidateConflicts(time: Interval, candidate: CandidateTime & { readonly ref: string }): Conflict[] {
  const { ref: who, timezone, interviews } = candidate;
  const conflicts: Conflict[] = [];
  if (interviews.some((i) => overlaps(i, time)))
    conflicts.push({ kind: "double_booking", who, party: "candidate" });
  if (timezone !== null && !holds(comfortableTime(candidate, around(time)), time))
    conflicts.push({ kind: "candidate_local_time", who, local: localTime(time.start, timezone) });
  return conflicts;
}

function interviewerConflicts(time: Interval, person: Interviewer | InterviewerWithoutHours): Conflict[] {
  const { email: who, interviews } = person;
  if (interviews.some((i) => overlaps(i, time)))
    return [{ kind: "double_booking", who, party: "interviewer" }];
  if (!hasHours(person)) return [{ kind: "hours_unknown", who }];
  const { timezone, bufferMinutes, busy, weeklyLimit } = person;
  const conflicts: Conflict[] = [];
  if (busy.some((i) => overlaps(i, time))) conflicts.push({ kind: "busy", who });
  else if ([...busy, ...interviews].some((i) => overlaps(padded(i, bufferMinutes), time)))
    conflicts.push({ kind: "buffer", who, minutes: bufferMinutes });
  if (!holds(expandHours(person.hours, timezone, around(time)), time))
    conflicts.push({ kind: "outside_hours", who, local: localTime(time.start, timezone) });
  const isFullWeek =
    weeklyLimit === 0 || fullWeeks(person).some((week) => week.start <= time.start && time.start < week.end);
  if (weeklyLimit !== null && isFullWeek)
    conflicts.push({ kind: "weekly_limit", who, interviews: weeklyLimit });
  return conflicts;
}

/**
 * @throws DomainError `conflict` when somebody is in another interview, and `precondition_failed` when a conflict needs
 *   an override and there is none. The remedy holds the conflicts.
 */
export function requireNoConflict(
  conflicts: readonly Conflict[],
  { isOverridden }: { readonly isOverridden: boolean },
): void {
  const message = "start: not everybody can then.";
  const never = conflicts.filter((c) => weightOf(c) === "never");
  if (never.length > 0)
    throw new DomainError("conflict", message, { do: "choose_time", conflicts: never, or_override: false });
  const overridable = conflicts.filter((c) => weightOf(c) === "override");
  if (overridable.length === 0 || isOverridden) return;
  throw new DomainError("precondition_failed", message, {
    do: "choose_time",
    conflicts: overridable,
    or_override: true,
  });
}

/** A day before and after a time: enough to decide whether it is within somebody's hours. */
const around = ({ start, end }: Interval): Interval => ({ start: start - DAY, end: end + DAY });
