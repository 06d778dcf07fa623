import type { Assessment } from "../../domain/evaluation/assessment.ts";
import { type PanelState, plannedSeats } from "../../domain/panel/panel.ts";
import { type Visibility, visibilityFor, visibleAssessment } from "../../domain/panel/visibility.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { listDocuments } from "../../store/candidates/documents.ts";
import { findPanels } from "../../store/panel/interviewers.ts";
import type { RoleRow } from "../../store/roles/roles.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

const NOBODY: Pick<PanelState, "seats" | "voted"> = { seats: [], voted: [] };

/** The panels of several applications, by id, each with its role's panel filled in. */
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
    applications.map(({ id, role }) => [
      id,
      { ...(panels.get(id) ?? NOBODY), planned: plannedSeats(role.panel, team) },
    ]),
  );
}

/** An assessment as this member may see it. */
export async function showAssessment(
  db: Db,
  session: Session,
  record: ApplicationRecord,
  assessment: Assessment,
): Promise<Assessment> {
  const { visibility } = await loadPanel(db, session, record);
  if (visibility.hidden === null) return assessment;
  const documents = await listDocuments(db, session.workspaceId, record.application.id);
  return visibleAssessment(assessment, documents, visibility, session.member);
}

/** The panel of one application, and what this member may see of what it said. */
export async function loadPanel(
  db: Db,
  session: Session,
  { application, role }: ApplicationRecord,
): Promise<{ panel: PanelState; visibility: Visibility }> {
  const panels = await loadPanels(db, session, [{ id: application.id, role }]);
  const panel = panels.get(application.id);
  if (!panel) throw new Error("a panel that was asked for is missing");
  return { panel, visibility: visibilityFor(role.stages, application, panel, session.member) };
}
