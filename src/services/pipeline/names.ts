import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import { listMembers } from "../../store/team/workspaces.ts";
import type { Session } from "../session.ts";

/** What stages and members are called, by stage id and by e-mail: a person agrees to names. */
export type Names = Readonly<Record<string, string>>;

export async function namesFor(tx: Db, session: Session, role: RoleRow): Promise<Names> {
  const members = await listMembers(tx, session.workspaceId);
  return Object.fromEntries([
    ...role.stages.map(({ id, name }) => [id, name]),
    ...members.map(({ email, name }) => [email, `${name} <${email}>`]),
  ]);
}
