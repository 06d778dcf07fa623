import { type InterviewFacts, momentIn } from "../../domain/outreach/facts.ts";
import { MINUTE } from "../../domain/scheduling/interval.ts";
import { plainLine } from "../../domain/untrusted.ts";
import type { Mail } from "../../mail/compose.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { MessageRow } from "../../store/outreach/messages.ts";
import { type InterviewWithSeats, listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { invitationFor } from "../scheduling/invitation.ts";

export type Appointment = { readonly facts: InterviewFacts; readonly seated: InterviewWithSeats };

/** The booked interview that a message would be about: the next of the round they are in, else the next of all. */
export async function appointmentOf(
  db: Db,
  workspaceId: string,
  { application, candidate, role }: ApplicationRecord,
  now: Date,
): Promise<Appointment | undefined> {
  const all = await listInterviews(db, workspaceId, application.id);
  const ahead = all.filter(({ interview: i }) => i.status === "scheduled" && i.startsAt > now);
  const seated = ahead.find(({ interview: i }) => i.round === application.stage) ?? ahead[0];
  if (!seated) return undefined;
  const { round, startsAt, endsAt, location } = seated.interview;
  const facts = {
    round: role.stages.find((stage) => stage.id === round)?.name ?? round,
    when: momentIn(candidate.timezone, startsAt),
    minutes: (endsAt.getTime() - startsAt.getTime()) / MINUTE,
    location: location === null ? null : plainLine(location, 500),
  };
  return { facts, seated };
}

/** The interview that a message was drafted for, null for none; undefined when it says nothing of interviews. */
export const draftedFor = ({ madeFrom }: Pick<MessageRow, "madeFrom">): InterviewFacts | null | undefined =>
  madeFrom.interview as InterviewFacts | null | undefined;

/** The invitation that goes along with a message about an interview. */
export async function invitationTo(
  db: Db,
  workspaceId: string,
  record: ApplicationRecord,
  { seated }: Appointment,
): Promise<Mail["invite"]> {
  const { text } = await invitationFor(db, workspaceId, record, seated);
  return { method: "REQUEST", content: text };
}
