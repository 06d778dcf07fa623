import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import { isKeptAsHash } from "../../domain/personal-data/erased.ts";
import {
  hashKeyOf,
  insertErasure,
  isOnErasedList,
  lockForErasure,
  peopleOnRecord,
} from "../../store/candidates/erasures.ts";
import type { ErasedPerson } from "../../store/database/erased-list.ts";
import type { Db } from "../../store/store.ts";
import { actingMember } from "../../store/team/workspaces.ts";
import { createSession, type Session } from "../session.ts";
import type { Upkeep } from "../upkeep.ts";
import { carryOutErasure, erasureOf } from "./carry-out-erasure.ts";
import { hashedForms, recordForm } from "./erased-people.ts";

/**
 * Erases again whoever is on a list of erased people, when a backup is restored that still held them. Whoever was added
 * anew since is left. An erasure was decided once, so that nobody is asked.
 * @returns how many were erased now
 */
export async function eraseListed(at: Upkeep, list: readonly ErasedPerson[]): Promise<number> {
  const session = await asFirstAdmin(at);
  const { workspaceId } = session;
  const known = await session.read((db) => knownPeople(db, workspaceId));
  let count = 0;
  for (const listed of list)
    await session.write(async (tx) => {
      const erasedAt = new Date(listed.erased_at);
      const people = known.filter(
        ({ id, hashes, createdAt }) =>
          id === listed.candidate_id ||
          (createdAt < erasedAt && hashes.some((hash) => listed.hashes.includes(hash))),
      );
      for (const person of people) {
        const locked = await lockForErasure(tx, workspaceId, person.id);
        const of = erasureOf(workspaceId, locked, session.now);
        await carryOutErasure(tx, session, { of, person, locked, hashes: listed.hashes });
      }
      known.splice(0, known.length, ...known.filter((person) => !people.includes(person)));
      count += people.length;
      if (await isOnErasedList(tx, workspaceId, listed.candidate_id)) return;
      const row = { workspaceId, id: uuidv7(), candidateId: listed.candidate_id, hashes: [...listed.hashes] };
      await insertErasure(tx, { ...row, erasedBy: null, erasedAt });
    });
  return count;
}

/** People on record with the hashes by which a list may name them. */
async function knownPeople(db: Db, workspaceId: string) {
  const key = await hashKeyOf(db, workspaceId);
  const people = await peopleOnRecord(db, workspaceId);
  return people.map(({ knownBy, ...person }) => ({
    ...person,
    hashes: hashedForms(key, [recordForm(person.id), ...knownBy.filter(isKeptAsHash)]),
  }));
}

async function asFirstAdmin({ read, write, clearErased, workspaceId, signal }: Upkeep): Promise<Session> {
  const member = await read((db) => actingMember(db, workspaceId, undefined));
  if (!member) throw new DomainError("precondition_failed", "No admin is left in this workspace.");
  const caller = { client: "greenflag", tool: "restore", scope: "all" as const, now: new Date(), signal };
  return createSession({ read, write, clearErased }, { ...caller, workspaceId, member });
}
