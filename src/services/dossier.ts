import { isOverGoal } from "../domain/application.ts";
import { daysBetween } from "../domain/days.ts";
import type { DossierPart } from "../domain/dossier.ts";
import { owedFor } from "../domain/owed.ts";
import { type PanelState, panelCounts } from "../domain/panel/panel.ts";
import { type Sight, seenAssessment, seenDocuments } from "../domain/panel/visibility.ts";
import { untrusted } from "../domain/untrusted.ts";
import type { Case } from "../store/applications.ts";
import { newestAssessment } from "../store/assessments.ts";
import { type AssignmentRow, findAssignment } from "../store/assignments.ts";
import { listDocuments } from "../store/documents.ts";
import type { Db } from "../store/store.ts";
import { newestSubmission } from "../store/submissions.ts";
import { requireCase } from "./cases.ts";
import { compare } from "./comparison.ts";
import { listCorrespondence } from "./correspondence.ts";
import { viewDecisions, viewHistory } from "./decisions.ts";
import { viewDocument } from "./documents.ts";
import { interviewsOf } from "./interview-view.ts";
import { viewCards, viewVotes } from "./panel-views.ts";
import { panelOf } from "./panels.ts";
import type { Begin, Caller, Session } from "./session.ts";
import { isBlind, shownFacts } from "./shown-facts.ts";

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
