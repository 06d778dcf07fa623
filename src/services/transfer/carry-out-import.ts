import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import type { Read } from "../../documents/read.ts";
import { derivedOf } from "../../domain/candidates/known-by.ts";
import { DomainError } from "../../domain/errors.ts";
import type { ImportMap } from "../../domain/transfer/import-map.ts";
import type { Unclear } from "../../domain/transfer/imported.ts";
import { knownFormsOf, type PersonToImport } from "../../domain/transfer/join-people.ts";
import { type LeftOutAt, leftOutAt } from "../../domain/transfer/left-out.ts";
import { lockCandidate } from "../../store/candidates/candidates.ts";
import { suppressPerson } from "../../store/outreach/do-not-contact.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import { takeNumber } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import {
  insertImportedRecords,
  insertImportKeys,
  insertPeople,
  insertWays,
  tieTo,
} from "../../store/transfer/imports.ts";
import { storeDocument } from "../candidates/documents.ts";
import { loadRoleForUpdate } from "../load-application.ts";
import { fillRound } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import type { Decision, Entrant } from "./decide.ts";
import { keysOf, recordsOf, type Stored, wayOf } from "./imported-rows.ts";
import { loadNames } from "./names.ts";
import { decideAll } from "./plan-import.ts";

/** A file of a person, read. */
export type FileRead = Read & { readonly kind: "resume" | "cover_letter" };

/** Some people of a source with their files: all of them come in, or none. */
export type ImportBatch = {
  readonly system: string;
  readonly people: readonly { readonly person: PersonToImport; readonly files: readonly FileRead[] }[];
  /** As the plan gave it: every name of the source, with what it is here. */
  readonly map: ImportMap;
  readonly role?: string | undefined;
};

export type ImportedBatch = {
  readonly people: number;
  readonly applications: number;
  readonly documents: number;
  readonly records: number;
  /** Applications that were left out after all. */
  readonly left_out: readonly LeftOutAt[];
  /** What was left out of people who came in. */
  readonly unclear: readonly Unclear[];
};

const TRIES = 3;
/** Somebody else added or merged one of these people while they were being looked up. */
class AddedMeanwhile extends Error {}

export function createImports({ catalog }: { readonly catalog: Catalog }) {
  return {
    /**
     * Takes some people in, in one transaction, by what is on record now. Who is there already is left as they are, so that
     * the same again changes nothing.
     */
    async carryOut(session: Session, batch: ImportBatch): Promise<ImportedBatch> {
      for (let tries = 1; ; tries += 1) {
        try {
          return await session.write((tx) => takeInAll(tx, session, catalog, batch));
        } catch (error) {
          if (!(error instanceof AddedMeanwhile)) throw error;
          if (tries === TRIES)
            throw new DomainError("conflict", "Somebody else is adding the same people.", "Run it again.");
        }
      }
    },
  };
}

type ToStore = {
  readonly decision: Decision;
  readonly candidateId: string;
  readonly stored: readonly Stored[];
};

async function takeInAll(
  tx: Db,
  session: Session,
  catalog: Catalog,
  batch: ImportBatch,
): Promise<ImportedBatch> {
  const before = await loadNames(tx, session, catalog, batch);
  await lockRoles(tx, session, batch, before.roles);
  // With the roles locked, nobody else adds anybody to them: what is looked up now stays so.
  const names = await loadNames(tx, session, catalog, batch);
  const decisions = await decideLocked(tx, session, names, {
    system: batch.system,
    people: batch.people.map(({ person }) => person),
  });
  const adding = decisions.filter(({ entrants }) => entrants.some(({ role }) => role !== undefined));
  const { people, records, unclear } = await storePeople(tx, session, catalog, adding, { ...batch, names });
  const files = new Map(batch.people.map(({ person, files }) => [person.where, files]));
  const documents = await storeFiles(tx, session, catalog, people, { files, unclear });
  return {
    people: people.length,
    applications: people.reduce((sum, { stored }) => sum + stored.length, 0),
    documents,
    records,
    left_out: decisions.flatMap(leftOutAt),
    unclear: [...adding.flatMap((one) => one.unclear), ...unclear],
  };
}

/**
 * What becomes of each, with whoever is on record already kept from being changed until commit: by then they may be somebody
 * else's, or erased.
 */
async function decideLocked(
  tx: Db,
  session: Session,
  names: Context["names"],
  some: Parameters<typeof decideAll>[3],
): Promise<Decision[]> {
  const onRecord = (decisions: readonly Decision[]) =>
    new Set(decisions.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate.id])));
  const before = await decideAll(tx, session, names, some);
  const locked = onRecord(before);
  if (locked.size === 0) return before;
  for (const id of [...locked].toSorted()) await lockCandidate(tx, { workspaceId: session.workspaceId, id });
  const decisions = await decideAll(tx, session, names, some);
  if ([...onRecord(decisions)].some((id) => !locked.has(id))) throw new AddedMeanwhile();
  return decisions;
}

/** Locks the roles that applications of the batch are for, always in one order. */
async function lockRoles(
  tx: Db,
  session: Session,
  { map, role }: ImportBatch,
  roles: ReadonlyMap<string, RoleRow>,
): Promise<void> {
  const named = [...Object.values(map.roles), role].map((one) =>
    typeof one === "string" ? one.toUpperCase() : "",
  );
  const keys = [...roles.values()].map(({ key }) => key).filter((key) => named.includes(key));
  for (const key of keys.toSorted()) await loadRoleForUpdate(tx, session, key);
}

type Context = Pick<ImportBatch, "system" | "map"> & {
  readonly names: Awaited<ReturnType<typeof loadNames>>;
};

async function storePeople(
  tx: Db,
  session: Session,
  catalog: Catalog,
  decisions: readonly Decision[],
  context: Context,
): Promise<{ readonly people: readonly ToStore[]; readonly records: number; readonly unclear: Unclear[] }> {
  const { workspaceId, now } = session;
  const unclear: Unclear[] = [];
  const people: ToStore[] = [];
  const numbers = await takeNumbers(tx, workspaceId, decisions);
  for (const decision of decisions) {
    const candidateId = decision.candidate?.id ?? uuidv7();
    const stored = decision.entrants.flatMap((entrant) =>
      entrant.role === undefined
        ? []
        : [
            wayOf(session, entrant, {
              candidateId,
              ref: numbers(entrant.role),
              lexicon: catalog.lexicon(),
              decision,
              ...context,
              unclear,
            }),
          ],
    );
    people.push({ decision, candidateId, stored });
  }
  const added = people.filter(({ decision }) => decision.candidate === undefined);
  const rows = added.map(({ decision, candidateId }) =>
    personRow(decision, { workspaceId, id: candidateId, now }),
  );
  if (!(await insertPeople(tx, rows))) throw new AddedMeanwhile();
  for (const { decision, candidateId: id } of people) {
    const { candidate, memberId, person } = decision;
    if (candidate?.memberId === null && memberId !== null) await tieTo(tx, { workspaceId, id }, memberId);
    if (person.doNotContact && candidate === undefined)
      await suppressPerson(
        tx,
        { workspaceId, id, email: person.email ?? null },
        { reason: "do_not_contact", createdAt: now },
      );
  }
  const ways = people.flatMap(({ stored }) => stored.map(({ way }) => way));
  await insertWays(tx, ways);
  const records = people.flatMap((one) => recordsOf(session, one, context.system));
  await insertImportedRecords(tx, records);
  await insertImportKeys(
    tx,
    people.flatMap((one) => keysOf(session, one)),
  );
  for (const { stored } of people)
    for (const { way, entrant } of stored) await recordEntry(tx, session, way, entrant);
  return { people, records: records.length, unclear };
}

type Way = Stored["way"];

async function recordEntry(tx: Db, session: Session, { begin, now }: Way, { role }: Entrant): Promise<void> {
  if (role === undefined) return;
  const { ref, id } = begin;
  const at = { stage: now.stage, status: now.status, version: now.version };
  await session.record(tx, id, "application.import", { ref, role: role.key, ...at });
  await fillRound(tx, session, { id, ...at }, role);
}

/** The next references of each role, taken at once. */
async function takeNumbers(
  tx: Db,
  workspaceId: string,
  decisions: readonly Decision[],
): Promise<(role: RoleRow) => string> {
  const counts = new Map<string, number>();
  for (const { role } of decisions.flatMap(({ entrants }) => entrants))
    if (role !== undefined) counts.set(role.id, (counts.get(role.id) ?? 0) + 1);
  const next = new Map<string, number>();
  for (const [id, n] of counts) next.set(id, await takeNumber(tx, workspaceId, id, n));
  return ({ id, key }) => {
    const number = next.get(id) ?? 0;
    next.set(id, number + 1);
    return `${key}-${number}`;
  };
}

type RowOf = { readonly workspaceId: string; readonly id: string; readonly now: Date };

function personRow({ person, memberId }: Decision, { workspaceId, id, now }: RowOf) {
  const {
    name,
    email = null,
    phone = null,
    links,
    location = null,
    timezone = null,
    tags,
    doNotContact,
  } = person;
  const { searchKey } = derivedOf({ name, email, phone, links });
  return {
    ...{
      workspaceId,
      id,
      name,
      email,
      phone,
      links,
      location,
      timezone,
      tags,
      doNotContact,
      memberId,
      searchKey,
    },
    ...{ knownBy: knownFormsOf(person), createdAt: now },
  };
}

type Files = { readonly files: ReadonlyMap<string, readonly FileRead[]>; readonly unclear: Unclear[] };

/** Stores the files with each application that is active, or with the last one where none is. */
async function storeFiles(
  tx: Db,
  session: Session,
  catalog: Catalog,
  people: readonly ToStore[],
  { files, unclear }: Files,
): Promise<number> {
  let count = 0;
  for (const { decision, stored } of people) {
    const { where } = decision.person;
    const active = stored.filter(({ way }) => way.now.status === "active");
    for (const { way } of active.length > 0 ? active : stored.slice(-1))
      for (const file of files.get(where) ?? []) {
        try {
          await storeDocument(tx, session, way.begin.id, file, catalog.mailWords());
          count += 1;
        } catch (error) {
          // What cannot be stored is found before anything is written.
          if (!(error instanceof DomainError)) throw error;
          unclear.push({ where, field: file.name, why: error.message });
        }
      }
  }
  return count;
}
