import type { RecordPart } from "../../domain/candidates/record-parts.ts";
import { daysBetween } from "../../domain/days.ts";
import { type PanelState, panelCounts } from "../../domain/panel/panel.ts";
import { type Visibility, visibleAssessment, visibleDocuments } from "../../domain/panel/visibility.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { pendingTasks, progressOf } from "../../domain/pipeline/tasks.ts";
import { untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { compare } from "../evaluation/compare-candidates.ts";
import { loadApplication } from "../load-application.ts";
import { listCorrespondence } from "../outreach/message-history.ts";
import { viewCards, viewVotes } from "../panel/card-and-vote-views.ts";
import { loadPanel } from "../panel/load-panel.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { interviewsOf } from "../scheduling/interview-views.ts";
import type { Session } from "../session.ts";
import { isBlind, redactSubmission } from "../submissions/redact-submission.ts";
import { viewDocument } from "./documents.ts";

/** A document of ordinary length is shown whole; beyond this the reader is told how much more there is. */
const MAX_DOCUMENT_CHARS_SHOWN = 12_000;

type GetCandidate = {
  readonly application: string;
  readonly include?: readonly RecordPart[] | undefined;
  /** References of others for the same role, to be laid side by side. */
  readonly compare_with?: readonly string[] | undefined;
};

const DEFAULT_PARTS: readonly RecordPart[] = ["documents", "assessment"];

/** An application as one member may see it. */
type Shown = ApplicationRecord & { readonly panel: PanelState; readonly visibility: Visibility };

export function createDossiers() {
  return {
    /** Everything on record about one application, narrowed to the parts asked for. */
    async get(session: Session, { application, include, compare_with: others }: GetCandidate) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, application);
        const shown = { ...record, ...(await loadPanel(db, session, record)) };
        return {
          ...(await headOf(db, session, shown)),
          ...(await partsOf(db, session, shown, include ?? DEFAULT_PARTS)),
          ...(others && { comparison: await compare(db, session, [record.application.ref, ...others]) }),
        };
      });
    },

    /** Who decided what about an application, when, why, and what was on the table by then. */
    async decisions(session: Session, ref: string) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, ref);
        const { visibility } = await loadPanel(db, session, record);
        const decisions = await viewDecisions(db, session, record, visibility);
        return { ref: record.application.ref, role: record.role.key, decisions };
      });
    },
  };
}

async function headOf(db: Db, { workspaceId, now }: Session, shown: Shown) {
  const { application: a, candidate, role, owner, panel, visibility } = shown;
  const stage = role.stages.find((s) => s.id === a.stage);
  const assignment = await findAssignment(db, workspaceId, a.id);
  const progress = progressOf({ ...a, assigned: assignment !== undefined });
  return {
    ref: a.ref,
    role: { key: role.key, title: role.title, lane: role.lane },
    candidate: {
      name: candidate.name,
      email: candidate.email,
      location: candidate.location,
      timezone: candidate.timezone,
      links: candidate.links,
    },
    stage: a.stage,
    status: a.status,
    version: a.version,
    applied_at: a.appliedAt.toISOString(),
    source: a.source,
    days_in_stage: daysBetween(a.stageEnteredAt, now),
    over_goal:
      a.status === "active" && stage !== undefined && isOverGoal(a.stageEnteredAt, stage.goal_days, now),
    flags: a.presentFlags,
    tasks: pendingTasks({ ref: a.ref, role, position: a, ...progress, owner, panel }, now),
    panel: {
      ...panelCounts(panel),
      ...(visibility.votesHidden === null ? {} : { hidden: visibility.votesHidden }),
    },
  };
}

/** The parts that are asked for, and no others. */
async function partsOf(db: Db, session: Session, shown: Shown, wanted: readonly RecordPart[]) {
  const { visibility } = shown;
  const isWanted = (part: RecordPart) => wanted.includes(part);
  return {
    ...(isWanted("documents") && { documents: await documentsOf(db, session, shown) }),
    ...(isWanted("assessment") && { assessment: await assessmentOf(db, session, shown) }),
    ...(isWanted("submission") && { submission: await submissionOf(db, session, shown) }),
    ...(isWanted("messages") && { messages: await listCorrespondence(db, session, shown, visibility) }),
    ...(isWanted("history") && {
      history: await viewHistory(db, session, shown, visibility),
      decisions: await viewDecisions(db, session, shown, visibility),
    }),
    ...(isWanted("scorecards") && { scorecards: await viewCards(db, session, shown, visibility) }),
    ...(isWanted("votes") && { votes: await viewVotes(db, session, shown, visibility) }),
    ...(isWanted("interviews") && {
      interviews: await interviewsOf(db, session, shown, visibility.canRead),
    }),
  };
}

async function documentsOf(db: Db, { workspaceId }: Session, { application, visibility }: Shown) {
  const stored = visibleDocuments(await listDocuments(db, workspaceId, application.id), visibility);
  return stored.map((d) => ({
    ...viewDocument(d),
    untrusted: untrusted(d.text, {
      source: `${d.kind} of ${application.ref}`,
      max: MAX_DOCUMENT_CHARS_SHOWN,
      markup: false,
    }),
  }));
}

async function assessmentOf(db: Db, { workspaceId, member }: Session, { application, visibility }: Shown) {
  const newest = await newestAssessment(db, workspaceId, application.id);
  if (!newest) return null;
  const documents = await listDocuments(db, workspaceId, application.id);
  return {
    at: newest.createdAt.toISOString(),
    ...visibleAssessment(newest.result, documents, visibility, member),
  };
}

/** What was given and what was handed in; null where neither was. */
async function submissionOf(db: Db, { workspaceId }: Session, shown: Shown) {
  const { id } = shown.application;
  const newest = await newestSubmission(db, workspaceId, id);
  const assignment = await findAssignment(db, workspaceId, id);
  if (!newest && !assignment) return null;
  return {
    at: newest?.createdAt.toISOString() ?? null,
    ...(assignment && { assignment: viewAssignment(assignment, { blind: isBlind(shown) }) }),
    ...redactSubmission(shown, assignment, newest),
  };
}

/** What was given; in the blind round without what names the person. */
const viewAssignment = (row: AssignmentRow, { blind }: { readonly blind: boolean }) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
