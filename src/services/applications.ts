import {
  type ApplicationStatus,
  daysBetween,
  isOverGoal,
  overGoalSince,
  searchKey,
} from "../domain/application.ts";
import { decodeCursor, encodeCursor } from "../domain/cursor.ts";
import { notAllowed } from "../domain/errors.ts";
import { owedAt } from "../domain/pipeline.ts";
import {
  type ApplicationFilter,
  findApplications,
  type Lack,
  type StageClock,
} from "../store/find-applications.ts";
import { listRoles, type RoleRow } from "../store/roles.ts";
import { unknownRole } from "./cases.ts";
import type { Begin, Caller } from "./session.ts";

export type FindCandidates = {
  readonly query?: string | undefined;
  readonly role?: string | undefined;
  readonly stage?: string | undefined;
  readonly status?: ApplicationStatus | undefined;
  readonly flag?: string | undefined;
  readonly over_goal?: boolean | undefined;
  readonly owed_by?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

const DEFAULT_LIMIT = 20;

export function createApplications({ begin }: { begin: Begin }) {
  return {
    /** One page of applications, newest first, with the number of all that match. */
    async find(caller: Caller, input: FindCandidates) {
      const session = await begin(caller, "read");
      const { workspaceId, now } = session;
      const limit = input.limit ?? DEFAULT_LIMIT;
      const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor);
      return session.read(async (db) => {
        const known = await listRoles(db, workspaceId);
        const inScope = input.role === undefined ? known : [roleNamed(known, input.role)];
        const roles = inScope.map(({ role }) => role);
        requireStage(input.stage, roles);
        const filter: ApplicationFilter = {
          ...lookedFor(input.query),
          roleId: input.role === undefined ? undefined : roles[0]?.id,
          stage: input.stage,
          status: input.status,
          flag: input.flag,
          overGoal: input.over_goal ? roles.flatMap((role) => overGoal(role, now)) : undefined,
          lacking: input.owed_by === undefined ? undefined : owedBy(inScope, input.owed_by.toLowerCase()),
        };
        const { found: page, total } = await findApplications(db, workspaceId, filter, {
          after,
          limit: limit + 1,
        });
        const shown = page.slice(0, limit);
        const last = shown.at(-1);
        const byId = new Map(known.map((entry) => [entry.role.id, entry]));
        const applications = shown.map((row) => {
          const entry = byId.get(row.roleId);
          return viewFound(row, entry?.role.stages ?? [], entry?.owner ?? "", now);
        });
        return {
          applications,
          total,
          next_cursor: page.length > limit && last ? encodeCursor(last.id) : null,
        };
      });
    },
  };
}

type Found = Awaited<ReturnType<typeof findApplications>>["found"][number];
type Listed = { readonly role: RoleRow; readonly owner: string };

function viewFound(row: Found, stages: RoleRow["stages"], owner: string, now: Date) {
  const goal = stages.find((stage) => stage.id === row.stage)?.goal_days;
  const progress = { assessed: row.presentFlags !== null, hasSubmission: row.hasSubmission };
  return {
    ref: row.ref,
    name: row.name,
    role: row.role,
    stage: row.stage,
    status: row.status,
    days_in_stage: daysBetween(row.stageEnteredAt, now),
    over_goal: row.status === "active" && goal !== undefined && isOverGoal(row.stageEnteredAt, goal, now),
    applied_at: row.appliedAt.toISOString(),
    source: row.source,
    flags: row.presentFlags,
    owed: owedAt(stages, row, progress).map((o) => ({ what: o.rule, by: [owner] })),
  };
}

function requireStage(stage: string | undefined, roles: readonly RoleRow[]): void {
  if (stage === undefined) return;
  const known = [...new Set(roles.flatMap((role) => role.stages.map((s) => s.id)))];
  if (!known.includes(stage)) throw notAllowed("stage", stage, known);
}

const overGoal = (role: RoleRow, now: Date): StageClock[] =>
  role.stages.map((s) => ({ roleId: role.id, stage: s.id, before: overGoalSince(s.goal_days, now) }));

const REFERENCE = /^[A-Z][A-Z0-9]*-\d+$/i;

/** What looks like a reference is one; anything else is looked for in names and e-mails. */
function lookedFor(query: string | undefined): Pick<ApplicationFilter, "ref" | "text"> {
  const typed = query?.trim();
  if (!typed) return {};
  return REFERENCE.test(typed) ? { ref: typed.toUpperCase() } : { text: searchKey(typed) };
}

/** What a member owes: the assessments and submission snapshots of the roles they opened. */
function owedBy(roles: readonly Listed[], email: string): Lack[] {
  const theirs = roles.filter(({ owner }) => owner === email);
  return theirs.flatMap(({ role }) =>
    role.stages.flatMap(({ id: stage, gate }) =>
      (["assessment", "submission"] as const)
        .filter((lacks) => gate.includes(lacks))
        .map((lacks) => ({ roleId: role.id, stage, lacks })),
    ),
  );
}

function roleNamed(known: readonly Listed[], key: string): Listed {
  const found = known.find(({ role }) => role.key === key.trim().toUpperCase());
  if (!found) throw unknownRole(key);
  return found;
}
