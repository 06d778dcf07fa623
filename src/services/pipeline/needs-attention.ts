import type { Catalog } from "../../catalog/load.ts";
import { daysBetween, weeksBetween } from "../../domain/days.ts";
import { purposesAt } from "../../domain/outreach/purpose.ts";
import { awaitedFromCandidate } from "../../domain/outreach/waiting.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { visibilityFor } from "../../domain/panel/visibility.ts";
import { overGoalSince } from "../../domain/pipeline/application.ts";
import { type Attention, attentionTo } from "../../domain/pipeline/attention.ts";
import { applicationCall, roleCall, type Unsent } from "../../domain/pipeline/next-step.ts";
import { attentionToRole, searchClock } from "../../domain/pipeline/role-attention.ts";
import type { Task } from "../../domain/pipeline/tasks.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { unsentMessages } from "../../store/outreach/messages.ts";
import { longestUnanswered } from "../../store/outreach/unanswered.ts";
import type { Waiting } from "../../store/pipeline/overdue.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { canReadMessage } from "../outreach/load-message.ts";
import type { Session } from "../session.ts";

export type Listed = { readonly role: RoleRow; readonly owner: string };

/** Who waits in each stage of each role, longest first. */
export type WaitingByStage = ReadonlyMap<string, readonly Waiting[]>;

export const waitingIn = (role: RoleRow, stage: string, places: WaitingByStage): readonly Waiting[] =>
  places.get(`${role.id} ${stage}`) ?? [];

export const clockOf = (role: RoleRow, catalog: Catalog, now: Date) =>
  searchClock(weeksBetween(role.openedAt, role.closedAt ?? now), catalog.get(role.template).time_to_fill);

/** How one application stands: since when, and what is out with the candidate. */
export const toState = (stage: Stage, w: Waiting, now: Date) => ({
  ref: w.ref,
  name: w.name,
  days_in_stage: daysBetween(w.stageEnteredAt, now),
  out: awaitedFromCandidate(stage, w),
});

type Looked = {
  readonly listed: readonly Listed[];
  readonly waiting: WaitingByStage;
  readonly catalog: Catalog;
};

/** What the roles and the people in them ask for. Who owes what does not change the order, so it is not looked at yet. */
export async function attentionIn(
  db: Db,
  { workspaceId, now }: Session,
  { listed, waiting, catalog }: Looked,
): Promise<Attention[]> {
  const places = listed.flatMap(({ role }) =>
    role.stages.flatMap((stage, n) => {
      const closeness = (n + 1) / role.stages.length;
      const before = overGoalSince(stage.goal_days, now);
      return waitingIn(role, stage.id, waiting).map((w) => {
        return { id: w.id, w, stage, closeness, before, out: awaitedFromCandidate(stage, w) };
      });
    }),
  );
  const words = await longestUnanswered(db, workspaceId, places);
  const found = listed.flatMap(({ role }) =>
    role.status === "open" ? attentionToRole(role, clockOf(role, catalog, now)) : [],
  );
  for (const { w, stage, closeness, out } of places) {
    const days_in_stage = daysBetween(w.stageEnteredAt, now);
    const application = { ref: w.ref, name: w.name, days_in_stage, out, words: words.get(w.id) };
    const asks = attentionTo(application, stage, closeness, now);
    if (asks) found.push(asks);
  }
  return found;
}

type Known = Looked & {
  readonly panels: ReadonlyMap<string, PanelState>;
  readonly owed: ReadonlyMap<string, readonly Task[]>;
};

/** Each item with the call that this member is told: a draft that is there is sent and not written again. */
export async function withCalls(db: Db, session: Session, items: readonly Attention[], known: Known) {
  const { listed, waiting, catalog, panels, owed } = known;
  const { member, workspaceId } = session;
  const asked = new Set(items.map(({ ref }) => ref));
  const people = new Map(
    listed.flatMap(({ role }) =>
      role.stages.flatMap(({ id }) =>
        waitingIn(role, id, waiting)
          .filter(({ ref }) => asked.has(ref))
          .map((w) => [w.ref, { w, role }] as const),
      ),
    ),
  );
  const written = await unsentMessages(
    db,
    workspaceId,
    [...people.values()].map(({ w }) => w.id),
  );
  const unsentTo = (w: Waiting, { stages }: RoleRow): Unsent[] => {
    const panel = panels.get(w.id);
    const visibility = panel && visibilityFor(stages, { stage: w.stage, status: "active" }, panel, member);
    return written
      .filter(({ applicationId }) => applicationId === w.id)
      .map((m) => ({
        ...{ id: m.id, purpose: m.purpose },
        sendable: m.status === "draft" && visibility !== undefined && canReadMessage(m, visibility),
      }));
  };
  const callTo = ({ step, ref }: Attention): string => {
    if (typeof step === "object" && "call" in step) return roleCall(member, step, ref);
    const found = people.get(ref);
    if (!found) throw new Error("attention to an application that nobody looked at");
    const { w, role } = found;
    const { stages, status: roleStatus, template } = role;
    const at = { ref, stages, stage: w.stage, hasSubmission: w.hasSubmission };
    const assigned = w.assignedAt !== null;
    const standing = { ...at, status: "active" as const, roleStatus, hasExercise: assigned };
    const purposes = purposesAt(standing, catalog.get(template).messages);
    const unsent = unsentTo(w, role);
    return applicationCall(member, step, ref, {
      ...at,
      assigned,
      owed: owed.get(ref) ?? [],
      purposes,
      unsent,
    });
  };
  return items.map(({ step, ...item }) => ({ ...item, next: callTo({ step, ...item }) }));
}
