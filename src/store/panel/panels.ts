import { sql } from "drizzle-orm";
import type { PanelState } from "../../domain/panel/panel.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";

/** The stored part of a panel. `planned` is computed from the role and the team. */
export type PanelRecord = Pick<PanelState, "seats" | "voted">;

/** The panels of some applications, and the e-mails of everyone on the team, in one query. */
export async function findPanels(
  db: Db,
  workspaceId: string,
  applicationIds: readonly string[],
): Promise<{ panels: Map<string, PanelRecord>; team: string[] }> {
  // Ids go in one array parameter, so the SQL text stays the same however many there are.
  const ids = sql`(${`{${applicationIds.join(",")}}`}::uuid[])`;
  const answer = await db.execute(sql`
    select 'team' as kind, null::uuid as "applicationId", null as round, email as member, true as "onTeam",
           null::timestamptz as at, false as submitted
    from members where workspace_id = ${workspaceId} and removed_at is null
    union all
    select 'seat', i.application_id, i.round, m.email, m.removed_at is null, i.assigned_at,
           exists (select 1 from scorecards s where s.workspace_id = i.workspace_id and s.application_id = i.application_id
                   and s.round = i.round and s.member_id = i.member_id)
    from interviewers i join members m on m.workspace_id = i.workspace_id and m.id = i.member_id
    where i.workspace_id = ${workspaceId} and i.application_id = any(${ids})
    union all
    select distinct 'vote', v.application_id, null, m.email, true, null::timestamptz, true
    from votes v join members m on m.workspace_id = v.workspace_id and m.id = v.member_id
    where v.workspace_id = ${workspaceId} and v.application_id = any(${ids})
    order by 6, 4`);
  const rows = rowsOf<Row>(answer);
  const byApplication = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.applicationId === null) continue;
    const ofOne = byApplication.get(row.applicationId);
    if (ofOne) ofOne.push(row);
    else byApplication.set(row.applicationId, [row]);
  }
  return {
    panels: new Map(applicationIds.map((id) => [id, recordOf(byApplication.get(id) ?? [])])),
    team: rows.filter((r) => r.kind === "team").map((r) => r.member),
  };
}

type Row = {
  readonly kind: "team" | "seat" | "vote";
  readonly applicationId: string | null;
  readonly round: string;
  readonly member: string;
  readonly onTeam: boolean;
  readonly at: string | Date;
  readonly submitted: boolean;
};

const recordOf = (rows: readonly Row[]): PanelRecord => ({
  seats: rows
    .filter((r) => r.kind === "seat")
    .map(({ member, round, onTeam, submitted, at }) => ({
      ...{ member, round, onTeam, submitted },
      assignedAt: new Date(at),
    })),
  voted: rows.filter((r) => r.kind === "vote").map((r) => r.member),
});
