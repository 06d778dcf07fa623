import type { Catalog } from "../catalog/load.ts";
import { overGoalSince } from "../domain/application.ts";
import {
  type Attention,
  attentionTo,
  attentionToRole,
  attentionToSilence,
  inOrder,
  ORDER,
  PER_STAGE,
  searchClock,
  waitsFor,
} from "../domain/attention.ts";
import { daysBetween, weeksBetween } from "../domain/days.ts";
import { type Owed, owedFor } from "../domain/owed.ts";
import type { PanelState } from "../domain/panel/panel.ts";
import { isRunning } from "../domain/role.ts";
import type { Stage } from "../domain/role-template.ts";
import { waitingDrafts } from "../store/messages.ts";
import { countStages, longestWaiting, type StageCount, type Waiting } from "../store/pipeline.ts";
import { listRoles, type RoleRow } from "../store/roles.ts";
import type { Seen } from "../store/seen.ts";
import type { Db } from "../store/store.ts";
import { longestUnanswered } from "../store/waiting.ts";
import { requireRole, seenBy } from "./cases.ts";
import { panelsOf } from "./panels.ts";
import type { Begin, Caller, Session } from "./session.ts";

/** What is shown of each stage where several roles are; a role on its own shows all that was looked at. */
const AT_A_GLANCE = 3;
/** Those who have waited for an answer are told apart from those who have stood in a stage, and do not push them out. */
const UNANSWERED = 5;
/** A batch that a person can look through; each is read and confirmed on its own. */
const DRAFTS = 5;

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
          wanted === undefined ? isRunning(role) : role.id === wanted.id,
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
        const waiting = byPlace(await longestWaiting(db, workspaceId, clocks, PER_STAGE, seen));
        const shown = listed.length === 1 ? PER_STAGE : AT_A_GLANCE;
        const silent = await attentionToSilent(db, session, listed, waiting);
        const pressing = inOrder([
          ...silent,
          ...listed.flatMap((one) => attentionIn(one, waiting, catalog, now)),
        ]);
        const asked = new Set(pressing.map(({ ref }) => ref));
        const seated = listed.flatMap(({ role }) =>
          role.stages.flatMap(({ id }) =>
            standingIn(role, id, waiting)
              .filter((w, n) => n < shown || asked.has(w.ref))
              .map((w) => ({ id: w.id, role })),
          ),
        );
        const panels = await panelsOf(db, session, seated);
        const owed = new Map<string, Owed[]>();
        const roles = listed.map((one) =>
          viewRole(one, { counts, waiting, panels, now, catalog, owed, shown }),
        );
        const needs_attention = pressing.map((item) => {
          const [first] =
            item.kind === "over_goal" && item.next === "move_candidate" ? (owed.get(item.ref) ?? []) : [];
          return first ? { ...item, next: first.next } : item;
        });
        const order = `${ORDER}; people are looked for among the ${PER_STAGE} longest waiting in each stage`;
        const drafts = await draftsOf(db, workspaceId, listed, seen);
        return { roles, needs_attention, order, ...drafts };
      });
    },
  };
}

/** Drafts that nobody has sent, one by one: who each is to, and the id that send_message takes. */
async function draftsOf(db: Db, workspaceId: string, listed: readonly Listed[], seen: Seen) {
  if (listed.length === 0) return { drafts: [], more_drafts: false };
  const roleIds = listed.map(({ role }) => role.id);
  const found = await waitingDrafts(db, workspaceId, { roleIds, seen, limit: DRAFTS + 1 });
  const drafts = found.slice(0, DRAFTS).map(({ since, ...d }) => ({ ...d, since: since.toISOString() }));
  return { drafts, more_drafts: found.length > DRAFTS };
}

type Gathered = {
  readonly counts: readonly StageCount[];
  readonly waiting: Places;
  readonly panels: ReadonlyMap<string, PanelState>;
  readonly now: Date;
  readonly catalog: Catalog;
  /** What is owed for each application looked at, filled on the way. */
  readonly owed: Map<string, Owed[]>;
  readonly shown: number;
};

/** Who waits in each stage of each role, longest first. */
type Places = ReadonlyMap<string, readonly Waiting[]>;
const standingIn = (role: RoleRow, stage: string, places: Places) => places.get(`${role.id} ${stage}`) ?? [];

function byPlace(waiting: readonly Waiting[]): Places {
  const places = new Map<string, Waiting[]>();
  for (const w of waiting) {
    const known = places.get(`${w.roleId} ${w.stage}`);
    if (known) known.push(w);
    else places.set(`${w.roleId} ${w.stage}`, [w]);
  }
  return places;
}

const clockOf = (role: RoleRow, catalog: Catalog, now: Date) =>
  searchClock(weeksBetween(role.openedAt, role.closedAt ?? now), catalog.get(role.template).time_to_fill);

/** What a role and the people in it ask for, before it is known who owes what: that does not change the order. */
function attentionIn({ role }: Listed, waiting: Places, catalog: Catalog, now: Date): Attention[] {
  const own = role.status === "open" ? attentionToRole(role, clockOf(role, catalog, now)) : [];
  const theirs = role.stages.flatMap((stage, n) =>
    standingIn(role, stage.id, waiting).flatMap(
      (w) => attentionTo({ ...standing(stage, w, now), owed: [] }, stage, (n + 1) / role.stages.length) ?? [],
    ),
  );
  return [...own, ...theirs];
}

/** Candidates to whom we owe an answer for longer than their stage promises, the longest waiting. */
async function attentionToSilent(
  db: Db,
  { workspaceId, now }: Session,
  listed: readonly Listed[],
  waiting: Places,
): Promise<Attention[]> {
  const places = listed.flatMap(({ role }) =>
    role.stages.flatMap((stage, n) =>
      standingIn(role, stage.id, waiting).map(({ id, ref }) => ({
        ...{ id, ref, stage, closeness: (n + 1) / role.stages.length },
        before: overGoalSince(stage.goal_days, now),
      })),
    ),
  );
  const silent = await longestUnanswered(db, workspaceId, places, UNANSWERED);
  return silent.flatMap((words) => {
    const place = places.find(({ ref }) => ref === words.ref);
    return (place && attentionToSilence(words, place.stage, place.closeness, now)) ?? [];
  });
}

function viewRole({ role, owner }: Listed, { counts, waiting, panels, now, catalog, owed, shown }: Gathered) {
  const stages = role.stages.map((stage) => {
    const count = counts.find((c) => c.roleId === role.id && c.stage === stage.id);
    const applications = standingIn(role, stage.id, waiting).flatMap((w) => {
      const panel = panels.get(w.id);
      if (!panel) return [];
      const has = { assessed: w.assessed, hasSubmission: w.hasSubmission, owner, panel };
      const position = { stage: w.stage, status: "active" as const, stageEnteredAt: w.stageEnteredAt };
      const owes = owedFor({ role, position, ...has }, now);
      owed.set(w.ref, owes);
      return [{ ...standing(stage, w, now), owed: owes }];
    });
    const { id, name, goal_days } = stage;
    const [n, over_goal] = [count?.n ?? 0, count?.over ?? 0];
    return { id, name, goal_days, count: n, over_goal, applications: applications.slice(0, shown) };
  });
  const { key, title, status } = role;
  const weeks_open = weeksBetween(role.openedAt, role.closedAt ?? now);
  return { key, title, status, weeks_open, clock: clockOf(role, catalog, now), stages };
}

const standing = (stage: Stage, w: Waiting, now: Date) => ({
  ref: w.ref,
  name: w.name,
  days_in_stage: daysBetween(w.stageEnteredAt, now),
  waits_for: waitsFor(stage, w),
});
