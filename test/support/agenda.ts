import { uuidv7 } from "uuidv7";
import { parseHours } from "../../src/domain/scheduling/hours.ts";
import { saveAvailability } from "../../src/store/scheduling/availability.ts";
import type { Db, Store } from "../../src/store/store.ts";
import { saveMember } from "../../src/store/team/members.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { write } from "./endings.ts";

const now = new Date("2026-11-01T09:00:00Z");

async function idOf(tx: Db, { workspaceId }: Store, email: string): Promise<string> {
  const member = await findMember(tx, workspaceId, email);
  if (!member) throw new Error(`${email} is not on the team`);
  return member.id;
}

/** Puts a member's time zone on record, with office hours in it. */
export const setZone = (store: Store, email: string, timezone: string): Promise<void> =>
  write(store, async (tx) =>
    saveAvailability(tx, {
      ...{ workspaceId: store.workspaceId, id: uuidv7(), memberId: await idOf(tx, store, email), timezone },
      hours: parseHours("mon-fri 09:00-17:00", "hours").hours,
      ...{ weeklyLimit: null, bufferMinutes: 0, calendar: null, updatedAt: now },
    }),
  );

/** Takes somebody off the team. */
export const removeMember = (store: Store, email: string): Promise<void> =>
  write(store, async (tx) =>
    saveMember(tx, store.workspaceId, await idOf(tx, store, email), { removedAt: now }),
  );
