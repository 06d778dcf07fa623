import { type PanelState, plannedSeats } from "../../domain/panel/panel.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { findPanels } from "../../store/panel/panels.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** The panels of several applications, by id, each with its role's panel. */
export async function loadPanels(
  db: Db,
  session: Session,
  applications: readonly { readonly id: string; readonly role: Pick<RoleRow, "panel"> }[],
): Promise<Map<string, PanelState>> {
  if (applications.length === 0) return new Map();
  const { panels, team } = await findPanels(
    db,
    session.workspaceId,
    applications.map((a) => a.id),
  );
  return new Map(
    applications.flatMap(({ id, role }) => {
      const panel = panels.get(id);
      return panel ? [[id, { ...panel, planned: plannedSeats(role.panel, team) }] as const] : [];
    }),
  );
}

/** The panel of one application. */
export async function loadPanel(
  db: Db,
  session: Session,
  { application, role }: Pick<ApplicationRecord, "application" | "role">,
): Promise<PanelState> {
  const panels = await loadPanels(db, session, [{ id: application.id, role }]);
  const panel = panels.get(application.id);
  if (!panel) throw new Error("a panel that was asked for is missing");
  return panel;
}
