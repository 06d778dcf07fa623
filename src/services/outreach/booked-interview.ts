import { type InterviewFacts, momentIn } from "../../domain/outreach/facts.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { plainLine } from "../../domain/untrusted.ts";
import type { Mail } from "../../mail/compose.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type InterviewWithSeats, listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { invitationFor } from "../scheduling/invitation.ts";

/** A booked interview: its facts for a message to the candidate, and its stored row. */
export type BookedInterview = { readonly facts: InterviewFacts; readonly stored: InterviewWithSeats };

/**
 * The booked interview that a message would be about: the next one of the application's round, or else the next of all.
 */
export async function bookedInterview(
  db: Db,
  workspaceId: string,
  { application, candidate, role }: ApplicationRecord,
  now: Date,
): Promise<BookedInterview | undefined> {
  const all = await listInterviews(db, workspaceId, application.id);
  const ahead = all.filter(({ interview: i }) => i.status === "booked" && i.startsAt > now);
  const stored = ahead.find(({ interview: i }) => i.round === application.stage) ?? ahead[0];
  if (!stored) return undefined;
  const { round, startsAt, endsAt, location } = stored.interview;
  const facts = {
    round: role.stages.find((stage) => stage.id === round)?.name ?? round,
    when: momentIn(candidate.timezone, startsAt),
    minutes: (endsAt.getTime() - startsAt.getTime()) / MINUTE,
    location: location === null ? null : plainLine(location, 500),
  };
  return { facts, stored };
}

/** The invitation to send with a message about an interview. */
export async function invitationTo(
  db: Db,
  workspaceId: string,
  record: ApplicationRecord,
  { stored }: BookedInterview,
): Promise<Mail["invite"]> {
  const { text } = await invitationFor(db, workspaceId, record, stored);
  return { method: "REQUEST", content: text };
}
