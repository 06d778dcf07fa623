import { type DomainError, notFound } from "../domain/errors.ts";
import { isOwnApplication } from "../domain/panel/visibility.ts";
import { type Case, findCase } from "../store/applications.ts";
import { findRole, type RoleRow } from "../store/roles.ts";
import type { Db } from "../store/store.ts";
import type { Session } from "./session.ts";

/** The application with this reference, or the one answer for references unknown here. */
export async function requireCase(db: Db, session: Session, ref: string, lock = false): Promise<Case> {
  const found = await findCase(db, session.workspaceId, ref.trim().toUpperCase(), lock);
  // A member's own application answers like one that does not exist.
  const own = found && isOwnApplication(session.member.email, found.candidate.email);
  if (!found || own) throw notFound("application", ref, "find_candidates lists references such as MLE-7.");
  return found;
}

/** The role with this key, or the one answer for keys unknown here. */
export async function requireRole(db: Db, session: Session, key: string, lock = false): Promise<RoleRow> {
  const found = await findRole(db, session.workspaceId, key.trim().toUpperCase(), lock);
  if (!found) throw unknownRole(key);
  return found;
}

export const unknownRole = (key: string): DomainError =>
  notFound("role", key, "get_pipeline lists every role with its key; open_role opens one.");
