import type { Catalog } from "../../catalog/load.ts";
import { isRunning, type RoleStatus } from "../../domain/roles/role.ts";
import { type RoleRow, saveRole } from "../../store/roles/roles.ts";
import { loadRoleForUpdate } from "../load-application.ts";
import { refillRounds } from "../panel/assign-interviewers.ts";
import type { Session } from "../session.ts";
import {
  type RoleFields,
  type RoleResult,
  requireConsistent,
  requireInterviewers,
  requireLevel,
  requirePayOf,
  roleResult,
  withFields,
} from "./role-fields.ts";

type UpdateRole = RoleFields & {
  readonly role: string;
  readonly level?: string | undefined;
  readonly location?: string | undefined;
  readonly status?: RoleStatus | undefined;
};

export function createRoleChanges({ catalog }: { readonly catalog: Catalog }) {
  return {
    /** Changes the given fields. Template and key never change, because references are made from them. */
    async update(session: Session, input: UpdateRole): Promise<RoleResult> {
      return session.write(async (tx) => {
        const before = await loadRoleForUpdate(tx, session, input.role);
        const status = input.status ?? before.status;
        const after: RoleRow = {
          ...withFields(before, input),
          level: input.level === undefined ? before.level : requireLevel(catalog, input.level),
          location: input.location ?? before.location,
          status,
          closedAt: isRunning({ status }) ? null : (before.closedAt ?? session.now),
        };
        requireConsistent(after, catalog.get(before.template));
        requirePayOf(after, input);
        await requireInterviewers(tx, session, after, input.panel);
        const changed = changedFields(before, after);
        if (changed.length === 0) return roleResult(after, catalog, session, "same_as_before");
        await saveRole(tx, after);
        await refillRounds(tx, session, before, after);
        await session.record(tx, after.id, "role.update", { key: after.key, changed, status });
        return roleResult(after, catalog, session);
      });
    },
  };
}

function changedFields(before: RoleRow, after: RoleRow): string[] {
  const fields = Object.keys(after) as (keyof RoleRow)[];
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}
