import type { Catalog } from "../../catalog/load.ts";
import { daysBetween, weeksBetween } from "../../domain/days.ts";
import { awaitedFromCandidate, waitsFor } from "../../domain/outreach/waiting.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { overGoalSince } from "../../domain/pipeline/application.ts";
import { type Attention, MAX_WAITING_PER_STAGE, mostPressing } from "../../domain/pipeline/attention.ts";
import { stepFor } from "../../domain/pipeline/next-step.ts";
import { interviewAhead } from "../../domain/pipeline/round-progress.ts";
import { sendStep } from "../../domain/pipeline/step.ts";
import { pendingTasks, type Task } from "../../domain/pipeline/tasks.ts";
import { isRunning } from "../../domain/roles/role.ts";
import { isoIn } from "../../domain/scheduling/wall-clock.ts";
import type { AccessFilter } from "../../store/candidates/access-filter.ts";
import { waitingDrafts } from "../../store/outreach/messages.ts";
import { countStages, longestWaiting, type StageCount } from "../../store/pipeline/overdue.ts";
import { listRoles } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { accessFilter, loadRole } from "../load-application.ts";
import { loadPanels } from "../panel/load-panel.ts";
import { ownTimezone } from "../scheduling/attendees.ts";
import type { Session } from "../session.ts";
import { firstAdmin } from "../team/manage-team.ts";
import { addSteps, attentionIn, searchClockOf } from "./needs-attention.ts";
import { loadNotTold } from "./not-told.ts";
import { type OwnedRole, placeInStages, type WaitingApplication } from "./waiting-applications.ts";

/** Applications shown per stage when several roles are listed. A single role shows all that were loaded. */
const MAX_SHOWN_PER_STAGE = 3;
/** A batch that a person can look through; each is read and confirmed on its own. */
const MAX_DRAFTS_SHOWN = 5;
const MAX_NOT_TOLD_SHOWN = 5;

export function createPipeline({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Every running role (or one role, whatever its state), stage by stage, with whoever has waited longest, and what
     * needs attention first.
     */
    async get(session: Session, input: { role?: string | undefined }) {
      const { workspaceId, now } = session;
      return session.read(async (db) => {
        const only = input.role === undefined ? undefined : await loadRole(db, session, input.role);
        const all = await listRoles(db, workspaceId);
        const owned = all.filter(({ role }) => (only === undefined ? isRunning(role) : role.id === only.id));
        const clocks = owned.flatMap(({ role }) =>
          role.stages.map((stage) => ({
            ...{ roleId: role.id, stage: stage.id, isFirst: stage.kind === "application" },
            before: overGoalSince(stage.goal_days, now),
          })),
        );
        const access = await accessFilter(db, session);
        const counts = await countStages(db, workspaceId, clocks, access);
        const longest = await longestWaiting(db, workspaceId, clocks, {
          ...{ perStage: MAX_WAITING_PER_STAGE, access, now },
        });
        const waiting = { roles: owned, applications: placeInStages(longest, owned), catalog };
        const attention = await attentionIn(db, session, waiting);
        const { listed, more } = mostPressing(attention);
        const unanswered = new Set(attention.filter(isUnanswered).map(({ ref }) => ref));
        const pressing = new Set(listed.map(({ ref }) => ref));
        const shownPerStage = owned.length === 1 ? MAX_WAITING_PER_STAGE : MAX_SHOWN_PER_STAGE;
        const shown = waiting.applications.filter(({ ahead }) => ahead < shownPerStage);
        const withTasks = waiting.applications.filter(
          (w) => w.ahead < shownPerStage || pressing.has(w.row.ref),
        );
        const panels = await loadPanels(
          db,
          session,
          withTasks.map(({ row, role }) => ({ id: row.id, role })),
        );
        const tasks = tasksOf(withTasks, panels, now);
        const { people, total, older } = await loadNotTold(db, session, {
          ...{ access, roleId: only?.id, catalog, roles: all.map(({ role }) => role) },
          limit: MAX_NOT_TOLD_SHOWN,
        });
        const zone = (await ownTimezone(db, session)) ?? "UTC";
        return {
          roles: owned.map(({ role }) => ({
            key: role.key,
            title: role.title,
            status: role.status,
            weeks_open: weeksBetween(role.openedAt, role.closedAt ?? now),
            clock: searchClockOf(role, catalog, now),
            stages: stagesOf(
              role,
              counts,
              shown.filter((w) => w.role.id === role.id),
              { tasks, panels, unanswered, now, zone },
            ),
          })),
          needs_attention: await addSteps(db, session, listed, { ...waiting, panels, tasks }),
          more,
          ...(await draftsOf(db, session, owned, access)),
          not_told: { people, total, older },
          ...(owned.length === 0 && { first_admin: await firstAdmin(db, session) }),
        };
      });
    },
  };
}

type StageContext = {
  readonly tasks: ReadonlyMap<string, readonly Task[]>;
  readonly panels: ReadonlyMap<string, PanelState>;
  /** References of those whose last message we have not answered in time: they wait for us, whatever they owe. */
  readonly unanswered: ReadonlySet<string>;
  readonly now: Date;
  /** The reader's time zone. */
  readonly zone: string;
};

const isUnanswered = (item: Attention): boolean =>
  "delays" in item && item.delays.some(({ kind }) => kind === "unanswered");

/** The stages of a role with how many stand in each, and those of them that are shown. */
function stagesOf(
  role: OwnedRole["role"],
  counts: readonly StageCount[],
  shown: readonly WaitingApplication[],
  { tasks, panels, unanswered, now, zone }: StageContext,
) {
  return role.stages.map((stage) => {
    const { id, name, goal_days } = stage;
    const count = counts.find((c) => c.roleId === role.id && c.stage === id);
    const applications = shown
      .filter((w) => w.stage.id === id)
      .map(({ row }) => ({
        ref: row.ref,
        name: row.name,
        days_in_stage: daysBetween(row.stageEnteredAt, now),
        waits_for: unanswered.has(row.ref) ? ("us" as const) : waitsFor(awaitedFromCandidate(stage, row)),
        ...nextInterview(panels.get(row.id), now, zone),
        tasks: tasks.get(row.ref) ?? [],
      }));
    return { id, name, goal_days, count: count?.n ?? 0, over_goal: count?.over ?? 0, applications };
  });
}

/** The next interview that is booked, if any. */
function nextInterview(panel: PanelState | undefined, now: Date, zone: string) {
  const ahead = panel && interviewAhead(panel.interviews, now);
  if (!ahead) return {};
  const { round, startsAt, interviewers } = ahead;
  return { next_interview: { round, start: isoIn(startsAt.getTime(), zone), interviewers } };
}

/** The tasks of every application whose panel was looked at, by reference. */
function tasksOf(
  applications: readonly WaitingApplication[],
  panels: ReadonlyMap<string, PanelState>,
  now: Date,
): Map<string, readonly Task[]> {
  return new Map(
    applications.flatMap(({ row, role, owner }) => {
      const panel = panels.get(row.id);
      if (!panel) return [];
      const { ref, assessed, hasSubmission, assigned, stage, stageEnteredAt, importedAt } = row;
      const position = { stage, status: "active" as const, stageEnteredAt, importedAt };
      const progress = { assessed, hasSubmission, assigned };
      return [[ref, pendingTasks({ ref, role, position, ...progress, owner, panel }, now)] as const];
    }),
  );
}

/** Drafts that nobody has sent, one by one: who each is to, and the step by which it leaves. */
async function draftsOf(db: Db, session: Session, owned: readonly OwnedRole[], access: AccessFilter) {
  if (owned.length === 0) return { drafts: [], more_drafts: false };
  const roleIds = owned.map(({ role }) => role.id);
  const limit = MAX_DRAFTS_SHOWN + 1;
  const waiting = await waitingDrafts(db, session.workspaceId, { roleIds, seen: access, limit });
  const recruitersSend = new Map(owned.map(({ role }) => [role.id, role.recruitersSend]));
  const drafts = waiting.slice(0, MAX_DRAFTS_SHOWN).map(({ since, roleId, ...draft }) => ({
    ...draft,
    since: since.toISOString(),
    next: stepFor(
      session.member,
      sendStep({ recruitersSend: recruitersSend.get(roleId) ?? false }, draft.message),
    ),
  }));
  return { drafts, more_drafts: waiting.length > MAX_DRAFTS_SHOWN };
}
