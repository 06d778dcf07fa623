import { DomainError } from "../../domain/errors.ts";
import { standingHold } from "../../domain/personal-data/due-to-erase.ts";
import type { ErasureOf } from "../../store/candidates/erase.ts";
import { openHolds } from "../../store/personal-data/holds.ts";
import type { Db } from "../../store/store.ts";
import { requireNoDutyByLaw } from "../personal-data/require-no-duty.ts";
import type { Session } from "../session.ts";

/**
 * @throws DomainError `precondition_failed` while a legal hold or a law keeps this person's record, with its reason
 */
export async function requireNoDuty(tx: Db, session: Session, of: ErasureOf, ref: string): Promise<void> {
  const hold = standingHold(await openHolds(tx, session.workspaceId, of.people), session.now);
  if (hold === undefined) return requireNoDutyByLaw(tx, session, of.people);
  const until = hold.until === null ? "until it is released" : `until ${hold.until}`;
  throw new DomainError(
    "precondition_failed",
    `${ref}: a legal hold stands on this person ${until}: ${hold.reason} Nothing was erased.`,
    "Erase them once it has ended.",
  );
}
