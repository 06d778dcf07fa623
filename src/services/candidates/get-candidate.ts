import type { DossierPart } from "../../domain/candidates/record-parts.ts";
import { daysBetween } from "../../domain/days.ts";
import { type PanelState, panelCounts } from "../../domain/panel/panel.ts";
import { type Sight, seenAssessment, seenDocuments } from "../../domain/panel/visibility.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { owedFor } from "../../domain/pipeline/tasks.ts";
import { untrusted } from "../../domain/untrusted.ts";
import type { Case } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { newestAssessment } from "../../store/evaluation/assessments.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import { compare } from "../evaluation/compare-candidates.ts";
import { requireCase } from "../load-application.ts";
import { listCorrespondence } from "../outreach/message-history.ts";
import { viewCards, viewVotes } from "../panel/card-and-vote-views.ts";
import { panelOf } from "../panel/load-panel.ts";
import { viewDecisions, viewHistory } from "../pipeline/decisions.ts";
import { interviewsOf } from "../scheduling/interview-views.ts";
import type { Begin, Caller, Session } from "../session.ts";
import { isBlind, shownFacts } from "../submissions/redact-submission.ts";
import { viewDocument } from "./documents.ts";

/** A document of ordinary length is shown whole; beyond this the reader is told how much more there is. */
const SHOWN_CHARS = 12_000;

type DossierInput = {
  readonly application: string;
  readonly include?: readonly DossierPart[] | undefined;
  /** References of others for the same role, to be laid side by side. */
  readonly compare_with?: readonly string[] | undefined;
};

export function createDossiers({ begin }: { begin: Begin }) {
  return {
    /** Everything on record about one application, narrowed to the parts asked for. */
    async get(caller: Caller, input: DossierInput) {
      const session = await begin(caller);
      return session.read(async (db) => {
        const found = await requireCase(db, session, input.application);
        const { panel, sight } = await panelOf(db, session, found);
        const wanted = input.include ?? ["documents", "assessment"];
        const parts: Record<string, unknown> = {};
        for (const section of wanted) parts[section] = await PARTS[section](db, session, found, sight);
        if (wanted.includes("history")) parts.decisions = await viewDecisions(db, session, found, sight);
        const { compare_with: others } = input;
        const side = others
          ? { comparison: await compare(db, session, [found.application.ref, ...others]) }
          : {};
        const given = await findAssignment(db, session.workspaceId, found.application.id);
        return { ...headOf(found, given, { panel, sight }, session.now), ...parts, ...side };
      });
    },

    /** Who decided what about an application, when, why, and what was on the table by then. */
    async decisions(caller: Caller, ref: string) {
      const session = await begin(caller);
      return session.read(async (db) => {
        const found = await requireCase(db, session, ref);
        const { sight } = await panelOf(db, session, found);
        const decisions = await viewDecisions(db, session, found, sight);
        return { ref: found.application.ref, role: found.role.key, decisions };
      });
    },
  };
}

function headOf(
  { application: a, candidate, role, owner }: Case,
  given: AssignmentRow | undefined,
  { panel, sight }: { readonly panel: PanelState; readonly sight: Sight },
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
    owed: owedFor({ ref: a.ref, role, position: a, ...has, owner, panel }, now),
    panel: { ...panelCounts(panel), ...(sight.votesHidden === null ? {} : { hidden: sight.votesHidden }) },
  };
}

type Part = (db: Db, session: Session, found: Case, sight: Sight) => Promise<unknown>;

const PARTS: Record<DossierPart, Part> = {
  async documents(db, { workspaceId }, { application }, sight) {
    const stored = seenDocuments(await listDocuments(db, workspaceId, application.id), sight);
    return stored.map((d) => ({
      ...viewDocument(d),
      untrusted: untrusted(d.text, {
        source: `${d.kind} of ${application.ref}`,
        max: SHOWN_CHARS,
        markup: false,
      }),
    }));
  },
  async assessment(db, { workspaceId, member }, { application }, sight) {
    const newest = await newestAssessment(db, workspaceId, application.id);
    if (!newest) return null;
    const documents = await listDocuments(db, workspaceId, application.id);
    return { at: newest.createdAt.toISOString(), ...seenAssessment(newest.result, documents, sight, member) };
  },
  async submission(db, { workspaceId }, found) {
    const newest = await newestSubmission(db, workspaceId, found.application.id);
    const given = await findAssignment(db, workspaceId, found.application.id);
    if (!newest && !given) return null;
    return {
      at: newest?.createdAt.toISOString() ?? null,
      ...(given ? { assignment: viewAssignment(given, isBlind(found)) } : {}),
      ...shownFacts(found, given, newest),
    };
  },
  messages: listCorrespondence,
  history: viewHistory,
  scorecards: viewCards,
  votes: viewVotes,
  interviews: (db, session, found, sight) => interviewsOf(db, session, found, sight.mayRead),
};

/** What was given; in the blind round without what names the person. */
const viewAssignment = (row: AssignmentRow, blind: boolean) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
