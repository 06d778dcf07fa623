import { uuidv7 } from "uuidv7";
import type { Access } from "../../src/domain/member.ts";
import { parseHours } from "../../src/domain/scheduling/hours.ts";
import { saveAvailability } from "../../src/store/scheduling/availability.ts";
import type { Store } from "../../src/store/store.ts";
import { insertMember } from "../../src/store/team/members.ts";
import { findMember } from "../../src/store/team/workspaces.ts";

const never = new AbortController().signal;
const now = new Date("2026-11-01T09:00:00Z");

export type When = {
  readonly access?: Access;
  readonly timezone?: string;
  readonly hours?: string;
  readonly limit?: number;
  readonly buffer?: number;
  readonly calendar?: string;
};

/** Adds a member with hours on record, Berlin office hours unless told otherwise; `timezone: ""` leaves them unknown. */
export async function addInterviewer(store: Store, email: string, when: When = {}): Promise<void> {
  const { workspaceId } = store;
  await store.write(never, async (tx) => {
    const name = email.split("@")[0] ?? email;
    await insertMember(tx, { workspaceId, email, name, access: when.access ?? "interviewer", now });
    const member = await findMember(tx, workspaceId, email);
    if (!member || when.timezone === "") return;
    await saveAvailability(tx, {
      workspaceId,
      id: uuidv7(),
      memberId: member.id,
      timezone: when.timezone ?? "Europe/Berlin",
      hours: parseHours(when.hours ?? "mon-fri 09:00-17:00", "hours").hours,
      weeklyLimit: when.limit ?? null,
      bufferMinutes: when.buffer ?? 0,
      calendar: when.calendar ?? null,
      updatedAt: now,
    });
  });
}
