import { uuidv7 } from "uuidv7";
import { isKeptAsHash } from "../../domain/personal-data/erased.ts";
import type { CandidateRow } from "../../store/candidates/candidates.ts";
import { type ErasureOf, eraseRows } from "../../store/candidates/erase.ts";
import {
  earlierValues,
  eraseEvents,
  formsOfOthers,
  hashKeyOf,
  importKeysOf,
  insertErasure,
  type lockForErasure,
  suppressHashes,
} from "../../store/candidates/erasures.ts";
import type { Db } from "../../store/store.ts";
import { saveMove } from "../pipeline/save-move.ts";
import type { Session } from "../session.ts";
import { hashedForms, keptForms, recordForm } from "./erased-people.ts";

export type Locked = Awaited<ReturnType<typeof lockForErasure>>;

export type ToErase = {
  readonly of: ErasureOf;
  readonly person: Pick<CandidateRow, "id">;
  readonly locked: Locked;
  readonly hashes?: readonly string[];
};

/** Whom an erasure takes, once all of their rows are locked. */
export const erasureOf = (workspaceId: string, { people, applications }: Locked, now: Date): ErasureOf => ({
  workspaceId,
  people: people.map(({ id }) => id),
  applications: applications.map(({ application: { id } }) => id),
  now,
});

/**
 * Erases a locked person from every table: what is open ends, what names them goes, and hashes by which they are known again
 * stay. `hashes` are further ones by which they are known already.
 */
export async function carryOutErasure(
  tx: Db,
  session: Session,
  { of, person, locked, hashes = [] }: ToErase,
): Promise<void> {
  const { workspaceId, member, now } = session;
  const known = await hashesOf(tx, of, locked.people);
  for (const { application } of locked.applications) {
    if (application.status !== "active") continue;
    const ended = { ...application, status: "withdrawn" as const, stageEnteredAt: now };
    await saveMove(
      session,
      tx,
      application,
      { ...ended, version: application.version + 1 },
      { kind: "move", reason: null, overridden: [] },
    );
  }
  await eraseEvents(tx, of);
  await eraseRows(tx, of);
  await suppressHashes(
    tx,
    known.addresses.map((email) => ({ workspaceId, id: uuidv7(), email, reason: "erased", createdAt: now })),
  );
  await insertErasure(tx, {
    ...{ workspaceId, id: uuidv7(), candidateId: person.id, hashes: [...new Set([...known.all, ...hashes])] },
    ...{ erasedBy: member.id, erasedAt: now },
  });
  for (const { application } of locked.applications)
    await session.record(tx, application.id, "candidate.erase", { ref: application.ref });
}

/**
 * By which hashes a person is known again: those of every address and profile that they have or had, those of records that
 * were merged into theirs, and the keys of imports. `addresses` are those that nobody writes to: not where somebody else on
 * record has the same.
 */
async function hashesOf(
  tx: Db,
  of: ErasureOf,
  people: readonly CandidateRow[],
): Promise<{ readonly all: string[]; readonly addresses: string[] }> {
  const now = people.flatMap(({ email, links }) => keptForms({ email, links }));
  const before = (await earlierValues(tx, of)).flatMap(({ field, value }) => {
    if (field === "email") return typeof value === "string" ? keptForms({ email: value }) : [];
    return Array.isArray(value) ? keptForms({ links: value }) : [];
  });
  const forms = [...new Set([...people.flatMap((p) => p.knownBy.filter(isKeptAsHash)), ...now, ...before])];
  const others = await formsOfOthers(tx, of, forms);
  const key = await hashKeyOf(tx, of.workspaceId);
  const records = hashedForms(
    key,
    people.filter(({ mergedInto }) => mergedInto !== null).map(({ id }) => recordForm(id)),
  );
  const theirs = forms.filter((form) => !others.has(form) && form.startsWith("email:"));
  return {
    all: [...new Set([...hashedForms(key, forms), ...records, ...(await importKeysOf(tx, of))])],
    addresses: hashedForms(key, theirs),
  };
}
