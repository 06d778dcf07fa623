import { isSameByPhone, KnownBy, sharedBy } from "../../domain/candidates/known-by.ts";
import { isOwnApplication } from "../../domain/panel/visibility.ts";
import { type CandidateRow, knownApplications, storedResume } from "../../store/candidates/candidates.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** Somebody on record who may be the same person, and by what. Nobody has decided whether they are. */
export type PossibleDuplicate = {
  readonly ref: string;
  readonly name: string;
  readonly by: readonly KnownBy[];
};

type Known = Pick<CandidateRow, "workspaceId" | "id" | "knownBy">;

/**
 * The person who has applied for the role with this name and the same phone or résumé. Without an e-mail that is how
 * somebody who is added again is recognised.
 * @param resume the SHA-256 of the résumé's text, where one is given
 */
export async function sameInRole(
  tx: Db,
  person: Known & { readonly roleId: string },
  resume: Uint8Array | undefined,
): Promise<CandidateRow | undefined> {
  for (const { application, candidate } of await knownApplications(tx, person)) {
    if (!sharedBy(person.knownBy, candidate.knownBy).includes("name")) continue;
    if (isSameByPhone(person.knownBy, candidate.knownBy)) return candidate;
    if (resume !== undefined && (await storedResume(tx, application, resume)) !== undefined) return candidate;
  }
  return undefined;
}

const MAX_DUPLICATES_SHOWN = 5;

/** Who on record this person may be already, the surest sign first, each by their newest reference. */
export async function possibleDuplicates(
  tx: Db,
  { member }: Session,
  person: Known,
): Promise<PossibleDuplicate[]> {
  const people = new Map<string, PossibleDuplicate>();
  for (const { application, candidate } of await knownApplications(tx, person)) {
    if (isOwnApplication(member, candidate)) continue;
    const by = sharedBy(person.knownBy, candidate.knownBy);
    if (by.length > 0) people.set(candidate.id, { ref: application.ref, name: candidate.name, by });
  }
  const surest = ({ by }: PossibleDuplicate) => KnownBy.options.findIndex((sign) => by.includes(sign));
  return [...people.values()]
    .sort((a, b) => surest(a) - surest(b) || b.by.length - a.by.length)
    .slice(0, MAX_DUPLICATES_SHOWN);
}
