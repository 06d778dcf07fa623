import type { Catalog } from "../../catalog/load.ts";
import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { daysBetween } from "../../domain/days.ts";
import { notAllowed } from "../../domain/errors.ts";
import type { Stale } from "../../domain/evaluation/stale.ts";
import type { Member } from "../../domain/member.ts";
import { isRound, type PanelState, plannedSeats } from "../../domain/panel/panel.ts";
import { type ApplicationStatus, isOverGoal, overGoalSince } from "../../domain/pipeline/application.ts";
import { pendingTasks, progressOf } from "../../domain/pipeline/tasks.ts";
import { isRunning } from "../../domain/roles/role.ts";
import { parseQuery } from "../../domain/search/query.ts";
import {
  type ApplicationFilter,
  findApplications,
  type StageClock,
} from "../../store/candidates/find-applications.ts";
import type { Search } from "../../store/candidates/search-conditions.ts";
import { newestMarks } from "../../store/evaluation/assessments.ts";
import type { PanelDebts } from "../../store/panel/owed-cards-and-votes.ts";
import { listRoles, type RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { findMember } from "../../store/team/workspaces.ts";
import { staleNow } from "../evaluation/compiled-rubric.ts";
import { accessFilter, unknownRole } from "../load-application.ts";
import { loadPanels } from "../panel/load-panel.ts";
import { lacksOf } from "../pipeline/pending-work.ts";
import type { Session } from "../session.ts";
import { isBlindStage } from "../submissions/redact-submission.ts";
import { emailNamed } from "../team/named-member.ts";
import { matchedPassages, type Passage } from "./matched-passages.ts";

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

const DEFAULT_APPLICATIONS_A_PAGE = 20;

export function createApplications({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** One page of applications, newest first, with the total number that match. */
    async find(session: Session, input: FindCandidates) {
      const { workspaceId, now } = session;
      const limit = input.limit ?? DEFAULT_APPLICATIONS_A_PAGE;
      const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor);
      return session.read(async (db) => {
        const all = await listRoles(db, workspaceId);
        const inScope = input.role === undefined ? all : [roleNamed(all, input.role)];
        const roles = inScope.map(({ role }) => role);
        requireStage(input.stage, roles);
        const search = searchOf(input.query, all);
        const filter: ApplicationFilter = {
          search,
          roleId: input.role === undefined ? undefined : roles[0]?.id,
          stage: input.stage,
          status: input.status,
          flag: input.flag,
          overGoal: input.over_goal ? roles.flatMap((role) => overGoal(role, now)) : undefined,
          owed: input.owed_by === undefined ? undefined : await owedBy(db, session, inScope, input.owed_by),
          seen: await accessFilter(db, session),
        };
        const { page, total, isMore } = await findApplications(db, workspaceId, filter, {
          after,
          limit: limit + 1,
        });
        const shown = page.slice(0, limit);
        const last = shown.at(-1);
        const byId = new Map(all.map((listed) => [listed.role.id, listed]));
        const withRoles = shown.map((row) => {
          const listed = byId.get(row.roleId);
          if (!listed) throw new Error("an application without a role");
          return { row, listed };
        });
        const panels = await loadPanels(
          db,
          session,
          withRoles.map(({ row, listed }) => ({ id: row.id, role: listed.role })),
        );
        const passages = search
          ? await matchedPassages(db, session, search, shown)
          : new Map<string, Passage>();
        const assessed = shown.filter(({ presentFlags }) => presentFlags !== null).map(({ id }) => id);
        const marks = assessed.length === 0 ? [] : await newestMarks(db, workspaceId, assessed);
        const markOf = new Map(marks.map((mark) => [mark.applicationId, mark]));
        const applications = withRoles.map(({ row, listed }) => ({
          ...viewRow(row, listed, panels.get(row.id), now),
          ...staleMark(catalog, listed.role, markOf.get(row.id)),
          passage: passages.get(row.id),
        }));
        return {
          applications,
          total,
          total_is_at_least: isMore,
          next_cursor: page.length > limit && last ? encodeCursor(last.id) : null,
        };
      });
    },
  };
}

type Row = Awaited<ReturnType<typeof findApplications>>["page"][number];
type Listed = { readonly role: RoleRow; readonly owner: string };

/** An application in a list, with its tasks. */
function viewRow(row: Row, { role, owner }: Listed, panel: PanelState | undefined, now: Date) {
  const goal = role.stages.find((stage) => stage.id === row.stage)?.goal_days;
  const { ref } = row;
  const tasks = panel
    ? pendingTasks({ ref, role, position: row, ...progressOf(row), owner: row.owner ?? owner, panel }, now)
    : [];
  return {
    ref,
    name: row.name,
    role: row.role,
    stage: row.stage,
    status: row.status,
    days_in_stage: daysBetween(row.stageEnteredAt, now),
    over_goal: row.status === "active" && goal !== undefined && isOverGoal(row.stageEnteredAt, goal, now),
    applied_at: row.appliedAt.toISOString(),
    source: row.source,
    flags: row.presentFlags,
    tasks,
  };
}

/** That the flags of an application in a list are those of a stale assessment; nothing while it stands. */
const staleMark = (
  catalog: Catalog,
  role: RoleRow,
  mark: Awaited<ReturnType<typeof newestMarks>>[number] | undefined,
): Stale => (mark && staleNow(catalog, role, mark)) ?? {};

function requireStage(stage: string | undefined, roles: readonly RoleRow[]): void {
  if (stage === undefined) return;
  const stages = [...new Set(roles.flatMap((role) => role.stages.map((s) => s.id)))];
  if (!stages.includes(stage)) throw notAllowed("stage", stage, stages);
}

const overGoal = (role: RoleRow, now: Date): StageClock[] =>
  role.stages.map((s) => ({ roleId: role.id, stage: s.id, before: overGoalSince(s.goal_days, now) }));

/** What a query looks for. Work that is judged blind is not found by its words: that would tell whose it is. */
function searchOf(query: string | undefined, roles: readonly Listed[]): Search | undefined {
  if (query === undefined || query.trim() === "") return undefined;
  return {
    alternatives: parseQuery(query, new Set(roles.map(({ role }) => role.key))),
    blindStages: roles.flatMap(({ role }) =>
      role.stages.filter(isBlindStage).map(({ id }) => ({ roleId: role.id, stage: id })),
    ),
  };
}

/**
 * The tasks of a member: assessments, submissions and bookings of the roles and applications that they look after, and
 * scorecards and votes on their panels.
 */
async function owedBy(
  db: Db,
  session: Session,
  roles: readonly Listed[],
  named: string,
): Promise<ApplicationFilter["owed"]> {
  const { workspaceId, now } = session;
  const email = emailNamed(session, named).toLowerCase();
  const member = await findMember(db, workspaceId, email);
  const running = roles.filter(({ role }) => isRunning(role));
  const lacking = running.flatMap(({ role, owner }) =>
    lacksOf(role).map((lack) => ({ ...lack, ownsRole: owner === email })),
  );
  return { lacking, member: member?.id, panel: member && panelDebts(running, member, now) };
}

function panelDebts(roles: readonly Listed[], { id, email }: Member, now: Date): PanelDebts {
  const reached = roles.flatMap(({ role }) =>
    role.stages.flatMap((stage, at) =>
      role.stages
        .slice(0, at + 1)
        .filter(isRound)
        .map(({ id: round, kind }) => ({
          ...{ role: role.id, stage: stage.id, round },
          exercise: kind === "exercise",
        })),
    ),
  );
  const debriefs = roles.flatMap(({ role }) =>
    role.stages
      .filter((stage) => stage.gate.includes("votes"))
      .map((stage) => ({
        role: role.id,
        stage: stage.id,
        rounds: plannedSeats(role.panel, [email]).map((p) => p.round),
      })),
  );
  return { member: id, reached, debriefs, now };
}

function roleNamed(roles: readonly Listed[], key: string): Listed {
  const listed = roles.find(({ role }) => role.key === key.trim().toUpperCase());
  if (!listed) throw unknownRole(key);
  return listed;
}
