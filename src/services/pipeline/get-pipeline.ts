import type { Catalog } from "../../catalog/load.ts";
import { ACTS } from "../../domain/access.ts";
import { weeksBetween } from "../../domain/days.ts";
import { waitsFor } from "../../domain/outreach/waiting.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { overGoalSince } from "../../domain/pipeline/application.ts";
import { MAX_WAITING_PER_STAGE, mostPressing } from "../../domain/pipeline/attention.ts";
import { stepFor } from "../../domain/pipeline/next-step.ts";
import { pendingTasks, type Task } from "../../domain/pipeline/tasks.ts";
import { isRunning } from "../../domain/roles/role.ts";
import type { AccessFilter } from "../../store/candidates/access-filter.ts";
import { waitingDrafts } from "../../store/outreach/messages.ts";
import { countStages, longestWaiting, type StageCount, type Waiting } from "../../store/pipeline/overdue.ts";
import { listRoles } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { accessFilter, loadRole } from "../load-application.ts";
import { loadPanels } from "../panel/load-panel.ts";
import type { Session } from "../session.ts";
import {
  attentionIn,
  clockOf,
  type Listed,
  toState,
  type WaitingByStage,
  waitingIn,
  withSteps,
} from "./needs-attention.ts";

/** What is shown of each stage where several roles are; a role on its own shows all that was looked at. */
const AT_A_GLANCE = 3;
/** A batch that a person can look through; each is read and confirmed on its own. */
const DRAFTS = 5;

export function createPipeline({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Every running role (or one role, whatever its state), stage by stage, with whoever has waited longest, and what
     * needs attention first.
     */
    async get(session: Session, input: { role?: string | undefined }) {
      const { workspaceId, now } = session;
      return session.read(async (db) => {
        const wanted = input.role === undefined ? undefined : await loadRole(db, session, input.role);
        const listed = (await listRoles(db, workspaceId)).filter(({ role }) =>
          wanted === undefined ? isRunning(role) : role.id === wanted.id,
        );
        const clocks = listed.flatMap(({ role }) =>
          role.stages.map(({ id, goal_days }) => ({
            roleId: role.id,
            stage: id,
            before: overGoalSince(goal_days, now),
          })),
        );
        const access = await accessFilter(db, session);
        const counts = await countStages(db, workspaceId, clocks, access);
        const waiting = byPlace(await longestWaiting(db, workspaceId, clocks, MAX_WAITING_PER_STAGE, access));
        const shown = listed.length === 1 ? MAX_WAITING_PER_STAGE : AT_A_GLANCE;
        const { listed: pressing, more } = mostPressing(
          await attentionIn(db, session, { listed, waiting, catalog }),
        );
        const asked = new Set(pressing.map(({ ref }) => ref));
        const seated = listed.flatMap(({ role }) =>
          role.stages.flatMap(({ id }) =>
            waitingIn(role, id, waiting)
              .filter((w, n) => n < shown || asked.has(w.ref))
              .map((w) => ({ id: w.id, role })),
          ),
        );
        const panels = await loadPanels(db, session, seated);
        const tasks = tasksOf(listed, { waiting, panels, now });
        const roles = listed.map((one) => viewRole(one, { counts, waiting, tasks, now, catalog, shown }));
        const needs_attention = await withSteps(db, session, pressing, {
          ...{ listed, waiting, catalog, panels, tasks },
        });
        const drafts = await draftsOf(db, session, listed, access);
        return { roles, needs_attention, more, ...drafts };
      });
    },
  };
}

/** Drafts that nobody has sent, one by one: who each is to, and the call by which it leaves. */
async function draftsOf(db: Db, session: Session, listed: readonly Listed[], access: AccessFilter) {
  if (listed.length === 0) return { drafts: [], more_drafts: false };
  const roleIds = listed.map(({ role }) => role.id);
  const found = await waitingDrafts(db, session.workspaceId, { roleIds, seen: access, limit: DRAFTS + 1 });
  const drafts = found.slice(0, DRAFTS).map(({ since, ...d }) => ({
    ...d,
    since: since.toISOString(),
    next: stepFor(session.member, { act: "send", message: d.message }, ACTS.send.rule),
  }));
  return { drafts, more_drafts: found.length > DRAFTS };
}

type Gathered = {
  readonly counts: readonly StageCount[];
  readonly waiting: WaitingByStage;
  readonly tasks: ReadonlyMap<string, readonly Task[]>;
  readonly now: Date;
  readonly catalog: Catalog;
  readonly shown: number;
};

function byPlace(waiting: readonly Waiting[]): WaitingByStage {
  const places = new Map<string, Waiting[]>();
  for (const w of waiting) {
    const known = places.get(`${w.roleId} ${w.stage}`);
    if (known) known.push(w);
    else places.set(`${w.roleId} ${w.stage}`, [w]);
  }
  return places;
}

type Panels = {
  readonly waiting: WaitingByStage;
  readonly panels: ReadonlyMap<string, PanelState>;
  readonly now: Date;
};

/** The tasks of every application whose panel was looked at, by reference. */
function tasksOf(listed: readonly Listed[], { waiting, panels, now }: Panels): Map<string, readonly Task[]> {
  return new Map(
    listed.flatMap(({ role, owner }) =>
      role.stages.flatMap(({ id }) =>
        waitingIn(role, id, waiting).flatMap((w) => {
          const panel = panels.get(w.id);
          if (!panel) return [];
          const { ref, assessed, hasSubmission, assignedAt, stage, stageEnteredAt } = w;
          const has = { assessed, hasSubmission, assigned: assignedAt !== null, owner, panel };
          const position = { stage, status: "active" as const, stageEnteredAt };
          return [[ref, pendingTasks({ ref, role, position, ...has }, now)] as const];
        }),
      ),
    ),
  );
}

function viewRole({ role }: Listed, { counts, waiting, tasks, now, catalog, shown }: Gathered) {
  const stages = role.stages.map((stage) => {
    const count = counts.find((c) => c.roleId === role.id && c.stage === stage.id);
    const applications = waitingIn(role, stage.id, waiting)
      .slice(0, shown)
      .map((w) => {
        const { out, ...state } = toState(stage, w, now);
        return { ...state, waits_for: waitsFor(out), tasks: tasks.get(w.ref) ?? [] };
      });
    const { id, name, goal_days } = stage;
    return { id, name, goal_days, count: count?.n ?? 0, over_goal: count?.over ?? 0, applications };
  });
  const { key, title, status } = role;
  const weeks_open = weeksBetween(role.openedAt, role.closedAt ?? now);
  return { key, title, status, weeks_open, clock: clockOf(role, catalog, now), stages };
}
