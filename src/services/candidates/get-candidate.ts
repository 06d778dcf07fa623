import type { RecordPart } from "../../domain/candidates/record-parts.ts";
import { daysBetween } from "../../domain/days.ts";
import { panelCounts } from "../../domain/panel/panel.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { pendingTasks, progressOf } from "../../domain/pipeline/tasks.ts";
import { untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { compare } from "../evaluation/compare-candidates.ts";
import { loadApplication } from "../load-application.ts";
import { messageHistory } from "../outreach/message-history.ts";
import { type ForReader, loadForReader } from "../panel/load-for-reader.ts";
import { viewScorecards, viewVotes } from "../panel/view-scorecards-and-votes.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { interviewsOf } from "../scheduling/interviews.ts";
import type { Session } from "../session.ts";
import { isBlind, redactSubmission } from "../submissions/redact-submission.ts";
import { viewDocument } from "./documents.ts";

/** Up to this length a document is shown whole. A longer one is cut, with a note of how much is missing. */
const MAX_DOCUMENT_CHARS_SHOWN = 12_000;

type GetCandidate = {
  readonly application: string;
  readonly include?: readonly RecordPart[] | undefined;
  /** References of other applications for the same role, to show side by side. */
  readonly compare_with?: readonly string[] | undefined;
};

const DEFAULT_PARTS: readonly RecordPart[] = ["documents", "assessment"];

/** An application, with a loader for the parts of its record that one member may read. */
type Shown = { readonly record: ApplicationRecord; readonly forReader: ForReader };

export function createDossiers() {
  return {
    /** The record of one application, limited to the requested parts. */
    async get(session: Session, { application, include, compare_with: others }: GetCandidate) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, application);
        const shown = { record, forReader: await loadForReader(db, session, record) };
        return {
          ...(await headOf(db, session, shown)),
          ...(await partsOf(db, session, shown, include ?? DEFAULT_PARTS)),
          ...(others && { comparison: await compare(db, session, [record.application.ref, ...others]) }),
        };
      });
    },

    /** The decisions about an application: who, what, when, why, and on which evidence. */
    async decisions(session: Session, ref: string) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, ref);
        const decisions = await viewDecisions(await loadForReader(db, session, record));
        return { ref: record.application.ref, role: record.role.key, decisions };
      });
    },
  };
}

async function headOf(db: Db, { workspaceId, now }: Session, { record, forReader }: Shown) {
  const { application: a, candidate, role, owner } = record;
  const { panel, votesHidden } = forReader;
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
      ...(votesHidden && { hidden: votesHidden }),
    },
  };
}

/** Only the requested parts. */
async function partsOf(db: Db, session: Session, shown: Shown, wanted: readonly RecordPart[]) {
  const { record, forReader } = shown;
  const isWanted = (part: RecordPart) => wanted.includes(part);
  return {
    ...(isWanted("documents") && { documents: await documentsOf(shown) }),
    ...(isWanted("assessment") && { assessment: await assessmentOf(forReader) }),
    ...(isWanted("submission") && { submission: await submissionOf(db, session, record) }),
    ...(isWanted("messages") && { messages: await messageHistory(db, session, record, forReader) }),
    ...(isWanted("history") && {
      history: await viewHistory(forReader),
      decisions: await viewDecisions(forReader),
    }),
    ...(isWanted("scorecards") && { scorecards: await viewScorecards(forReader) }),
    ...(isWanted("votes") && { votes: await viewVotes(forReader) }),
    ...(isWanted("interviews") && { interviews: await interviewsOf(db, session, record, forReader) }),
  };
}

async function documentsOf({ record, forReader }: Shown) {
  return (await forReader.documents()).map((d) => ({
    ...viewDocument(d),
    untrusted: untrusted(d.text, {
      source: `${d.kind} of ${record.application.ref}`,
      max: MAX_DOCUMENT_CHARS_SHOWN,
      markup: false,
    }),
  }));
}

async function assessmentOf(forReader: ForReader) {
  const newest = await forReader.assessment();
  return newest ? { at: newest.createdAt.toISOString(), ...newest.result } : null;
}

/** The exercise given and the submission read. Null when there is neither. */
async function submissionOf(db: Db, { workspaceId }: Session, record: ApplicationRecord) {
  const { id } = record.application;
  const newest = await newestSubmission(db, workspaceId, id);
  const assignment = await findAssignment(db, workspaceId, id);
  if (!newest && !assignment) return null;
  const exercise = assignment && { assignment: viewAssignment(assignment, { blind: isBlind(record) }) };
  const facts = redactSubmission(record, assignment, newest);
  if (!newest || !facts) return { at: null, ...exercise };
  return { at: newest.createdAt.toISOString(), ...exercise, ...facts };
}

/** The exercise given. In the blind round, without fields that identify the person. */
const viewAssignment = (row: AssignmentRow, { blind }: { readonly blind: boolean }) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
