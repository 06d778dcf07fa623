import { uuidv7 } from "uuidv7";
import { isPlaceZone, isSameZone } from "../../domain/scheduling/wall-clock.ts";
import { setTimezone } from "../../store/candidates/candidates.ts";
import { insertChanges } from "../../store/candidates/changes.ts";
import type { Db } from "../../store/store.ts";
import { loadApplicationForUpdate, loadStanding } from "../load-application.ts";
import type { Session } from "../session.ts";

/** A time zone that a call said to be the candidate's. */
export type StatedZone = { readonly application: string; readonly zone: string };

/** What became of it. Neither is there when the record already said the same. */
export type KeptZone = {
  /** It was put on record, where there was none. */
  readonly timezone_kept?: string;
  /** The record says another one, which stays. */
  readonly timezone_on_record?: string;
};

/**
 * Keeps the candidate's time zone where none is on record, as a change of the person in the history. One on record is
 * never written over, and a clock of no place, such as UTC, is not kept.
 */
export async function keepZone(
  tx: Db,
  session: Session,
  { application: ref, zone }: StatedZone,
): Promise<KeptZone> {
  const { application, candidate } = await loadApplicationForUpdate(tx, session, ref);
  const { workspaceId } = session;
  const isNew = isPlaceZone(zone) && (await setTimezone(tx, workspaceId, candidate.id, zone));
  if (!isNew) {
    // Read again: somebody may have put another on record meanwhile.
    const { timezone } = (await loadStanding(tx, session, ref)).candidate;
    return timezone === null || isSameZone(timezone, zone) ? {} : { timezone_on_record: timezone };
  }
  await insertChanges(tx, [
    {
      ...{
        workspaceId,
        id: uuidv7(),
        candidateId: candidate.id,
        field: "timezone",
        before: null,
        after: zone,
      },
      ...{ changedBy: session.member.id, client: session.client, changedAt: session.now },
    },
  ]);
  await session.record(tx, application.id, "candidate.change", { fields: ["timezone"] });
  return { timezone_kept: zone };
}

/** Work that keeps the stated zone first, if any is stated, in the same transaction. */
export const keepingZone =
  <T extends object>(
    session: Session,
    { stated }: { readonly stated?: StatedZone },
    work: (tx: Db) => Promise<T>,
  ) =>
  async (tx: Db): Promise<T & KeptZone> => {
    const kept = stated === undefined ? {} : await keepZone(tx, session, stated);
    return { ...(await work(tx)), ...kept };
  };
