import { type DomainError, notFound } from "../domain/errors.ts";
import { isOnPanel } from "../domain/panel/panel.ts";
import { isOwnApplication } from "../domain/panel/visibility.ts";
import { erasedOn } from "../domain/personal-data/erased.ts";
import { type AccessFilter, isSeated } from "../store/candidates/access-filter.ts";
import { type ApplicationRecord, findApplicationRecord } from "../store/candidates/applications.ts";
import { ownRecords } from "../store/candidates/candidates.ts";
import { findRole, keepRole, listRoles, type RoleRow } from "../store/roles/roles.ts";
import type { Db } from "../store/store.ts";
import type { Session } from "./session.ts";

/**
 * The application with this reference. The error is the same for a reference that does not exist and for one that the
 * member may not see. They may not see their own application; interviewers may see only those that they interview for.
 */
export const loadApplication = (db: Db, session: Session, ref: string): Promise<ApplicationRecord> =>
  find(db, session, ref, { lock: false });

/** As `loadApplication`. @throws DomainError `precondition_failed` for an application of somebody who was erased */
export const loadStanding = async (db: Db, session: Session, ref: string): Promise<ApplicationRecord> =>
  notErased(await loadApplication(db, session, ref));

/** As `loadStanding`, and locks the application's row until commit. */
export const loadApplicationForUpdate = async (
  tx: Db,
  session: Session,
  ref: string,
): Promise<ApplicationRecord> => notErased(await find(tx, session, ref, { lock: true }));

function notErased(record: ApplicationRecord): ApplicationRecord {
  const { ref, erasedAt } = record.application;
  if (erasedAt !== null) throw erasedOn(ref, erasedAt);
  return record;
}

/**
 * Locks several applications until commit. Always in one order, so that two calls about the same people do not wait for
 * each other for ever.
 */
export async function lockApplications(tx: Db, session: Session, refs: readonly string[]): Promise<void> {
  const inOrder = [...new Set(refs.map((ref) => ref.trim().toUpperCase()))].toSorted();
  for (const ref of inOrder) await loadApplicationForUpdate(tx, session, ref);
}

/** Whether the member may see the application with this reference; false where there is none. */
export async function isVisible(db: Db, session: Session, ref: string): Promise<boolean> {
  const record = await findApplicationRecord(db, session.workspaceId, ref);
  return record !== undefined && canSee(db, session, record);
}

/** As `loadApplicationForUpdate`, and keeps the role from being changed until commit, its stages above all. */
export async function loadApplicationInRole(
  tx: Db,
  session: Session,
  ref: string,
): Promise<ApplicationRecord> {
  const record = await loadApplicationForUpdate(tx, session, ref);
  const role = await keepRole(tx, session.workspaceId, record.role.id);
  return { ...record, role: role ?? record.role };
}

async function find(
  db: Db,
  session: Session,
  ref: string,
  { lock }: { readonly lock: boolean },
): Promise<ApplicationRecord> {
  const record = await findApplicationRecord(db, session.workspaceId, ref.trim().toUpperCase(), lock);
  if (!record || !(await canSee(db, session, record)))
    throw notFound("application", ref, { do: "list_applications" });
  return record;
}

async function canSee(
  db: Db,
  { workspaceId, member, scope }: Session,
  record: ApplicationRecord,
): Promise<boolean> {
  if (isOwnApplication(member, record.candidate)) return false;
  if (scope === "all" || isOnPanel(record.role.panel, member.email)) return true;
  return isSeated(db, workspaceId, member.id, record.application.id);
}

/**
 * Which applications this member may see in lists, counts and reports. The rule is the same as for a single
 * application.
 */
export async function accessFilter(db: Db, { workspaceId, member, scope }: Session): Promise<AccessFilter> {
  const except = await ownRecords(db, workspaceId, member.id);
  if (scope === "all") return { except };
  const onPanel = (await listRoles(db, workspaceId)).filter(({ role }) =>
    isOnPanel(role.panel, member.email),
  );
  return { except, only: { member: member.id, roles: onPanel.map(({ role }) => role.id) } };
}

/** The role with this key. @throws DomainError `not_found` for an unknown key */
export const loadRole = (db: Db, session: Session, key: string): Promise<RoleRow> =>
  findByKey(db, session, key, { lock: false });

/** As `loadRole`, and locks the role's row until commit. */
export const loadRoleForUpdate = (tx: Db, session: Session, key: string): Promise<RoleRow> =>
  findByKey(tx, session, key, { lock: true });

async function findByKey(
  db: Db,
  session: Session,
  key: string,
  { lock }: { readonly lock: boolean },
): Promise<RoleRow> {
  const role = await findRole(db, session.workspaceId, key.trim().toUpperCase(), { lock });
  if (!role) throw unknownRole(key);
  return role;
}

export const unknownRole = (key: string): DomainError => notFound("role", key, { do: "show_roles" });
