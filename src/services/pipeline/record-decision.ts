import { uuidv7 } from "uuidv7";
import { againstMajority, type EvidenceSnapshot } from "../../domain/panel/decision.ts";
import { newestCards } from "../../domain/panel/scorecard.ts";
import { newestVotes } from "../../domain/panel/vote.ts";
import { statusLabel } from "../../domain/pipeline/application.ts";
import { currentOffer } from "../../domain/pipeline/offer.ts";
import type { ApplicationRecord, ApplicationRow } from "../../store/candidates/applications.ts";
import { documentHashes } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import { listScorecards } from "../../store/panel/scorecards.ts";
import { listVotes } from "../../store/panel/votes.ts";
import { insertDecision } from "../../store/pipeline/decisions.ts";
import { listOffers } from "../../store/pipeline/offers.ts";
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
  const evidenceSnapshot = await snapshotOf(tx, workspaceId, application.id, statusLabel(after));
  await insertDecision(tx, {
    workspaceId,
    id: uuidv7(),
    applicationId: application.id,
    memberId: member.id,
    version: after.version,
    evidenceSnapshot,
    decidedAt: now,
  });
}

async function snapshotOf(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  to: string,
): Promise<EvidenceSnapshot> {
  const cards = newestCards(await listScorecards(tx, workspaceId, [applicationId]));
  const assessment = await newestAssessment(tx, workspaceId, applicationId);
  const submission = await newestSubmission(tx, workspaceId, applicationId);
  const documents = await documentHashes(tx, workspaceId, applicationId);
  const handedIn = documents.filter(({ kind }) => kind === "work_sample").map(({ id }) => id);
  const offer = currentOffer(await listOffers(tx, { workspaceId, id: applicationId }));
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
    ...(handedIn.length > 0 && { work_samples: handedIn }),
    ...(offer && { offer: { id: offer.id, version: offer.version, status: offer.status } }),
    votes,
    ...againstMajority(to, votes),
  };
}
