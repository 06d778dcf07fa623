import { statusLabel } from "../../domain/pipeline/application.ts";
import type { ForReader } from "../panel/load-for-reader.ts";

/**
 * Moves and undos in the order of time, those of joined applications among them; a reason that is hidden from
 * this reader is left out and marked as hidden.
 */
export const viewHistory = async (forReader: ForReader) =>
  (await forReader.moves()).map((move) => viewMove(move));

function viewMove({ reasonHidden, ...move }: Awaited<ReturnType<ForReader["moves"]>>[number]) {
  return {
    ...(move.of !== undefined && { application: move.of }),
    kind: move.kind,
    version: move.version,
    from: statusLabel({ stage: move.fromStage, status: move.fromStatus }),
    to: statusLabel({ stage: move.toStage, status: move.toStatus }),
    at: move.movedAt.toISOString(),
    by: move.by,
    through: move.client,
    reason: move.reason,
    reason_category: move.reasonCategory,
    ...(reasonHidden ? { reason_hidden: true } : {}),
    overridden: move.overridden,
  };
}

const DECISIONS = new Set(["offer", "hired", "rejected"]);

/** Who decided what, when, why, through which client, on what, and whether it went against the panel's majority. */
export async function viewDecisions(forReader: ForReader) {
  const moves = await forReader.moves();
  const decisions = await forReader.decisions();
  const { votesHidden } = forReader;
  return moves.flatMap((move) => {
    const { applicationId, version } = move;
    const shown = viewMove(move);
    if (move.kind !== "move" || !DECISIONS.has(shown.to)) return [];
    const isOf = (at: number) => (one: { applicationId: string; version: number }) =>
      one.applicationId === applicationId && one.version === at;
    return [
      {
        ...shown,
        undone: moves.find(isOf(version + 1))?.kind === "undo",
        on_the_table: decisions.find(isOf(version))?.evidenceSnapshot ?? null,
        ...(votesHidden && { hidden: votesHidden }),
      },
    ];
  });
}
