import { DomainError } from "../../domain/errors.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/**
 * Erases a person in one transaction, unless `isStillDue` says in that transaction that they are not to be erased any more.
 * False where they were left.
 */
export type EraseOne = (
  session: Session,
  application: string,
  isStillDue: (tx: Db) => Promise<boolean>,
) => Promise<boolean>;

/** Stands in until this release can erase anybody. */
export const eraseOne: EraseOne = async () => {
  throw new DomainError("unavailable", "Nobody can be erased by this release yet. Nothing was changed.");
};
