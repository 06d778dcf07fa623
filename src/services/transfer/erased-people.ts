import { DomainError } from "../../domain/errors.ts";
import type { Db } from "../../store/store.ts";
import type { Upkeep } from "../upkeep.ts";

/** Who was erased, as a list beside a database or in a backup has them: hashes, and nobody's words. */
type ErasedPerson = {
  readonly candidate_id: string;
  readonly hashes: string[];
  readonly erased_at: string;
};

/** How people who were erased after a backup was made are erased again when it is restored. */
export type ErasedPeople = {
  /** The people of a list, or of the folder of one. */
  readList(path: string): Promise<ErasedPerson[]>;
  /** Erases who of them is on record. @returns how many that were */
  eraseListed(at: Upkeep, people: ErasedPerson[]): Promise<number>;
  /** Clears the database's own files of them, after the commit. */
  clear(at: Upkeep): Promise<unknown>;
};

/** Reads the lists. @returns what erases the people of them, in the transaction of the restore. */
export async function erasureOf(
  deps: ErasedPeople | undefined,
  lists: readonly string[],
): Promise<(at: Upkeep, tx: Db, workspaceId: string) => Promise<number>> {
  if (lists.length === 0) return async () => 0;
  if (deps === undefined) throw cannotErase();
  const people = (await Promise.all(lists.map((path) => deps.readList(path)))).flat();
  return (at, tx, workspaceId) => deps.eraseListed(within(at, tx, workspaceId), people);
}

/** The same upkeep, with all of its work in one transaction. What is for after a commit waits for that one's. */
function within(at: Upkeep, tx: Db, workspaceId: string): Upkeep {
  const afterCommit = { clearErased: async () => undefined };
  const inside = <T>(work: (db: Db) => Promise<T>): Promise<T> => work(tx);
  return { ...at, ...afterCommit, workspaceId, read: inside, write: inside };
}

const cannotErase = (): DomainError =>
  new DomainError(
    "precondition_failed",
    "There is a list of people who were erased, and this release cannot erase anybody; nothing was restored.",
    "Restore with a release that can, so that they are not on record again.",
  );
