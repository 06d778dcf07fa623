import { type Invite, writeInvite } from "../../calendar/invite.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { isoIn, localTime } from "../../domain/scheduling/wall-clock.ts";
import { plainLine } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listEvents } from "../../store/events.ts";
import { findAvailability } from "../../store/scheduling/availability.ts";
import { type InterviewWithSeats, listInterviews, personOf } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";

export type InterviewView = {
  readonly id: string;
  readonly round: string;
  readonly start: string;
  readonly end: string;
  readonly minutes: number;
  readonly interviewers: readonly string[];
  readonly location: string | null;
  readonly status: string;
  readonly uid: string;
  readonly sequence: number;
};

export type LocalTime = { readonly who: string; readonly timezone: string; readonly local: string };

/** An interview as tools give it; times are in the candidate's zone where it is known, else UTC. */
export function viewInterview(
  { interview: i, seats }: InterviewWithSeats,
  zone: string | null,
): InterviewView {
  const shown = zone ?? "UTC";
  return {
    id: i.id,
    round: i.round,
    start: isoIn(i.startsAt.getTime(), shown),
    end: isoIn(i.endsAt.getTime(), shown),
    minutes: (i.endsAt.getTime() - i.startsAt.getTime()) / MINUTE,
    interviewers: seats.map((seat) => seat.email),
    location: i.location === null ? null : plainLine(i.location, 500),
    status: i.status,
    uid: i.uid,
    sequence: i.sequence,
  };
}

/** When an interview starts on the clock of everybody whose zone is on record, the candidate first. */
export async function localTimes(
  db: Db,
  workspaceId: string,
  { candidate }: ApplicationRecord,
  { interview, seats }: InterviewWithSeats,
): Promise<LocalTime[]> {
  const start = interview.startsAt.getTime();
  const rows = await findAvailability(
    db,
    workspaceId,
    seats.map((seat) => seat.memberId),
  );
  const of = (who: string, timezone: string): LocalTime => ({
    who,
    timezone,
    local: localTime(start, timezone),
  });
  const theirs = seats.flatMap(({ memberId, email }) => {
    const row = rows.find((r) => r.memberId === memberId);
    return row ? [of(email, row.timezone)] : [];
  });
  return candidate.timezone === null ? theirs : [of("candidate", candidate.timezone), ...theirs];
}

/** The invitation to an interview, or its cancellation: the same record gives the same file. */
export async function inviteFor(
  db: Db,
  workspaceId: string,
  { candidate, role }: ApplicationRecord,
  { interview, seats }: InterviewWithSeats,
): Promise<Invite> {
  const { uid, sequence, startsAt, endsAt, updatedAt, location, status, round, scheduledBy } = interview;
  const organizer = await personOf(db, workspaceId, scheduledBy);
  const name = role.stages.find((stage) => stage.id === round)?.name ?? round;
  return writeInvite({
    uid,
    sequence,
    start: startsAt,
    end: endsAt,
    changedAt: updatedAt,
    cancelled: status === "cancelled",
    summary: `Interview: ${name}, ${role.title}`,
    location,
    organizer: organizer ?? { name: "Hiring team", email: candidate.email },
    attendees: [candidate, ...seats],
  });
}

export type NextInterview = {
  readonly interview: InterviewView;
  /** On the candidate's clock; null while their zone is not on record. */
  readonly candidate_local: string | null;
  readonly invite: Invite;
};

/** The next interview of an application that has not ended by `now`, with its invitation; undefined when there is none. */
export async function nextInterview(
  db: Db,
  workspaceId: string,
  record: ApplicationRecord,
  now: Date,
): Promise<NextInterview | undefined> {
  const all = await listInterviews(db, workspaceId, record.application.id);
  const next = all.find(({ interview: i }) => i.status === "scheduled" && i.endsAt > now);
  if (!next) return undefined;
  const zone = record.candidate.timezone;
  return {
    interview: viewInterview(next, zone),
    candidate_local: zone === null ? null : localTime(next.interview.startsAt.getTime(), zone),
    invite: await inviteFor(db, workspaceId, record, next),
  };
}

/** An interview that is still in people's calendars. */
export type StandingInterview = { readonly id: string; readonly round: string; readonly start: string };

/** What is still in people's calendars once an application has ended. */
export async function stillScheduled(
  db: Db,
  { workspaceId, now }: Pick<Session, "workspaceId" | "now">,
  application: { readonly id: string; readonly status: string },
): Promise<StandingInterview[]> {
  if (application.status === "active") return [];
  const all = await listInterviews(db, workspaceId, application.id);
  return all
    .filter(({ interview: i }) => i.status === "scheduled" && i.endsAt > now)
    .map(({ interview: i }) => ({ id: i.id, round: i.round, start: i.startsAt.toISOString() }));
}

/** Every interview of an application with its local times and what happened to it: for the dossier. */
export async function interviewsOf(
  db: Db,
  { workspaceId }: Pick<Session, "workspaceId">,
  record: ApplicationRecord,
  forReader: ForReader,
) {
  const all = await forReader.interviews();
  const events = (await listEvents(db, workspaceId, record.application.id)).filter((e) =>
    e.kind.startsWith("interview."),
  );
  return Promise.all(
    all.map(async (one) => ({
      ...viewInterview(one, record.candidate.timezone),
      ...(one.interview.reasonHidden ? {} : { reason: one.interview.reason }),
      local_times: await localTimes(db, workspaceId, record, one),
      history: events
        .filter((e) => e.payload.interview === one.interview.id)
        .map((e) => ({
          what: e.kind,
          at: e.at.toISOString(),
          through: e.client,
          sequence: e.payload.sequence,
          start: e.payload.start,
        })),
    })),
  );
}
