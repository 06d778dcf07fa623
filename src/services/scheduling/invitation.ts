import { type Invite, writeInvite } from "../../calendar/invite.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { type InterviewWithSeats, personOf } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";

/** The invitation to an interview, or its cancellation. The same record gives the same file. */
export async function invitationFor(
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
