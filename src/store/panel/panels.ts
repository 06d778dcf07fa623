import { sql } from "drizzle-orm";
import type { PanelState } from "../../domain/panel/panel.ts";
import type { InterviewStatus } from "../../domain/scheduling/interview-status.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import { handedInAt } from "./round-progress.ts";

/** The stored part of a panel. `planned` is computed from the role and the team. */
export type PanelRecord = Omit<PanelState, "planned">;

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
           null::timestamptz as at, false as submitted, null::timestamptz as "endsAt", null::timestamptz as "changedAt",
           null as status
    from members where workspace_id = ${workspaceId} and removed_at is null
    union all
    select 'seat', i.application_id, i.round, m.email, m.removed_at is null, i.assigned_at,
           exists (select 1 from scorecards s where s.workspace_id = i.workspace_id and s.application_id = i.application_id
                   and s.round = i.round and s.member_id = i.member_id), null, null, null
    from interviewers i join members m on m.workspace_id = i.workspace_id and m.id = i.member_id
    where i.workspace_id = ${workspaceId} and i.application_id = any(${ids})
    union all
    select distinct 'vote', v.application_id, null, m.email, true, null::timestamptz, true, null::timestamptz,
           null::timestamptz, null
    from votes v join members m on m.workspace_id = v.workspace_id and m.id = v.member_id
    where v.workspace_id = ${workspaceId} and v.application_id = any(${ids})
    union all
    select 'interview', v.application_id, v.round,
           (select string_agg(m.email, ' ' order by m.email) from interview_seats s
            join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
            where s.workspace_id = v.workspace_id and s.interview_id = v.id),
           true, v.starts_at, false, v.ends_at, v.updated_at, v.status
    from interviews v where v.workspace_id = ${workspaceId} and v.application_id = any(${ids})
    union all
    select 'card', c.application_id, c.round, null, true, min(c.submitted_at), true, null, null, null
    from scorecards c where c.workspace_id = ${workspaceId} and c.application_id = any(${ids})
    group by c.application_id, c.round
    union all
    select 'handed_in', a.id, null, null, true, ${handedInAt(sql`a`)}, true, null, null, null
    from applications a where a.workspace_id = ${workspaceId} and a.id = any(${ids}) and a.has_submission
    union all
    select distinct 'closed', m.application_id, m.from_stage, null, true, null::timestamptz, true, null::timestamptz,
           null::timestamptz, null
    from moves m where m.workspace_id = ${workspaceId} and m.application_id = any(${ids})
      and m.overridden @> '["scorecards"]' and not exists (
        select 1 from moves n where n.workspace_id = m.workspace_id and n.application_id = m.application_id
          and n.version > m.version and n.to_stage = m.from_stage and n.to_status = 'active')
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
    team: rows.filter((r) => r.kind === "team").map((r) => r.member ?? ""),
  };
}

type Row = {
  readonly kind: "team" | "seat" | "vote" | "interview" | "card" | "handed_in" | "closed";
  readonly applicationId: string | null;
  readonly round: string;
  /** An e-mail; of an interview several, with a space between them. */
  readonly member: string | null;
  readonly onTeam: boolean;
  readonly at: string | Date;
  readonly submitted: boolean;
  readonly endsAt: string | Date;
  readonly changedAt: string | Date;
  readonly status: InterviewStatus;
};

function recordOf(rows: readonly Row[]): PanelRecord {
  const of = (kind: Row["kind"]) => rows.filter((r) => r.kind === kind);
  const [handedIn] = of("handed_in");
  return {
    seats: of("seat").map(({ member, round, onTeam, submitted, at }) => ({
      ...{ member: member ?? "", round, onTeam, submitted },
      assignedAt: new Date(at),
    })),
    voted: of("vote").map((r) => r.member ?? ""),
    closed: of("closed").map((r) => r.round),
    interviews: of("interview").map(({ round, status, at, endsAt, changedAt, member }) => ({
      ...{ round, status, startsAt: new Date(at), endsAt: new Date(endsAt), changedAt: new Date(changedAt) },
      interviewers: member?.split(" ") ?? [],
    })),
    firstCards: of("card").map(({ round, at }) => ({ round, at: new Date(at) })),
    handedInAt: handedIn ? new Date(handedIn.at) : null,
  };
}
