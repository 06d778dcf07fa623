import type { DossierPart } from "../../domain/candidates/record-parts.ts";
import { daysBetween } from "../../domain/days.ts";
import { type PanelState, panelCounts } from "../../domain/panel/panel.ts";
import { type Visibility, visibleAssessment, visibleDocuments } from "../../domain/panel/visibility.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { pendingTasks } from "../../domain/pipeline/tasks.ts";
import { untrusted } from "../../domain/untrusted.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { compare } from "../evaluation/compare-candidates.ts";
import { loadApplication } from "../load-application.ts";
import { messageHistory } from "../outreach/message-history.ts";
import { viewCards, viewVotes } from "../panel/card-and-vote-views.ts";
import { loadPanel } from "../panel/load-panel.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { interviewsOf } from "../scheduling/interview-views.ts";
import type { Session } from "../session.ts";
import { isBlind, redactSubmission } from "../submissions/redact-submission.ts";
import { viewDocument } from "./documents.ts";

/** A document of ordinary length is shown whole; beyond this the reader is told how much more there is. */
const MAX_DOCUMENT_CHARS_SHOWN = 12_000;

type DossierInput = {
  readonly application: string;
  readonly include?: readonly DossierPart[] | undefined;
  /** References of others for the same role, to be laid side by side. */
  readonly compare_with?: readonly string[] | undefined;
};

export function createDossiers() {
  return {
    /** Everything on record about one application, narrowed to the parts asked for. */
    async get(session: Session, input: DossierInput) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, input.application);
        const { panel, visibility } = await loadPanel(db, session, record);
        const wanted = input.include ?? ["documents", "assessment"];
        const parts: Record<string, unknown> = {};
        for (const section of wanted) parts[section] = await PARTS[section](db, session, record, visibility);
        if (wanted.includes("history"))
          parts.decisions = await viewDecisions(db, session, record, visibility);
        const { compare_with: others } = input;
        const side = others
          ? { comparison: await compare(db, session, [record.application.ref, ...others]) }
          : {};
        const given = await findAssignment(db, session.workspaceId, record.application.id);
        return { ...headOf(record, given, { panel, visibility }, session.now), ...parts, ...side };
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

function headOf(
  { application: a, candidate, role, owner }: ApplicationRecord,
  given: AssignmentRow | undefined,
  { panel, visibility }: { readonly panel: PanelState; readonly visibility: Visibility },
  now: Date,
) {
  const { stages } = role;
  const stage = stages.find((s) => s.id === a.stage);
  const { hasSubmission } = a;
  const has = { assessed: a.presentFlags !== null, hasSubmission, assigned: given !== undefined };
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
    owed: pendingTasks({ ref: a.ref, role, position: a, ...has, owner, panel }, now),
    panel: {
      ...panelCounts(panel),
      ...(visibility.votesHidden === null ? {} : { hidden: visibility.votesHidden }),
    },
  };
}

type Part = (db: Db, session: Session, record: ApplicationRecord, visibility: Visibility) => Promise<unknown>;

const PARTS: Record<DossierPart, Part> = {
  async documents(db, { workspaceId }, { application }, visibility) {
    const stored = visibleDocuments(await listDocuments(db, workspaceId, application.id), visibility);
    return stored.map((d) => ({
      ...viewDocument(d),
      untrusted: untrusted(d.text, {
        source: `${d.kind} of ${application.ref}`,
        max: MAX_DOCUMENT_CHARS_SHOWN,
        markup: false,
      }),
    }));
  },
  async assessment(db, { workspaceId, member }, { application }, visibility) {
    const newest = await newestAssessment(db, workspaceId, application.id);
    if (!newest) return null;
    const documents = await listDocuments(db, workspaceId, application.id);
    return {
      at: newest.createdAt.toISOString(),
      ...visibleAssessment(newest.result, documents, visibility, member),
    };
  },
  async submission(db, { workspaceId }, record) {
    const newest = await newestSubmission(db, workspaceId, record.application.id);
    const given = await findAssignment(db, workspaceId, record.application.id);
    if (!newest && !given) return null;
    return {
      at: newest?.createdAt.toISOString() ?? null,
      ...(given ? { assignment: viewAssignment(given, isBlind(record)) } : {}),
      ...redactSubmission(record, given, newest),
    };
  },
  messages: messageHistory,
  history: viewHistory,
  scorecards: viewCards,
  votes: viewVotes,
  interviews: (db, session, record, visibility) => interviewsOf(db, session, record, visibility.canRead),
};

/** What was given; in the blind round without what names the person. */
const viewAssignment = (row: AssignmentRow, blind: boolean) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
