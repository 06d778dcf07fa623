import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { INTERVIEW, may } from "../../domain/access.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { isRound } from "../../domain/panel/panel.ts";
import { checkRole } from "../../domain/role-check/check.ts";
import type { Finding } from "../../domain/role-check/finding.ts";
import {
  freeKey,
  isRunning,
  type Level,
  type Panel,
  type RoleStatus,
  type RoleView,
  viewRole,
} from "../../domain/roles/role.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";
import { insertRole, listRoles, type RoleRow, saveRole } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { listMembers, lockWorkspace } from "../../store/team/workspaces.ts";
import { loadRole, loadRoleForUpdate } from "../load-application.ts";
import { refillRounds } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";

/** What may be said about a role, when it is opened or later. */
type RoleFields = {
  readonly lane?: string | undefined;
  readonly title?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly comp_min?: number | undefined;
  readonly comp_max?: number | undefined;
  readonly currency?: string | undefined;
  readonly outcomes?: readonly string[] | undefined;
  readonly must_haves?: readonly string[] | undefined;
  readonly nice_to_haves?: readonly string[] | undefined;
  readonly on_call?: string | undefined;
  readonly panel?: Panel | undefined;
};
export type OpenRole = RoleFields & {
  template: string;
  level: Level;
  location: string;
  key?: string | undefined;
};
export type UpdateRole = RoleFields & {
  role: string;
  level?: Level | undefined;
  location?: string | undefined;
  status?: RoleStatus | undefined;
};
export type RoleResult = { role: RoleView; findings: readonly Finding[]; note?: string };

export function createRoles({ catalog }: { catalog: Catalog }) {
  return {
    /**
     * Opens a role from a template. The same opening asked for again gives the one there is, unless a key is given.
     * @throws DomainError for an unknown template, lane, round or member, or a key that is taken.
     */
    async open(session: Session, input: OpenRole): Promise<RoleResult> {
      const template = catalog.get(input.template);
      return session.write(async (tx) => {
        await lockWorkspace(tx, session.workspaceId);
        const existing = (await listRoles(tx, session.workspaceId)).map(({ role }) => role);
        const wanted = describe(newRole(template, input, session), input);
        const same = input.key === undefined ? existing.find((role) => isSame(role, wanted)) : undefined;
        if (same)
          return result(
            same,
            catalog,
            session,
            `${same.key} is already open for this: nothing was changed. Pass key to open another.`,
          );
        const taken = new Set(existing.map((role) => role.key));
        if (input.key !== undefined && taken.has(input.key)) throw keyTaken(input.key);
        const row: RoleRow = { ...wanted, key: input.key ?? freeKey(template.key, taken) };
        check(row, template);
        await checkPanel(tx, session, row, input.panel);
        await insertRole(tx, row);
        await session.record(tx, row.id, "role.open", {
          key: row.key,
          template: row.template,
          lane: row.lane,
        });
        return result(row, catalog, session);
      });
    },

    /** Changes what is given and leaves the rest. The template and the key stay: references are made from them. */
    async update(session: Session, input: UpdateRole): Promise<RoleResult> {
      return session.write(async (tx) => {
        const before = await loadRoleForUpdate(tx, session, input.role);
        const template = catalog.get(before.template);
        const status = input.status ?? before.status;
        const after: RoleRow = {
          ...describe(before, input),
          level: input.level ?? before.level,
          location: input.location ?? before.location,
          status,
          closedAt: isRunning({ status }) ? null : (before.closedAt ?? session.now),
        };
        check(after, template);
        await checkPanel(tx, session, after, input.panel);
        const changed = changedFields(before, after);
        if (changed.length === 0) return result(after, catalog, session, "Nothing was changed.");
        await saveRole(tx, after);
        await refillRounds(tx, session, before, after);
        await session.record(tx, after.id, "role.update", { key: after.key, changed, status });
        return result(after, catalog, session);
      });
    },

    /** One role by key. */
    async get(session: Session, key: string): Promise<RoleResult> {
      const row = await session.read((db) => loadRole(db, session, key));
      return result(row, catalog, session);
    },

    /** Keys of all roles, for completion. */
    async keys(session: Session): Promise<string[]> {
      return (await session.read((db) => listRoles(db, session.workspaceId))).map(({ role }) => role.key);
    },
  };
}

function newRole(template: RoleTemplate, input: OpenRole, session: Session): RoleRow {
  const { workspaceId, member, now } = session;
  return {
    workspaceId,
    id: uuidv7(),
    key: "",
    template: template.id,
    lane: null,
    title: template.title,
    level: input.level,
    location: input.location,
    remote: false,
    onCall: null,
    compMin: null,
    compMax: null,
    currency: template.salary.currency,
    outcomes: [],
    mustHaves: [],
    niceToHaves: [],
    panel: [],
    stages: template.stages,
    status: "open",
    ownerId: member.id,
    nextNumber: 1,
    openedAt: now,
    closedAt: null,
  };
}

function describe(row: RoleRow, fields: RoleFields): RoleRow {
  return {
    ...row,
    lane: fields.lane ?? row.lane,
    title: fields.title ?? row.title,
    remote: fields.remote ?? row.remote,
    onCall: fields.on_call ?? row.onCall,
    compMin: fields.comp_min ?? row.compMin,
    compMax: fields.comp_max ?? row.compMax,
    currency: fields.currency ?? row.currency,
    outcomes: fields.outcomes ?? row.outcomes,
    mustHaves: fields.must_haves ?? row.mustHaves,
    niceToHaves: fields.nice_to_haves ?? row.niceToHaves,
    panel: fields.panel ?? row.panel,
  };
}

const isSame = (a: RoleRow, b: RoleRow): boolean =>
  a.status === "open" &&
  (["template", "lane", "title", "level", "location"] as const).every((field) => a[field] === b[field]);

function changedFields(before: RoleRow, after: RoleRow): string[] {
  const fields = Object.keys(after) as (keyof RoleRow)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function check(row: RoleRow, template: RoleTemplate): void {
  const lanes = template.lanes.map((lane) => lane.id);
  if (row.lane !== null && !lanes.includes(row.lane)) throw notAllowed("lane", row.lane, lanes);
  if (row.compMin !== null && row.compMax !== null && row.compMin > row.compMax) {
    throw new DomainError(
      "invalid",
      `comp_min (${row.compMin}) is above comp_max (${row.compMax}).`,
      "Give both, the lower one as comp_min.",
    );
  }
}

/** Only a panel that is given is checked: one on record may name who has left the team since. */
async function checkPanel(
  tx: Db,
  session: Session,
  { stages }: RoleRow,
  panel: Panel | undefined,
): Promise<void> {
  if (panel === undefined) return;
  const rounds = stages.filter(isRound).map((s) => s.id);
  const team = await listMembers(tx, session.workspaceId);
  const known = team.filter((m) => may(m, INTERVIEW)).map((member) => member.email);
  for (const { round, members } of panel) {
    if (!rounds.includes(round)) throw notAllowed("panel.round", round, rounds);
    const stranger = members.find((email) => !known.includes(email.toLowerCase()));
    if (stranger !== undefined) throw notAllowed("panel.members", stranger, known);
  }
}

const keyTaken = (key: string): DomainError =>
  new DomainError(
    "conflict",
    `key: ${key} is taken.`,
    "Choose another, or leave key out to get the next free one.",
  );

function result(row: RoleRow, catalog: Catalog, { now }: Session, note?: string): RoleResult {
  const { findings } = checkRole(row, {
    template: catalog.get(row.template),
    places: catalog.places,
    today: dayOf(now),
  });
  return { role: viewRole(row), findings, ...(note === undefined ? {} : { note }) };
}
