import { DomainError } from "../../domain/errors.ts";
import type { Db } from "../../store/store.ts";

/** Who was erased, as a list beside a database or in a backup has them: hashes, and nobody's words. */
type ErasedPerson = {
  readonly candidate_id: string;
  readonly hashes: readonly string[];
  readonly erased_at: string;
};

/**
 * How people who were erased after a backup was made are erased again when it is restored. SEAM: `createServices` passes
 * none until services/candidates/erase-candidate.ts is there, and until then a restore with a list is refused.
 */
export type ErasedPeople = {
  /** The people of a list, or of the folder of one. */
  readList(path: string): Promise<readonly ErasedPerson[]>;
  /**
   * Erases who of them was on record before their erasure, known by the id of their row or by a hash, and keeps the hashes
   * of all: in the transaction of the restore, so that there is no moment in which they are here again.
   * @returns how many people were erased
   */
  eraseAgain(tx: Db, workspaceId: string, people: readonly ErasedPerson[]): Promise<number>;
};

/** Reads the lists, and gives what erases the people of them. It is called in the transaction of the restore. */
export async function erasureOf(
  deps: ErasedPeople | undefined,
  lists: readonly string[],
): Promise<(tx: Db, workspaceId: string) => Promise<number>> {
  if (lists.length === 0) return async () => 0;
  if (deps === undefined) throw cannotErase();
  const people = (await Promise.all(lists.map((path) => deps.readList(path)))).flat();
  return (tx, workspaceId) => deps.eraseAgain(tx, workspaceId, people);
}

const cannotErase = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "There is a list of people who were erased, and this release cannot erase anybody; nothing was restored.",
    "Restore with a release that can, so that they are not on record again.",
  );
