import { DomainError } from "../../domain/errors.ts";
import { droppedRounds, droppedStages, stageInsteadOf } from "../../domain/roles/own-stages.ts";
import { lockRunning, removeOpenSeats } from "../../store/panel/interviewers.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import { bookedInRounds } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import { fillRound } from "../panel/assign-interviewers.ts";
import { saveMove } from "../pipeline/save-move.ts";
import type { Session } from "../session.ts";

/** An application that was moved because its stage was dropped. */
export type MovedOut = { readonly ref: string; readonly from: string; readonly to: string };

/**
 * Moves whoever stands in a dropped stage to one that stays, on record, and takes open seats off dropped rounds. Cards that
 * are in stay. The role is stored already, and locked.
 * @throws DomainError `precondition_failed` while an interview is booked in a dropped round, naming each.
 */
export async function dropStages(
  tx: Db,
  session: Session,
  before: RoleRow,
  after: RoleRow,
): Promise<MovedOut[]> {
  const { workspaceId, now } = session;
  const dropped = droppedStages(before.stages, after.stages).map(({ id }) => id);
  const rounds = droppedRounds(before.stages, after.stages);
  if (dropped.length === 0) return [];
  const booked = await bookedInRounds(tx, workspaceId, after.id, { rounds, after: now });
  if (booked.length > 0) throw stillBooked(booked);
  const moved: MovedOut[] = [];
  for (const application of await lockRunning(tx, workspaceId, after.id, dropped)) {
    const { ref, stage: from, version } = application;
    const to = stageInsteadOf(from, before.stages, after.stages);
    const next = { ...application, stage: to, stageEnteredAt: now, version: version + 1 };
    const how = { kind: "stage_dropped", reason: null, overridden: [] } as const;
    await saveMove(session, tx, application, next, how);
    await fillRound(tx, session, next, after);
    moved.push({ ref, from, to });
  }
  await removeOpenSeats(tx, workspaceId, after.id, rounds);
  return moved;
}

const MOST_NAMED = 5;

function stillBooked(booked: readonly { ref: string; round: string; start: Date }[]): DomainError {
  const named = booked
    .slice(0, MOST_NAMED)
    .map(({ ref, round, start }) => `${ref} (${round}, ${start.toISOString()})`);
  const more = booked.length > named.length ? `, and ${booked.length - named.length} more` : "";
  return new DomainError(
    "precondition_failed",
    `stages: interviews are booked in a round that would be dropped: ${named.join(", ")}${more}.`,
    { do: "call_off_or_keep_round" },
  );
}
