import { MINUTE } from "../../domain/scheduling/interval.ts";
import { InterviewEvent } from "../../domain/scheduling/interview.ts";
import type { InterviewStatus } from "../../domain/scheduling/interview-status.ts";
import { isoIn, localTime } from "../../domain/scheduling/wall-clock.ts";
import { plainLine } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listEvents } from "../../store/events.ts";
import { findAvailability } from "../../store/scheduling/availability.ts";
import { type InterviewWithSeats, listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

/** An interview in an answer. Times are in the candidate's zone if it is known, or else in UTC. */
export type Interview = {
  readonly id: string;
  readonly round: string;
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  readonly interviewers: readonly string[];
  readonly location: string | null;
  readonly status: InterviewStatus;
  readonly uid: string;
  readonly sequence: number;
};

export type LocalTime = { readonly who: string; readonly timezone: string; readonly local: string };

/** A stored interview as an answer. `candidateZone` is null when it is not on record. */
export function toInterview(
  { interview: i, seats }: InterviewWithSeats,
  candidateZone: string | null,
): Interview {
  const zone = candidateZone ?? "UTC";
  return {
    id: i.id,
    round: i.round,
    start: isoIn(i.startsAt.getTime(), zone),
    end: isoIn(i.endsAt.getTime(), zone),
    minutes: (i.endsAt.getTime() - i.startsAt.getTime()) / MINUTE,
    interviewers: seats.map((seat) => seat.email),
    location: i.location === null ? null : plainLine(i.location, 500),
    status: i.status,
    uid: i.uid,
    sequence: i.sequence,
  };
}

/** The start of an interview in the time zone of everybody whose zone is on record, the candidate first. */
export async function localTimes(
  db: Db,
  workspaceId: string,
  { candidate }: ApplicationRecord,
  { interview, seats }: InterviewWithSeats,
): Promise<LocalTime[]> {
  const start = interview.startsAt.getTime();
  const memberIds = seats.map((seat) => seat.memberId);
  const availability = await findAvailability(db, workspaceId, memberIds);
  const on = (who: string, timezone: string): LocalTime => ({
    who,
    timezone,
    local: localTime(start, timezone),
  });
  const interviewers = seats.flatMap(({ memberId, email }) => {
    const own = availability.find((row) => row.memberId === memberId);
    return own ? [on(email, own.timezone)] : [];
  });
  return candidate.timezone === null ? interviewers : [on("candidate", candidate.timezone), ...interviewers];
}

/** An interview that is still in people's calendars after its application has ended. */
export type StandingInterview = { readonly id: string; readonly round: string; readonly start: string };

/** Interviews that are still in people's calendars after an application has ended. */
export async function stillScheduled(
  db: Db,
  { workspaceId, now }: Pick<Session, "workspaceId" | "now">,
  application: { readonly id: string; readonly status: string },
): Promise<StandingInterview[]> {
  if (application.status === "active") return [];
  const interviews = await listInterviews(db, workspaceId, application.id);
  return interviews
    .filter(({ interview: i }) => i.status === "booked" && i.endsAt > now)
    .map(({ interview: i }) => ({ id: i.id, round: i.round, start: i.startsAt.toISOString() }));
}

/** A change to an interview. */
type InterviewChange = Pick<InterviewEvent, "sequence" | "start"> & {
  readonly what: string;
  readonly at: string;
  /** The client that the member used. */
  readonly through: string;
};

export type InterviewWithHistory = Interview & {
  /** The reason for an override or a cancellation. Absent when the reader may not see it. */
  readonly reason?: string | null;
  readonly local_times: LocalTime[];
  readonly history: readonly InterviewChange[];
};

/** Every interview of an application, with local times and changes, for its record. */
export async function interviewsOf(
  db: Db,
  { workspaceId }: Pick<Session, "workspaceId">,
  record: ApplicationRecord,
  forReader: ForReader,
): Promise<InterviewWithHistory[]> {
  const interviews = await forReader.interviews();
  const changes = await interviewChanges(db, workspaceId, record.application.id);
  return Promise.all(
    interviews.map(async (one) => ({
      ...toInterview(one, record.candidate.timezone),
      ...(one.interview.reasonHidden ? {} : { reason: one.interview.reason }),
      local_times: await localTimes(db, workspaceId, record, one),
      history: changes.get(one.interview.id) ?? [],
    })),
  );
}

/** The changes to an application's interviews, by interview, oldest first. */
async function interviewChanges(
  db: Db,
  workspaceId: string,
  applicationId: string,
): Promise<ReadonlyMap<string, InterviewChange[]>> {
  const changes = new Map<string, InterviewChange[]>();
  for (const { kind, at, client, payload } of await listEvents(db, workspaceId, applicationId)) {
    if (!kind.startsWith("interview.")) continue;
    const { interview, sequence, start } = InterviewEvent.parse(payload);
    const change = { what: kind, at: at.toISOString(), through: client, sequence, start };
    changes.set(interview, [...(changes.get(interview) ?? []), change]);
  }
  return changes;
}
