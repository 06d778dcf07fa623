import { decodeCursor, encodeCursor } from "../../domain/cursor.ts";
import { daysBetween } from "../../domain/days.ts";
import { notAllowed } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import { isRound, type PanelState, plannedSeats } from "../../domain/panel/panel.ts";
import {
  type ApplicationStatus,
  isOverGoal,
  overGoalSince,
  searchKey,
} from "../../domain/pipeline/application.ts";
import { pendingTasks } from "../../domain/pipeline/tasks.ts";
import { isRunning } from "../../domain/roles/role.ts";
import {
  type ApplicationFilter,
  findApplications,
  type Lack,
  type StageClock,
} from "../../store/candidates/find-applications.ts";
import type { PanelDebts } from "../../store/panel/owed-cards-and-votes.ts";
import { listRoles, type RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { findMember } from "../../store/team/workspaces.ts";
import { accessFilter, unknownRole } from "../load-application.ts";
import { loadPanels } from "../panel/load-panel.ts";
import type { Session } from "../session.ts";

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

export function createApplications() {
  return {
    /** One page of applications, newest first, with the number of all that match. */
    async find(session: Session, input: FindCandidates) {
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
          owed: input.owed_by === undefined ? undefined : await owedBy(db, session, inScope, input.owed_by),
          seen: await accessFilter(db, session),
        };
        const { found: page, total } = await findApplications(db, workspaceId, filter, {
          after,
          limit: limit + 1,
        });
        const shown = page.slice(0, limit);
        const last = shown.at(-1);
        const byId = new Map(known.map((entry) => [entry.role.id, entry]));
        const listed = shown.map((row) => {
          const entry = byId.get(row.roleId);
          if (!entry) throw new Error("an application without a role");
          return { row, entry };
        });
        const panels = await loadPanels(
          db,
          session,
          listed.map(({ row, entry }) => ({ id: row.id, role: entry.role })),
        );
        const applications = listed.map(({ row, entry }) => viewFound(row, entry, panels.get(row.id), now));
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

function viewFound(row: Found, { role, owner }: Listed, panel: PanelState | undefined, now: Date) {
  const goal = role.stages.find((stage) => stage.id === row.stage)?.goal_days;
  const { ref, presentFlags, hasSubmission, assigned } = row;
  const has = { assessed: presentFlags !== null, hasSubmission, assigned };
  const owed = panel ? pendingTasks({ ref, role, position: row, ...has, owner, panel }, now) : [];
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
    owed,
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

/** What a member owes: assessments and snapshots of the roles they opened, scorecards and votes of their panels. */
async function owedBy(
  db: Db,
  { workspaceId }: Session,
  roles: readonly Listed[],
  typed: string,
): Promise<ApplicationFilter["owed"]> {
  const email = typed.toLowerCase();
  const debtor = await findMember(db, workspaceId, email);
  const running = roles.filter(({ role }) => isRunning(role));
  const lacking = running
    .filter(({ owner }) => owner === email)
    .flatMap(({ role }) =>
      role.stages.flatMap(({ id: stage, gate }) =>
        (["assessment", "submission"] as const)
          .filter((lacks) => gate.includes(lacks))
          .map((lacks): Lack => ({ roleId: role.id, stage, lacks })),
      ),
    );
  return { lacking, panel: debtor && panelDebts(running, debtor) };
}

function panelDebts(roles: readonly Listed[], { id, email }: Member): PanelDebts {
  const reached = roles.flatMap(({ role }) =>
    role.stages.flatMap((stage, at) =>
      role.stages
        .slice(0, at + 1)
        .filter(isRound)
        .map((round) => ({ role: role.id, stage: stage.id, round: round.id })),
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
  return { member: id, reached, debriefs };
}

function roleNamed(known: readonly Listed[], key: string): Listed {
  const found = known.find(({ role }) => role.key === key.trim().toUpperCase());
  if (!found) throw unknownRole(key);
  return found;
}
