import type { Catalog } from "../../catalog/load.ts";
import { listRoles } from "../../store/roles/roles.ts";
import { loadRole } from "../load-application.ts";
import type { Session } from "../session.ts";
import { type RoleResult, roleResult } from "./role-fields.ts";

export function createRoleReading({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** One role by key. */
    async get(session: Session, key: string): Promise<RoleResult> {
      return roleResult(await session.read((db) => loadRole(db, session, key)), catalog, session);
    },

    /** Keys of all roles, for completion. */
    async keys(session: Session): Promise<string[]> {
      return (await session.read((db) => listRoles(db, session.workspaceId))).map(({ role }) => role.key);
    },
  };
}
