import { erasureForms } from "../../domain/transfer/import-keys.ts";
import { addressesOf, knownFormsOf, type PersonToImport } from "../../domain/transfer/join-people.ts";
import type { CandidateRow } from "../../store/candidates/candidates.ts";
import type { Db } from "../../store/store.ts";
import {
  type Alike,
  applicationsByKey,
  applicationsOfPeople,
  candidatesByEmail,
  erasedAmong,
  findHashKey,
  type KnownKey,
  peopleAlike,
} from "../../store/transfer/known-people.ts";
import type { Session } from "../session.ts";
import { keyedHash } from "./keyed-hash.ts";

/** What is on record about some people of a source. */
export type KnownRecords = {
  /** The hash under which a form is kept. */
  readonly hash: (form: string) => string;
  readonly byEmail: ReadonlyMap<string, CandidateRow>;
  readonly byKey: ReadonlyMap<string, KnownKey>;
  readonly erased: ReadonlySet<string>;
  /** The reference of each person's application for each role. */
  readonly refs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Applications of people who share this form with somebody of the source. */
  readonly alike: ReadonlyMap<string, readonly Alike[]>;
};

/** @param forms of the people and their applications, by which they are known again */
export async function loadKnownRecords(
  db: Db,
  { workspaceId }: Session,
  people: readonly PersonToImport[],
  forms: readonly string[],
): Promise<KnownRecords> {
  const key = await findHashKey(db, workspaceId);
  const hash = (form: string) => keyedHash(key, form);
  const keys = [...new Set(forms.map(hash))];
  const byEmail = await candidatesByEmail(db, workspaceId, [...new Set(people.flatMap(addressesOf))]);
  const found = await applicationsByKey(db, workspaceId, keys);
  const erased = await erasedAmong(db, workspaceId, [
    ...new Set([...keys, ...people.flatMap(erasureForms).map(hash)]),
  ]);
  const candidates = [...byEmail.values(), ...found.map(({ candidate }) => candidate)].map(({ id }) => id);
  const applications =
    candidates.length === 0 ? [] : await applicationsOfPeople(db, workspaceId, [...new Set(candidates)]);
  const refs = new Map<string, Map<string, string>>();
  for (const { candidateId, roleId, ref } of applications) {
    const ofPerson = refs.get(candidateId) ?? new Map<string, string>();
    refs.set(candidateId, ofPerson.set(roleId, ref));
  }
  const alike = new Map<string, Alike[]>();
  for (const row of await peopleAlike(db, workspaceId, [...new Set(people.flatMap(knownFormsOf))]))
    for (const form of row.knownBy) {
      const before = alike.get(form);
      if (before === undefined) alike.set(form, [row]);
      else before.push(row);
    }
  return { hash, byEmail, byKey: new Map(found.map((one) => [one.key, one])), erased, refs, alike };
}
