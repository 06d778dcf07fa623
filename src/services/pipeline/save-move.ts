import { uuidv7 } from "uuidv7";
import { statusLabel } from "../../domain/pipeline/application.ts";
import { type ApplicationRow, saveApplication } from "../../store/candidates/applications.ts";
import { insertMove, type MoveRow } from "../../store/pipeline/moves.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** What a move is about: its row, its version and its clock. */
export type Moving = Pick<
  ApplicationRow,
  "workspaceId" | "id" | "stage" | "status" | "stageEnteredAt" | "version"
>;

/** Stores where an application is now, the move that took it there, and the entry in its history. */
export async function saveMove(
  session: Session,
  tx: Db,
  before: Moving,
  after: Moving,
  how: Pick<MoveRow, "kind" | "reason"> &
    Partial<Pick<MoveRow, "reasonCategory">> & { readonly overridden: readonly string[] },
): Promise<void> {
  const { workspaceId, id, stage, status, stageEnteredAt, version } = after;
  await saveApplication(tx, { workspaceId, id, stage, status, stageEnteredAt, version });
  await insertMove(tx, {
    workspaceId,
    id: uuidv7(),
    applicationId: id,
    version,
    ...how,
    fromStage: before.stage,
    fromStatus: before.status,
    toStage: stage,
    toStatus: status,
    enteredAt: before.stageEnteredAt,
    movedBy: session.member.id,
    client: session.client,
    movedAt: session.now,
  });
  const { kind, overridden } = how;
  await session.record(tx, id, `application.${kind}`, {
    from: statusLabel(before),
    to: statusLabel(after),
    version,
    overridden,
  });
}
