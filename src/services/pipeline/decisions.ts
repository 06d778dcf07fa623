import { statusLabel } from "../../domain/pipeline/application.ts";
import type { ForReader } from "../panel/load-for-reader.ts";

/** Moves and undos in order; a reason that is hidden from this reader is left out and marked as hidden. */
export async function viewHistory(forReader: ForReader) {
  return (await forReader.moves()).map(({ reasonHidden, ...move }) => ({
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
  }));
}

const DECISIONS = new Set(["offer", "hired", "rejected"]);

/** Who decided what, when, why, through which client, on what, and whether it went against the panel's majority. */
export async function viewDecisions(forReader: ForReader) {
  const moves = await viewHistory(forReader);
  const decisions = await forReader.decisions();
  const { votesHidden } = forReader;
  return moves
    .filter((m) => m.kind === "move" && DECISIONS.has(m.to))
    .map((move) => {
      const next = moves.find((m) => m.version === move.version + 1);
      return {
        ...move,
        undone: next?.kind === "undo",
        on_the_table: decisions.find((d) => d.version === move.version)?.evidenceSnapshot ?? null,
        ...(votesHidden && { hidden: votesHidden }),
      };
    });
}
