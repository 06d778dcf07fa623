import { uuidv7 } from "uuidv7";
import { DomainError } from "../../domain/errors.ts";
import { requireFutureDay, requireWords } from "../../domain/personal-data/given.ts";
import { isOver } from "../../domain/personal-data/kept-until.ts";
import { lockCandidate } from "../../store/candidates/candidates.ts";
import { insertHold, openHolds, releaseHolds } from "../../store/personal-data/holds.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";

type HoldInput = {
  readonly application: string;
  readonly reason: string;
  readonly until?: string | undefined;
};

/** Keeps a person's record from being erased, because of a dispute before a court or the like. */
async function place(
  session: Session,
  input: HoldInput,
): Promise<{ readonly ref: string; readonly name: string }> {
  const { workspaceId, member, now } = session;
  const reason = requireWords("reason", input.reason);
  const until = input.until === undefined ? null : requireFutureDay("until", input.until, now);
  return session.write(async (tx) => {
    const { application, candidate } = await loadApplicationForUpdate(tx, session, input.application);
    // An erasure of the same person takes this lock too: one of the two comes first.
    await lockCandidate(tx, candidate);
    const id = uuidv7();
    await insertHold(tx, {
      ...{ workspaceId, id, candidateId: candidate.id, reason, until },
      ...{ placedBy: member.id, placedAt: now },
    });
    await session.record(tx, application.id, "hold.place", { hold: id, until });
    return { ref: application.ref, name: candidate.name };
  });
}

/**
 * Ends every hold on a person.
 * @throws DomainError `conflict` where there is none
 */
async function release(
  session: Session,
  ref: string,
): Promise<{ readonly ref: string; readonly name: string; readonly released: number }> {
  return session.write(async (tx) => {
    const { application, candidate } = await loadApplicationForUpdate(tx, session, ref);
    const whose = { workspaceId: session.workspaceId, candidateId: candidate.id };
    const released = await releaseHolds(tx, whose, session.now);
    if (released.length === 0)
      throw new DomainError("conflict", `${application.ref}: no legal hold stands on this person.`);
    for (const hold of released) await session.record(tx, application.id, "hold.release", { hold });
    return { ref: application.ref, name: candidate.name, released: released.length };
  });
}

type HoldView = {
  readonly references: readonly string[];
  readonly name: string;
  readonly reason: string;
  readonly until: string | null;
  /** Whether its last day is over: it holds nothing back any more. */
  readonly ended: boolean;
  readonly by: string;
  readonly on: Date;
};

/** Every hold that was not released. */
const list = (session: Session): Promise<HoldView[]> =>
  session.read(async (db) =>
    (await openHolds(db, session.workspaceId)).map(({ refs, name, reason, until, by, placedAt }) => ({
      ...{ references: refs, name, reason, until, by, on: placedAt },
      ended: until !== null && isOver(until, session.now),
    })),
  );

/** Legal holds. */
export const holds = { place, release, list };
