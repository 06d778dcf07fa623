import { DAY } from "../days.ts";
import { DomainError } from "../errors.ts";
import { pluralize } from "../pluralize.ts";
import { expandHours } from "./hours.ts";
import { holds, type Interval, overlaps, padded } from "./interval.ts";
import { type CandidateTime, comfortableTime, fullWeeks, type Interviewer } from "./parties.ts";
import { localTime } from "./wall-clock.ts";

/** What stands against a time. `never`: it cannot be held then; `override`: a person may insist; `note`: worth knowing. */
export type Conflict = {
  readonly kind:
    | "double_booking"
    | "busy"
    | "outside_hours"
    | "buffer"
    | "weekly_limit"
    | "hours_unknown"
    | "calendar"
    | "candidate_local_time";
  readonly who: string;
  readonly what: string;
  readonly weight: "never" | "override" | "note";
};

/** Somebody whose hours nobody has set: only what they are booked for is known. */
export type Unknown = { readonly email: string; readonly interviews: readonly Interval[] };

const isKnown = (person: Interviewer | Unknown): person is Interviewer => "hours" in person;

/** Everything that stands against holding an interview at a time, person by person. */
export function conflictsAt(
  time: Interval,
  people: readonly (Interviewer | Unknown)[],
  candidate: CandidateTime & { readonly ref: string },
): Conflict[] {
  const found: Conflict[] = [];
  if (candidate.interviews.some((i) => overlaps(i, time)))
    found.push(conflict("double_booking", candidate.ref, "has another interview then", "never"));
  if (candidate.timezone !== null && !holds(comfortableTime(candidate, around(time)), time)) {
    const what = `would be there at ${localTime(time.start, candidate.timezone)}`;
    found.push(conflict("candidate_local_time", candidate.ref, what, "note"));
  }
  return [...found, ...people.flatMap((person) => ofPerson(time, person))];
}

function ofPerson(time: Interval, person: Interviewer | Unknown): Conflict[] {
  const { email, interviews } = person;
  if (interviews.some((i) => overlaps(i, time)))
    return [conflict("double_booking", email, "holds another interview then", "never")];
  if (!isKnown(person))
    return [
      conflict("hours_unknown", email, "has no working hours on record: they were not checked", "note"),
    ];
  const found: Conflict[] = [];
  const { timezone, bufferMinutes, busy, weeklyLimit } = person;
  const local = localTime(time.start, timezone);
  if (busy.some((i) => overlaps(i, time)))
    found.push(conflict("busy", email, "has something else in their calendar then"));
  else if ([...busy, ...interviews].some((i) => overlaps(padded(i, bufferMinutes), time)))
    found.push(
      conflict("buffer", email, `keeps ${pluralize(bufferMinutes, "minute")} free before and after`),
    );
  if (!holds(expandHours(person.hours, timezone, around(time)), time))
    found.push(conflict("outside_hours", email, `does not work then (${local} for them)`));
  if (
    weeklyLimit !== null &&
    (weeklyLimit === 0 || fullWeeks(person).some((week) => week.start <= time.start && time.start < week.end))
  )
    found.push(
      conflict("weekly_limit", email, `holds at most ${pluralize(weeklyLimit, "interview")} a week`),
    );
  return found;
}

/**
 * @throws DomainError `conflict` for what cannot be, and `precondition_failed` for what takes a reason and has none.
 */
export function requireNoConflict(conflicts: readonly Conflict[], override: boolean): void {
  const say = (weight: Conflict["weight"]) =>
    conflicts.filter((c) => c.weight === weight).map(({ who, what }) => `${who} ${what}`);
  const never = say("never");
  const next = "find_interview_times proposes times at which everybody can.";
  if (never.length > 0) throw new DomainError("conflict", `start: ${never.join("; ")}.`, next);
  const insist = say("override");
  if (insist.length === 0 || override) return;
  const hint = `${next} Or repeat with override: true and a reason.`;
  throw new DomainError("precondition_failed", `start: ${insist.join("; ")}.`, hint);
}

const around = ({ start, end }: Interval): Interval => ({ start: start - DAY, end: end + DAY });

const conflict = (
  kind: Conflict["kind"],
  who: string,
  what: string,
  weight: Conflict["weight"] = "override",
): Conflict => ({ kind, who, what, weight });
