import type { Stage } from "../../domain/roles/role-template.ts";
import type { WaitingRow } from "../../store/pipeline/overdue.ts";
import type { RoleRow } from "../../store/roles/roles.ts";

/** A role with the e-mail of whoever owns it. */
export type OwnedRole = { readonly role: RoleRow; readonly owner: string };

/**
 * An application with the stage of the role that it waits in, and how many have waited there for longer. The owner is
 * whoever looks after it, by default the role's.
 */
export type WaitingApplication = OwnedRole & {
  readonly row: WaitingRow;
  readonly stage: Stage;
  readonly ahead: number;
};

/** Puts each waiting application beside its role and stage, in the order in which they come: longest first in each stage. */
export function placeInStages(
  rows: readonly WaitingRow[],
  roles: readonly OwnedRole[],
): WaitingApplication[] {
  const stages = new Map(
    roles.map(({ role, owner }) => [
      role.id,
      new Map(role.stages.map((stage) => [stage.id, { role, owner, stage, waiting: 0 }])),
    ]),
  );
  return rows.flatMap((row) => {
    const place = stages.get(row.roleId)?.get(row.stage);
    if (!place) return [];
    const { waiting: ahead, ...of } = place;
    place.waiting += 1;
    return [{ ...of, owner: row.owner ?? of.owner, row, ahead }];
  });
}
