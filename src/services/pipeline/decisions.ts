import { uuidv7 } from "uuidv7";
import { againstMajority, type EvidenceSnapshot } from "../../domain/panel/decision.ts";
import { newestCards } from "../../domain/panel/scorecard.ts";
import type { Visibility } from "../../domain/panel/visibility.ts";
import { newestVotes } from "../../domain/panel/vote.ts";
import { statusLabel } from "../../domain/pipeline/application.ts";
import type { ApplicationRecord, ApplicationRow } from "../../store/candidates/applications.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import { insertDecision, listDecisions } from "../../store/pipeline/decisions.ts";
import { listMoves } from "../../store/pipeline/moves.ts";
import type { Db } from "../../store/store.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import type { Session } from "../session.ts";

/** Keeps what was on the table when a move decided something: versions, not copies. */
export async function recordDecision(
  tx: Db,
  session: Session,
  { application }: ApplicationRecord,
  after: ApplicationRow,
): Promise<void> {
  const { workspaceId, member, now } = session;
  const onTheTable = await tableOf(tx, workspaceId, application.id, statusLabel(after));
  await insertDecision(tx, {
    workspaceId,
    id: uuidv7(),
    applicationId: application.id,
    memberId: member.id,
    version: after.version,
    onTheTable,
    decidedAt: now,
  });
}

async function tableOf(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  to: string,
): Promise<EvidenceSnapshot> {
  const cards = newestCards(await listScorecards(tx, workspaceId, [applicationId]));
  const assessment = await newestAssessment(tx, workspaceId, applicationId);
  const submission = await newestSubmission(tx, workspaceId, applicationId);
  const cast = newestVotes(await listVotes(tx, workspaceId, applicationId));
  const votes = cast.map(({ id, member, version, vote, onPanel }) => ({
    id,
    member,
    version,
    vote,
    on_panel: onPanel,
  }));
  return {
    scorecards: cards.map(({ id, round, member, version }) => ({ id, round, member, version })),
    assessment: assessment?.id ?? null,
    submission: submission ? { url: submission.url, head_sha: submission.headSha } : null,
    votes,
    ...againstMajority(to, votes),
  };
}

/** Moves and undos in order; reasons that are hidden from this member are left out and said to be. */
export async function viewHistory(
  db: Db,
  { workspaceId }: Session,
  { application }: Pick<ApplicationRecord, "application">,
  visibility: Visibility,
) {
  const moves = await listMoves(db, workspaceId, application.id);
  return moves.map(({ move, by }) => ({
    kind: move.kind,
    version: move.version,
    from: statusLabel({ stage: move.fromStage, status: move.fromStatus }),
    to: statusLabel({ stage: move.toStage, status: move.toStatus }),
    at: move.movedAt.toISOString(),
    by,
    through: move.client,
    reason: visibility.canRead(by) ? move.reason : null,
    ...(visibility.canRead(by) ? {} : { reason_hidden: true }),
    overridden: move.overridden,
  }));
}

const DECISIONS = new Set(["offer", "hired", "rejected"]);

/** Who decided what, when, why, through which client, on what, and whether it went against the panel's majority. */
export async function viewDecisions(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  visibility: Visibility,
) {
  const moves = await viewHistory(db, session, record, visibility);
  const kept = await listDecisions(db, session.workspaceId, record.application.id);
  return moves
    .filter((m) => m.kind === "move" && DECISIONS.has(m.to))
    .map((move) => {
      const table = kept.find((d) => d.version === move.version)?.onTheTable ?? null;
      const next = moves.find((m) => m.version === move.version + 1);
      return {
        ...move,
        undone: next?.kind === "undo",
        on_the_table: table && viewTable(table, visibility),
        ...(visibility.votesHidden === null ? {} : { hidden: visibility.votesHidden }),
      };
    });
}

/** Where votes are hidden, how many there were and nothing that follows from them. */
function viewTable(
  { votes, majority, against_majority, ...table }: EvidenceSnapshot,
  visibility: Visibility,
) {
  const open = visibility.votesHidden === null;
  return { ...table, votes_cast: votes.length, ...(open ? { votes, majority, against_majority } : {}) };
}
