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
  countApplications,
  findApplications,
  type Lack,
  type StageClock,
} from "../store/find-applications.ts";
import { listRoles, type RoleRow } from "../store/roles.ts";
import { requireRole } from "./cases.ts";
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
        const wanted = input.role === undefined ? undefined : await requireRole(db, session, input.role);
        const inScope = known.filter(({ role }) => wanted === undefined || role.id === wanted.id);
        const roles = inScope.map(({ role }) => role);
        requireStage(input.stage, roles);
        const filter: ApplicationFilter = {
          text: input.query === undefined ? undefined : searchKey(input.query),
          roleId: wanted?.id,
          stage: input.stage,
          status: input.status,
          flag: input.flag,
          overGoal: input.over_goal ? roles.flatMap((role) => overGoal(role, now)) : undefined,
          lacking: input.owed_by === undefined ? undefined : owedBy(inScope, input.owed_by.toLowerCase()),
        };
        const [page, total] = [
          await findApplications(db, workspaceId, filter, { after, limit: limit + 1 }),
          await countApplications(db, workspaceId, filter),
        ];
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

type Found = Awaited<ReturnType<typeof findApplications>>[number];

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

/** What a member owes: the assessments and submission snapshots of the roles they opened. */
function owedBy(roles: readonly { role: RoleRow; owner: string }[], email: string): Lack[] {
  return roles
    .filter(({ owner }) => owner === email)
    .flatMap(({ role }) =>
      (["assessment", "submission"] as const).map((lacks) => ({
        roleId: role.id,
        stages: role.stages.filter((s) => s.gate.includes(lacks)).map((s) => s.id),
        lacks,
      })),
    )
    .filter((lack) => lack.stages.length > 0);
}
