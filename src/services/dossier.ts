import { daysBetween, isOverGoal, placeOf } from "../domain/application.ts";
import type { DossierPart } from "../domain/dossier.ts";
import { owedAt } from "../domain/pipeline.ts";
import { blindedLater } from "../domain/submission/blind.ts";
import type { SubmissionFacts } from "../domain/submission/facts.ts";
import { untrusted } from "../domain/untrusted.ts";
import type { Case } from "../store/applications.ts";
import { newestAssessment } from "../store/assessments.ts";
import { type AssignmentRow, findAssignment } from "../store/assignments.ts";
import { listDocuments } from "../store/documents.ts";
import { listMoves } from "../store/moves.ts";
import type { Db } from "../store/store.ts";
import { newestSubmission } from "../store/submissions.ts";
import { requireCase } from "./cases.ts";
import { compare } from "./comparison.ts";
import { listCorrespondence } from "./correspondence.ts";
import { viewDocument } from "./documents.ts";
import { interviewsOf } from "./interview-view.ts";
import type { Begin, Caller, Session } from "./session.ts";

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
      const session = await begin(caller, "read");
      return session.read(async (db) => {
        const found = await requireCase(db, session, input.application);
        const parts: Record<string, unknown> = {};
        for (const section of input.include ?? ["documents", "assessment"]) {
          parts[section] = await PARTS[section](db, session, found);
        }
        const { compare_with: others } = input;
        const side = others
          ? { comparison: await compare(db, session, [found.application.ref, ...others]) }
          : {};
        return { ...headOf(found, session.now), ...parts, ...side };
      });
    },

    /** Who decided what about an application, when, why, and what was on the table by then. */
    async decisions(caller: Caller, ref: string) {
      const session = await begin(caller, "read");
      return session.read(async (db) => {
        const found = await requireCase(db, session, ref);
        const decided = (await history(db, session, found)).filter(
          (m) => m.kind === "move" && DECISIONS.has(m.to),
        );
        const assessment = await newestAssessment(db, session.workspaceId, found.application.id);
        const submission = await newestSubmission(db, session.workspaceId, found.application.id);
        const table = {
          assessment: assessment
            ? { at: assessment.createdAt.toISOString(), points: assessment.result.points }
            : null,
          submission: submission
            ? { at: submission.createdAt.toISOString(), head_sha: submission.headSha }
            : null,
        };
        return {
          ref: found.application.ref,
          role: found.role.key,
          decisions: decided,
          on_the_table_now: table,
        };
      });
    },
  };
}

const DECISIONS = new Set(["offer", "hired", "rejected"]);

function headOf({ application: a, candidate, role, owner }: Case, now: Date) {
  const stage = role.stages.find((s) => s.id === a.stage);
  const progress = { assessed: a.presentFlags !== null, hasSubmission: a.hasSubmission };
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
    owed: owedAt(role.stages, a, progress).map((o) => ({ what: o.rule, by: [owner], next: o.next })),
  };
}

const PARTS: Record<DossierPart, (db: Db, session: Session, found: Case) => Promise<unknown>> = {
  async documents(db, { workspaceId }, { application }) {
    const stored = await listDocuments(db, workspaceId, application.id);
    return stored.map((d) => ({
      ...viewDocument(d),
      untrusted: untrusted(d.text, { source: `${d.kind} of ${application.ref}`, max: SHOWN_CHARS }),
    }));
  },
  async assessment(db, { workspaceId }, { application }) {
    const newest = await newestAssessment(db, workspaceId, application.id);
    return newest ? { at: newest.createdAt.toISOString(), ...newest.result } : null;
  },
  async submission(db, { workspaceId }, found) {
    const newest = await newestSubmission(db, workspaceId, found.application.id);
    const given = await findAssignment(db, workspaceId, found.application.id);
    if (!newest && !given) return null;
    const blind = isBlind(found);
    const names = [found.candidate.name, given?.githubUsername ?? ""];
    const facts = newest?.facts as SubmissionFacts | undefined;
    return {
      at: newest?.createdAt.toISOString() ?? null,
      ...(given ? { assignment: viewAssignment(given, blind) } : {}),
      ...(facts && blind ? blindedLater(facts, names) : facts),
    };
  },
  messages: listCorrespondence,
  history,
  interviews: (db, session, found) => interviewsOf(db, session, found, () => true),
  // The panel has no tools yet, so there is nothing on record: the lists are empty because they are.
  scorecards: async () => [],
  votes: async () => [],
};

const isBlind = ({ role, application }: Case): boolean =>
  role.stages.find((s) => s.id === application.stage)?.kind === "exercise";

/** What was given; in the blind round without what names the person. */
const viewAssignment = (row: AssignmentRow, blind: boolean) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});

async function history(db: Db, { workspaceId }: Session, { application }: Case) {
  const moves = await listMoves(db, workspaceId, application.id);
  return moves.map(({ move, by }) => ({
    kind: move.kind,
    from: placeOf({ stage: move.fromStage, status: move.fromStatus }),
    to: placeOf({ stage: move.toStage, status: move.toStatus }),
    at: move.movedAt.toISOString(),
    by,
    through: move.client,
    reason: move.reason,
    overridden: move.overridden,
  }));
}
