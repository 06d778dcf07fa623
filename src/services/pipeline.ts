import type { Catalog } from "../catalog/load.ts";
import { daysBetween, overGoalSince, weeksBetween } from "../domain/application.ts";
import {
  type Attention,
  attentionTo,
  attentionToRole,
  inOrder,
  ORDER,
  searchClock,
  waitsFor,
} from "../domain/attention.ts";
import { owedFor } from "../domain/owed.ts";
import type { PanelState } from "../domain/panel/panel.ts";
import type { Stage } from "../domain/role-template.ts";
import { countStages, longestWaiting, type StageCount, type Waiting } from "../store/pipeline.ts";
import { listRoles, type RoleRow } from "../store/roles.ts";
import { requireRole, seenBy } from "./cases.ts";
import { panelsOf } from "./panels.ts";
import type { Begin, Caller } from "./session.ts";

/** What attention is looked for among, in each stage; a role on its own shows them all. */
const PER_STAGE = 10;
/** What is shown of each stage where several roles are. */
const AT_A_GLANCE = 3;

type Listed = { readonly role: RoleRow; readonly owner: string };

export function createPipeline({ begin, catalog }: { begin: Begin; catalog: Catalog }) {
  return {
    /**
     * Every running role (or one role, whatever its state), stage by stage, with whoever has waited longest, and what
     * needs attention first.
     */
    async get(caller: Caller, input: { role?: string | undefined }) {
      const session = await begin(caller);
      const { workspaceId, now } = session;
      return session.read(async (db) => {
        const wanted = input.role === undefined ? undefined : await requireRole(db, session, input.role);
        const listed = (await listRoles(db, workspaceId)).filter(({ role }) =>
          wanted === undefined ? role.status === "open" || role.status === "on_hold" : role.id === wanted.id,
        );
        const clocks = listed.flatMap(({ role }) =>
          role.stages.map(({ id, goal_days }) => ({
            roleId: role.id,
            stage: id,
            before: overGoalSince(goal_days, now),
          })),
        );
        const seen = await seenBy(db, session);
        const counts = await countStages(db, workspaceId, clocks, seen);
        const waiting = await longestWaiting(db, workspaceId, clocks, PER_STAGE, seen);
        const roleOf = new Map(listed.map(({ role }) => [role.id, role]));
        const seated = waiting.flatMap(({ id, roleId }) => {
          const role = roleOf.get(roleId);
          return role ? [{ id, role }] : [];
        });
        const panels = await panelsOf(db, session, seated);
        const attention: Attention[] = [];
        const shown = listed.length === 1 ? PER_STAGE : AT_A_GLANCE;
        const roles = listed.map((one) =>
          viewRole(one, { counts, waiting, panels, now, catalog, attention, shown }),
        );
        return { roles, needs_attention: inOrder(attention), order: ORDER };
      });
    },
  };
}

type Gathered = {
  readonly counts: readonly StageCount[];
  readonly waiting: readonly Waiting[];
  readonly panels: ReadonlyMap<string, PanelState>;
  readonly now: Date;
  readonly catalog: Catalog;
  /** What is found on the way. */
  readonly attention: Attention[];
  readonly shown: number;
};

function viewRole(
  { role, owner }: Listed,
  { counts, waiting, panels, now, catalog, attention, shown }: Gathered,
) {
  const weeks = weeksBetween(role.openedAt, role.closedAt ?? now);
  const clock = searchClock(weeks, catalog.get(role.template).time_to_fill);
  if (role.status === "open") attention.push(...attentionToRole(role, clock));
  const stages = role.stages.map((stage, position) => {
    const count = counts.find((c) => c.roleId === role.id && c.stage === stage.id);
    const applications = waiting
      .filter((w) => w.roleId === role.id && w.stage === stage.id)
      .map((w) => viewWaiting({ role, owner }, stage, w, panels.get(w.id), now));
    for (const application of applications) {
      const found = attentionTo(application, stage, (position + 1) / role.stages.length);
      if (found) attention.push(found);
    }
    const { id, name, goal_days } = stage;
    const [n, over_goal] = [count?.n ?? 0, count?.over ?? 0];
    return { id, name, goal_days, count: n, over_goal, applications: applications.slice(0, shown) };
  });
  const { key, title, status } = role;
  return { key, title, status, weeks_open: weeks, clock, stages };
}

function viewWaiting(
  { role, owner }: Listed,
  stage: Stage,
  w: Waiting,
  panel: PanelState | undefined,
  now: Date,
) {
  const { assessed, hasSubmission, stageEnteredAt } = w;
  const position = { stage: w.stage, status: "active" as const, stageEnteredAt };
  const { stages } = role;
  return {
    ref: w.ref,
    name: w.name,
    days_in_stage: daysBetween(stageEnteredAt, now),
    waits_for: waitsFor(stage, w),
    owed: panel ? owedFor({ stages, position, assessed, hasSubmission, owner, panel }, now) : [],
  };
}
