import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import type { Conflict } from "../../domain/scheduling/conflict.ts";
import type { InterviewEvent } from "../../domain/scheduling/interview.ts";
import type { InterviewOutcome } from "../../domain/scheduling/interview-status.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { InterviewRow, InterviewWithSeats } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import type { KeptZone } from "./candidate-zone.ts";
import { type Interview, type LocalTime, localTimes, toInterview } from "./interviews.ts";
import { type Invitation, invitationFor } from "./invitation.ts";

/** The change that a call made. `_unchanged` at the end means that the record already was as requested. */
export type BookingChange =
  | "scheduled"
  | "changed"
  | "cancelled"
  | "scheduled_unchanged"
  | "cancelled_unchanged"
  | InterviewOutcome
  | `${InterviewOutcome}_unchanged`;

export type BookedInterview = KeptZone & {
  readonly interview: Interview;
  /** Absent where what became of it was recorded: nobody is invited to the past. */
  readonly invite?: Invitation;
  readonly local_times: readonly LocalTime[];
  readonly conflicts: readonly Conflict[];
  readonly change: BookingChange;
};

/** An interview of a round that is not stored yet. */
export function newInterview(
  { application }: ApplicationRecord,
  round: string,
  { workspaceId, member, now }: Session,
): InterviewRow {
  const id = uuidv7();
  return {
    workspaceId,
    id,
    applicationId: application.id,
    round,
    startsAt: now,
    endsAt: now,
    location: null,
    status: "booked",
    uid: `interview-${id}@greenflag`,
    sequence: 0,
    reason: null,
    scheduledBy: member.id,
    changedBy: member.id,
    createdAt: now,
    updatedAt: now,
  };
}

/** What the history says of an interview. */
export const interviewEvent = ({ id, round, startsAt, endsAt, sequence }: InterviewRow): InterviewEvent => ({
  interview: id,
  round,
  start: startsAt.toISOString(),
  end: endsAt.toISOString(),
  sequence,
});

/** An interview with everybody's clock, and the invitation to it where it is still to come. */
export async function answerOf(
  tx: Db,
  { workspaceId }: Session,
  record: ApplicationRecord,
  withSeats: InterviewWithSeats,
  { change, conflicts = [] }: { readonly change: BookingChange; readonly conflicts?: readonly Conflict[] },
): Promise<BookedInterview> {
  const { status } = withSeats.interview;
  const isOver = status === "held" || status === "no_show";
  return {
    interview: toInterview(withSeats, record.candidate.timezone),
    ...(!isOver && { invite: await invitationFor(tx, workspaceId, record, withSeats) }),
    local_times: await localTimes(tx, workspaceId, record, withSeats),
    conflicts,
    change,
  };
}

/** Says that the round has an interview already, and how that one is changed. */
export const alreadyBooked = ({ interview: i }: InterviewWithSeats): DomainError =>
  new DomainError(
    "conflict",
    `round: ${i.round} is scheduled for ${i.startsAt.toISOString()} already (interview ${i.id}).`,
    `To change it, repeat the call with interview: ${JSON.stringify(i.id)}; to call it off, with cancel: true.`,
  );
