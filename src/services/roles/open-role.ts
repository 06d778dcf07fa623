import { uuidv7 } from "uuidv7";
import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import type { Member } from "../../domain/member.ts";
import { freeKey, type Level } from "../../domain/roles/role.ts";
import type { RoleTemplate } from "../../domain/roles/role-template.ts";
import { insertRole, listRoles, type RoleRow } from "../../store/roles/roles.ts";
import { lockWorkspace } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";
import {
  panelNamed,
  type RoleFields,
  type RoleResult,
  requireConsistent,
  requireInterviewers,
  requireLevel,
  requireOwner,
  requirePayOf,
  requireQuestions,
  roleResult,
  withFields,
} from "./role-fields.ts";

type OpenRole = RoleFields & {
  readonly template: string;
  readonly level: string;
  readonly location: string;
  readonly key?: string | undefined;
};

export function createRoleOpening({ catalog }: { readonly catalog: Catalog }) {
  return {
    /**
     * Opens a role from a template. The same call again returns the existing role, unless a key is given.
     * @throws DomainError for an unknown template, level, lane, round or member, pay that cannot be meant, or a key that is taken.
     */
    async open(session: Session, given: OpenRole): Promise<RoleResult> {
      const input = { ...given, panel: panelNamed(session, given.panel) };
      const template = catalog.get(input.template);
      const level = requireLevel(catalog, input.level);
      return session.write(async (tx) => {
        await lockWorkspace(tx, session.workspaceId);
        const existing = await listRoles(tx, session.workspaceId);
        const owner =
          input.owner === undefined ? session.member : await requireOwner(tx, session, input.owner);
        const wanted = withFields(newRole(template, input, level, session, owner), input, template);
        const same = input.key === undefined ? existing.find(({ role }) => isSame(role, wanted)) : undefined;
        if (same) return { ...roleResult(same, catalog, session), unchanged: "already_open" };
        const taken = new Set(existing.map(({ role }) => role.key));
        if (input.key !== undefined && taken.has(input.key)) throw keyTaken(input.key);
        const row: RoleRow = { ...wanted, key: input.key ?? freeKey(template.key, taken) };
        requireConsistent(row, template);
        requirePayOf(row, input);
        await requireInterviewers(tx, session, row, input.panel);
        requireQuestions(catalog, row, input.questions ?? []);
        await insertRole(tx, row);
        await session.record(tx, row.id, "role.open", {
          key: row.key,
          template: row.template,
          lane: row.lane,
        });
        return roleResult({ role: row, owner: owner.email }, catalog, session);
      });
    },
  };
}

function newRole(
  template: RoleTemplate,
  input: OpenRole,
  level: Level,
  session: Session,
  owner: Member,
): RoleRow {
  const { workspaceId, now } = session;
  return {
    workspaceId,
    id: uuidv7(),
    key: "",
    template: template.id,
    lane: null,
    title: template.title,
    level,
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
    questions: [],
    openings: 1,
    recruitersSend: true,
    earlierRoundsOpen: true,
    status: "open",
    ownerId: owner.id,
    nextNumber: 1,
    openedAt: now,
    closedAt: null,
  };
}

const isSame = (a: RoleRow, b: RoleRow): boolean =>
  a.status === "open" &&
  (["template", "lane", "title", "level", "location"] as const).every((field) => a[field] === b[field]);

const keyTaken = (key: string): DomainError =>
  new DomainError(
    "conflict",
    `key: ${key} is taken.`,
    "Choose another, or leave key out to get the next free one.",
  );
