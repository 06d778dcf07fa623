import type { Catalog } from "../catalog/load.ts";
import { daysBetween, overGoalSince, weeksBetween } from "../domain/application.ts";
import { type Attention, inOrder } from "../domain/attention.ts";
import { owedFor } from "../domain/owed.ts";
import type { PanelState } from "../domain/panel/panel.ts";
import { candidateId } from "../store/candidates.ts";
import { countByStage, countOverGoal, longestWaiting, type Waiting } from "../store/pipeline.ts";
import { listRoles, type RoleRow } from "../store/roles.ts";
import type { Db } from "../store/store.ts";
import { requireRole } from "./cases.ts";
import { panelsOf } from "./panels.ts";
import type { Begin, Caller, Session } from "./session.ts";

const PER_STAGE = 10;

export function createPipeline({ begin, catalog }: { begin: Begin; catalog: Catalog }) {
  return {
    /** Every running role (or one role, whatever its state), stage by stage, with whoever has waited longest. */
    async get(caller: Caller, input: { role?: string | undefined }) {
      const session = await begin(caller, "read");
      return session.read(async (db) => {
        const wanted = input.role === undefined ? undefined : await requireRole(db, session, input.role);
        const listed = (await listRoles(db, session.workspaceId)).filter(({ role }) =>
          wanted === undefined ? role.status === "open" || role.status === "on_hold" : role.id === wanted.id,
        );
        const own = await candidateId(db, session.workspaceId, session.member.email);
        const counts = await countByStage(db, session.workspaceId, own);
        const attention: Attention[] = [];
        const roles = [];
        for (const { role, owner } of listed) {
          const stages = await viewStages(db, session, { role, owner, counts, own }, attention);
          const weeksOpen = weeksBetween(role.openedAt, role.closedAt ?? session.now);
          attention.push(...roleAttention(role, weeksOpen, catalog));
          roles.push({
            key: role.key,
            title: role.title,
            status: role.status,
            weeks_open: weeksOpen,
            stages,
          });
        }
        return { roles, needs_attention: inOrder(attention) };
      });
    },
  };
}

type Counts = Awaited<ReturnType<typeof countByStage>>;

async function viewStages(
  db: Db,
  session: Session,
  { role, owner, counts, own }: { role: RoleRow; owner: string; counts: Counts; own: string | undefined },
  attention: Attention[],
) {
  const waiting = await longestWaiting(
    db,
    session.workspaceId,
    role.id,
    role.stages.map((s) => s.id),
    PER_STAGE,
    own,
  );
  const panels = await panelsOf(
    db,
    session,
    waiting.map(({ id }) => ({ id, role })),
  );
  const stages = [];
  for (const [position, stage] of role.stages.entries()) {
    const count = Number(counts.find((c) => c.roleId === role.id && c.stage === stage.id)?.n ?? 0);
    const before = overGoalSince(stage.goal_days, session.now);
    const over =
      count === 0 ? 0 : await countOverGoal(db, session.workspaceId, role.id, stage.id, before, own);
    const here = waiting
      .filter((w) => w.stage === stage.id)
      .map((w) => viewWaiting(role, owner, w, panels.get(w.id), session.now));
    for (const application of here) {
      if (application.days_in_stage <= stage.goal_days) continue; // to a tenth of a day, as shown
      attention.push({
        kind: "over_goal",
        severity: "warning",
        ref: application.ref,
        days_over: Math.round((application.days_in_stage - stage.goal_days) * 10) / 10,
        closeness: (position + 1) / role.stages.length,
        what: `${application.ref} ${application.name} has been in ${stage.name} for ${application.days_in_stage} days; the goal is ${stage.goal_days}.`,
        next: application.owed[0]?.next ?? "move_candidate",
      });
    }
    stages.push({
      id: stage.id,
      name: stage.name,
      goal_days: stage.goal_days,
      count,
      over_goal: over,
      applications: here,
    });
  }
  return stages;
}

function viewWaiting(role: RoleRow, owner: string, w: Waiting, panel: PanelState | undefined, now: Date) {
  const { stage, stageEnteredAt, assessed, hasSubmission } = w;
  const position = { stage, status: "active" as const, stageEnteredAt };
  const { stages } = role;
  const owed = panel ? owedFor({ stages, position, assessed, hasSubmission, owner, panel }, now) : [];
  return {
    ref: w.ref,
    name: w.name,
    days_in_stage: daysBetween(w.stageEnteredAt, now),
    owed,
  };
}

function roleAttention(role: RoleRow, weeksOpen: number, catalog: Catalog): Attention[] {
  const about = { ref: role.key, days_over: 0, closeness: 0 };
  const found: Attention[] = [];
  if (role.outcomes.length === 0) {
    found.push({
      ...about,
      kind: "no_outcomes",
      severity: "error",
      what: `${role.key} has no outcomes: nobody can tell what good looks like.`,
      next: "update_role",
    });
  }
  const clean = catalog.get(role.template).time_to_fill?.clean;
  if (clean && weeksOpen > clean.high_weeks) {
    const late = Math.round((weeksOpen - clean.high_weeks) * 70) / 10;
    const what = `${role.key} has been open for ${weeksOpen} weeks; a clean search closes in ${clean.low_weeks} to ${clean.high_weeks}.`;
    found.push({
      ...about,
      kind: "search_late",
      severity: "warning",
      days_over: late,
      what,
      next: "get_pipeline",
    });
  }
  return found;
}
