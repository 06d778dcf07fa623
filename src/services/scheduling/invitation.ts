import { type Invite, writeInvite } from "../../calendar/invite.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type InterviewWithSeats, personOf } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";

/** `without_address` is the reference of a candidate who has no e-mail, so that the invitation does not name them. */
export type Invitation = Invite & { readonly without_address?: string };

/** The invitation to an interview, or its cancellation. The same record gives the same file. */
export async function invitationFor(
  db: Db,
  workspaceId: string,
  { application, candidate, role }: ApplicationRecord,
  { interview, seats }: InterviewWithSeats,
): Promise<Invitation> {
  const { uid, sequence, startsAt, endsAt, updatedAt, location, status, round, scheduledBy } = interview;
  const organizer = await personOf(db, workspaceId, scheduledBy);
  if (!organizer) throw new Error("an interview that no member booked");
  const { name: who, email } = candidate;
  const name = role.stages.find((stage) => stage.id === round)?.name ?? round;
  const invite = writeInvite({
    uid,
    sequence,
    start: startsAt,
    end: endsAt,
    changedAt: updatedAt,
    cancelled: status === "cancelled",
    summary: `Interview: ${name}, ${role.title}`,
    location,
    organizer,
    attendees: [...(email === null ? [] : [{ name: who, email }]), ...seats],
  });
  return email === null ? { ...invite, without_address: application.ref } : invite;
}
