import { derivedOf } from "../../domain/candidates/known-by.ts";
import { dayOf } from "../../domain/days.ts";
import { isKeptAsHash } from "../../domain/personal-data/erased.ts";
import { type CandidateRow, saveCandidate } from "../../store/candidates/candidates.ts";
import { erasureWith, hashKeyOf, tieSuppressions } from "../../store/candidates/erasures.ts";
import type { Db } from "../../store/store.ts";
import { keyedHash } from "../transfer/keyed-hash.ts";

type Known = { readonly email?: string | null; readonly links?: readonly string[] };

/** The forms of an address and of profile links by which an erased person is known again. */
export const keptForms = ({ email = null, links = [] }: Known): string[] =>
  derivedOf({ name: "", email, phone: null, links }).knownBy.filter(isKeptAsHash);

export const hashedForms = (key: string, forms: readonly string[]): string[] =>
  forms.map((form) => keyedHash(key, form));

/** The form by which a record is known again: one that was merged with another is a person's own in an older backup. */
export const recordForm = (candidateId: string): string => `record:${candidateId}`;

/** When somebody with this address or one of these profiles was erased; undefined where nobody was. */
async function erasedBefore(
  db: Db,
  workspaceId: string,
  known: Known,
): Promise<{ readonly on: string; readonly hashes: readonly string[] } | undefined> {
  const forms = keptForms(known);
  if (forms.length === 0) return undefined;
  const hashes = hashedForms(await hashKeyOf(db, workspaceId), forms);
  const erasure = await erasureWith(db, workspaceId, hashes);
  return erasure && { on: dayOf(erasure.erasedAt), hashes };
}

/**
 * Marks a new record of somebody who was erased: nobody writes to them until a member says that they have applied anew.
 * @returns the day on which they were erased; undefined where they were not
 */
export async function keepUnwritten(tx: Db, person: CandidateRow): Promise<string | undefined> {
  const erased = await erasedBefore(tx, person.workspaceId, person);
  if (erased === undefined) return undefined;
  await saveCandidate(tx, { ...person, doNotContact: true });
  await tieSuppressions(tx, person, erased.hashes);
  return erased.on;
}
