import type { Catalog } from "../../catalog/load.ts";
import { EVERYONE, READ, RUN } from "../../domain/access.ts";
import { daysBetween, weeksBetween } from "../../domain/days.ts";
import { purposesAt } from "../../domain/outreach/purpose.ts";
import { awaitedFromCandidate } from "../../domain/outreach/waiting.ts";
import type { PanelState } from "../../domain/panel/panel.ts";
import { overGoalSince } from "../../domain/pipeline/application.ts";
import { type Attention, attentionTo } from "../../domain/pipeline/attention.ts";
import { applicationStep, type NextStep, stepFor, type Unsent } from "../../domain/pipeline/next-step.ts";
import { attentionToRole, searchClock } from "../../domain/pipeline/role-attention.ts";
import type { Task } from "../../domain/pipeline/tasks.ts";
import type { Stage } from "../../domain/roles/role-template.ts";
import { longestUnanswered } from "../../store/outreach/unanswered.ts";
import type { Waiting } from "../../store/pipeline/overdue.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { loadUnsentForReader } from "../panel/load-for-reader.ts";
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
  const found: Attention[] = listed.flatMap(({ role }) =>
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
  readonly tasks: ReadonlyMap<string, readonly Task[]>;
};

/** Something that waits, with the step that this reader is told. */
export type AttentionWithStep = Attention & { readonly next: NextStep };

/** Each item with the step that this member is told: a draft that is there is sent and not written again. */
export async function withSteps(
  db: Db,
  session: Session,
  items: readonly Attention[],
  known: Known,
): Promise<AttentionWithStep[]> {
  const { listed, waiting, catalog, panels, tasks } = known;
  const { member } = session;
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
  const written = await loadUnsentForReader(
    db,
    session,
    [...people.values()].map(({ w, role }) => ({
      ...{ id: w.id, stage: w.stage, status: "active" as const },
      ...{ stages: role.stages, panel: panels.get(w.id) },
    })),
  );
  const unsentTo = (w: Waiting): Unsent[] =>
    written
      .filter(({ applicationId }) => applicationId === w.id)
      .map(({ id, purpose, status, readable }) => ({
        id,
        purpose,
        sendable: status === "draft" && readable,
      }));
  return items.map((item): AttentionWithStep => {
    if (!("name" in item)) return { ...item, next: stepFor(member, item.step, ruleOf(item.step)) };
    const person = people.get(item.ref);
    if (!person) throw new Error("attention to an application that nobody looked at");
    const { w, role } = person;
    const { stages, status: roleStatus, template } = role;
    const at = { ref: item.ref, stages, stage: w.stage, hasSubmission: w.hasSubmission };
    const assigned = w.assignedAt !== null;
    const state = { ...at, status: "active" as const, roleStatus, hasExercise: assigned };
    const record = {
      ...{ ...at, assigned, tasks: tasks.get(item.ref) ?? [], unsent: unsentTo(w) },
      purposes: purposesAt(state, catalog.get(template).messages),
    };
    return { ...item, next: applicationStep(member, item.step, item.ref, record) };
  });
}

/** Who may take a step about a role. */
const ruleOf = ({ act }: { readonly act: string }) =>
  act === "change_role" ? RUN : act === "check_scope" ? EVERYONE : READ;
