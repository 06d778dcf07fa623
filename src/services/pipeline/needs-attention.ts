import type { Catalog } from "../../catalog/load.ts";
import { daysBetween, weeksBetween } from "../../domain/days.ts";
import { purposesAt } from "../../domain/outreach/purpose.ts";
import { awaitedFromCandidate } from "../../domain/outreach/waiting.ts";
import { type PanelState, panelProgress } from "../../domain/panel/panel.ts";
import { overGoalSince } from "../../domain/pipeline/application.ts";
import { type Attention, attentionTo } from "../../domain/pipeline/attention.ts";
import { unmetGates } from "../../domain/pipeline/gates-and-moves.ts";
import { applicationStep, stepFor, type Unsent } from "../../domain/pipeline/next-step.ts";
import { attentionToRole } from "../../domain/pipeline/role-attention.ts";
import { type SearchClock, searchClock } from "../../domain/pipeline/search-clock.ts";
import type { NextStep } from "../../domain/pipeline/step.ts";
import type { Task } from "../../domain/pipeline/tasks.ts";
import { longestUnanswered } from "../../store/outreach/unanswered.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { loadUnsentForReader } from "../panel/load-for-reader.ts";
import type { Session } from "../session.ts";
import type { OwnedRole, WaitingApplication } from "./waiting-applications.ts";

/** How long a role has been open, beside how long such searches take. */
export const searchClockOf = (role: RoleRow, catalog: Catalog, now: Date): SearchClock | null =>
  searchClock(
    weeksBetween(role.openedAt, role.closedAt ?? now),
    catalog.ifUsable(role.template)?.time_to_fill,
  );

/** The roles in question with those who wait in them. */
type PipelineState = {
  readonly roles: readonly OwnedRole[];
  readonly applications: readonly WaitingApplication[];
  readonly catalog: Catalog;
};

/** Everything in these roles that needs attention. Tasks do not affect the ranking, so they are loaded later. */
export async function attentionIn(
  db: Db,
  { workspaceId, now }: Session,
  { roles, applications, catalog }: PipelineState,
): Promise<Attention[]> {
  const words = await longestUnanswered(
    db,
    workspaceId,
    applications.map(({ row, stage }) => ({
      id: row.id,
      before: overGoalSince(stage.goal_days, now),
      out: awaitedFromCandidate(stage, row),
    })),
  );
  const toRoles = roles.flatMap(({ role }) =>
    role.status === "open" ? attentionToRole(role, searchClockOf(role, catalog, now)) : [],
  );
  const toApplications = applications.flatMap(({ row, role, stage }) => {
    const closeness = (role.stages.indexOf(stage) + 1) / role.stages.length;
    const state = {
      ref: row.ref,
      name: row.name,
      days_in_stage: daysBetween(row.stageEnteredAt, now),
      out: awaitedFromCandidate(stage, row),
      words: words.get(row.id),
    };
    return attentionTo(state, stage, closeness, now) ?? [];
  });
  return [...toRoles, ...toApplications];
}

type StateWithTasks = PipelineState & {
  readonly panels: ReadonlyMap<string, PanelState>;
  readonly tasks: ReadonlyMap<string, readonly Task[]>;
};

/** Something that waits, with the step that this reader is told. */
type AttentionWithStep = Attention & { readonly next: NextStep };

/** Adds each item's next step for this member. Where a draft exists, the step is to send it, not to write another. */
export async function addSteps(
  db: Db,
  session: Session,
  items: readonly Attention[],
  { applications, catalog, panels, tasks }: StateWithTasks,
): Promise<AttentionWithStep[]> {
  const { member } = session;
  const refs = new Set(items.map(({ ref }) => ref));
  const listed = new Map(
    applications.filter(({ row }) => refs.has(row.ref)).map((waiting) => [waiting.row.ref, waiting]),
  );
  const messages = await loadUnsentForReader(
    db,
    session,
    [...listed.values()].map(({ row, role }) => ({
      ...{ id: row.id, stage: row.stage, status: "active" as const },
      ...{ role, panel: panels.get(row.id) },
    })),
  );
  const unsentTo = ({ row }: WaitingApplication): Unsent[] =>
    messages
      .filter(({ applicationId }) => applicationId === row.id)
      .map(({ id, purpose, status, readable }) => ({
        id,
        purpose,
        sendable: status === "draft" && readable,
      }));
  return items.map((item): AttentionWithStep => {
    if (!("name" in item)) return { ...item, next: stepFor(member, item.step) };
    const waiting = listed.get(item.ref);
    if (!waiting) throw new Error("attention to an application that nobody looked at");
    const { ref, stage, assessed, hasSubmission, assigned } = waiting.row;
    const { stages, status: roleStatus, recruitersSend } = waiting.role;
    const position = {
      ref,
      stages,
      stage,
      status: "active",
      hasSubmission,
      hasExercise: assigned !== null,
    } as const;
    // Without its template nothing can be written to them: the step is to look, and the template's fault is told there.
    const isUsable = catalog.ifUsable(waiting.role.template) !== undefined;
    const templates = isUsable ? catalog.forRole(waiting.role).messages : [];
    const panel = panels.get(waiting.row.id);
    const progress = panel && { assessed, hasSubmission, panel: panelProgress(panel, stage) };
    const record = {
      ...{ stages, stage, assigned, hasSubmission, recruitersSend },
      gatesMet: progress !== undefined && unmetGates(stages, position, progress).length === 0,
      tasks: tasks.get(ref) ?? [],
      purposes: purposesAt({ ...position, roleStatus }, templates),
      unsent: unsentTo(waiting),
    };
    return { ...item, next: applicationStep(member, item.step, ref, record) };
  });
}
