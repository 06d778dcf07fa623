import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import { isRound } from "../../domain/panel/panel.ts";
import type { Section } from "../../domain/roles/role-template.ts";
import { briefOf } from "../../domain/roles/template-sections.ts";
import { listRoles } from "../../store/roles/roles.ts";
import { emailOf } from "../../store/team/members.ts";
import { loadApplication, loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type RoleResult, roleResult } from "./role-fields.ts";

type TemplateRequest = {
  readonly template?: string | undefined;
  readonly role?: string | undefined;
  readonly section?: Section | undefined;
  readonly entry?: string | undefined;
};

export function createRoleReading({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** One role by key. */
    async get(session: Session, key: string): Promise<RoleResult> {
      const read = await session.read(async (db) => {
        const role = await loadRole(db, session, key);
        return { role, owner: await emailOf(db, session.workspaceId, role.ownerId) };
      });
      return roleResult(read, catalog, session);
    },

    /**
     * A section of a template, or of the template of a role as the role has it.
     * @throws DomainError `invalid` unless exactly one of template and role is given; also as the catalogue's `brief`.
     */
    async template(session: Session, { template, role: key, section, entry }: TemplateRequest) {
      if (template !== undefined && key === undefined)
        return { template, content: briefOf(catalog.get(template), { section, entry }) };
      if (template !== undefined || key === undefined)
        throw new DomainError("invalid", "Give either template or role.", { do: "name_role_or_template" });
      const role = await session.read((db) => loadRole(db, session, key));
      return { template: role.template, content: briefOf(catalog.forRole(role), { section, entry }) };
    },

    /** Rounds of an application's role, for completion; of all roles where none is named. */
    async rounds(session: Session, application: string | undefined): Promise<string[]> {
      const roles = await session.read(async (db) =>
        application === undefined
          ? (await listRoles(db, session.workspaceId)).map(({ role }) => role)
          : [(await loadApplication(db, session, application)).role],
      );
      return [...new Set(roles.flatMap(({ stages }) => stages.filter(isRound).map(({ id }) => id)))];
    },

    /** Keys of all roles, for completion. */
    async keys(session: Session): Promise<string[]> {
      return (await session.read((db) => listRoles(db, session.workspaceId))).map(({ role }) => role.key);
    },
  };
}
