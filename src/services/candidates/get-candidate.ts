import type { DossierPart } from "../../domain/candidates/record-parts.ts";
import { daysBetween } from "../../domain/days.ts";
import { panelCounts } from "../../domain/panel/panel.ts";
import { isOverGoal } from "../../domain/pipeline/application.ts";
import { pendingTasks } from "../../domain/pipeline/tasks.ts";
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
        const forReader = await loadForReader(db, session, record);
        const wanted = input.include ?? ["documents", "assessment"];
        const parts: Parts = {};
        for (const part of wanted)
          Object.assign(parts, { [part]: await PARTS[part](db, session, record, forReader) });
        if (wanted.includes("history")) parts.decisions = await viewDecisions(forReader);
        const { compare_with: others } = input;
        const side = others
          ? { comparison: await compare(db, session, [record.application.ref, ...others]) }
          : {};
        const given = await findAssignment(db, session.workspaceId, record.application.id);
        return { ...headOf(record, given, forReader, session.now), ...parts, ...side };
      });
    },

    /** Who decided what about an application, when, why, and what was on the table by then. */
    async decisions(session: Session, ref: string) {
      return session.read(async (db) => {
        const record = await loadApplication(db, session, ref);
        const decisions = await viewDecisions(await loadForReader(db, session, record));
        return { ref: record.application.ref, role: record.role.key, decisions };
      });
    },
  };
}

function headOf(
  { application: a, candidate, role, owner }: ApplicationRecord,
  given: AssignmentRow | undefined,
  { panel, votesHidden }: ForReader,
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
      ...(votesHidden && { hidden: votesHidden }),
    },
  };
}

type Part = (db: Db, session: Session, record: ApplicationRecord, forReader: ForReader) => Promise<unknown>;

const PARTS = {
  async documents(_db, _session, { application }, forReader) {
    return (await forReader.documents()).map((d) => ({
      ...viewDocument(d),
      untrusted: untrusted(d.text, {
        source: `${d.kind} of ${application.ref}`,
        max: MAX_DOCUMENT_CHARS_SHOWN,
        markup: false,
      }),
    }));
  },
  async assessment(_db, _session, _record, forReader) {
    const newest = await forReader.assessment();
    return newest ? { at: newest.createdAt.toISOString(), ...newest.result } : null;
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
  history: (_db, _session, _record, forReader) => viewHistory(forReader),
  scorecards: (_db, _session, _record, forReader) => viewScorecards(forReader),
  votes: (_db, _session, _record, forReader) => viewVotes(forReader),
  interviews: interviewsOf,
} satisfies Record<DossierPart, Part>;

type Parts = { [K in DossierPart]?: Awaited<ReturnType<(typeof PARTS)[K]>> } & {
  decisions?: Awaited<ReturnType<typeof viewDecisions>>;
};

/** What was given; in the blind round without what names the person. */
const viewAssignment = (row: AssignmentRow, blind: boolean) => ({
  exercise: row.exercise,
  status: row.status,
  due: row.dueAt.toISOString(),
  start_sha: row.startSha,
  ...(blind ? {} : { repository: row.url, github_username: row.githubUsername }),
});
