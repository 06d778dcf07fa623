import { and, asc, eq, inArray, notInArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { PanelState } from "../../domain/panel/panel.ts";
import { rowsOf } from "../events.ts";
import { sameTenant } from "../same-tenant.ts";
import type { Db } from "../store.ts";
import { applications, interviewers, members, scorecards } from "../tables.ts";

/** What is on record of a panel; `planned` follows from the role and the team. */
export type PanelRecord = Pick<PanelState, "seats" | "voted">;

/** The panels of some applications, and the e-mails of everyone on the team, in one question to the database. */
export async function findPanels(
  db: Db,
  workspaceId: string,
  applicationIds: readonly string[],
): Promise<{ panels: Map<string, PanelRecord>; team: string[] }> {
  // One value however many there are: the server then knows the statement again.
  const ids = sql`(${`{${applicationIds.join(",")}}`}::uuid[])`;
  const found = await db.execute(sql`
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
  const rows = rowsOf<Row>(found);
  const of = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.applicationId === null) continue;
    const known = of.get(row.applicationId);
    if (known) known.push(row);
    else of.set(row.applicationId, [row]);
  }
  return {
    panels: new Map(applicationIds.map((id) => [id, recordOf(of.get(id) ?? [])])),
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

/** Takes off a round whoever is not named and has not scored it. @returns who was taken off. */
export async function removeInterviewers(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  round: string,
  keep: readonly string[],
): Promise<string[]> {
  const scored = tx
    .select({ memberId: scorecards.memberId })
    .from(scorecards)
    .where(
      and(
        eq(scorecards.workspaceId, workspaceId),
        eq(scorecards.applicationId, applicationId),
        eq(scorecards.round, round),
      ),
    );
  const gone = await tx
    .delete(interviewers)
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        eq(interviewers.applicationId, applicationId),
        eq(interviewers.round, round),
        keep.length > 0 ? notInArray(interviewers.memberId, [...keep]) : undefined,
        notInArray(interviewers.memberId, scored),
      ),
    )
    .returning({ memberId: interviewers.memberId });
  return gone.map((row) => row.memberId);
}

/** Puts members on a round; who is on it already stays as they are. @returns who was put on it. */
export async function addInterviewers(
  tx: Db,
  row: Omit<typeof interviewers.$inferInsert, "id" | "memberId">,
  memberIds: readonly string[],
): Promise<string[]> {
  if (memberIds.length === 0) return [];
  const made = await tx
    .insert(interviewers)
    .values(memberIds.map((memberId) => ({ ...row, id: uuidv7(), memberId })))
    .onConflictDoNothing()
    .returning({ memberId: interviewers.memberId });
  return made.map((r) => r.memberId);
}

/** Running applications of a role in some of its stages, locked until commit, in one order for everybody. */
export function lockRunning(tx: Db, workspaceId: string, roleId: string, stages: readonly string[]) {
  const { id, ref, stage, status } = applications;
  return tx
    .select({ id, ref, stage })
    .from(applications)
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.roleId, roleId),
        eq(status, "active"),
        inArray(stage, [...stages]),
      ),
    )
    .orderBy(asc(id))
    .for("update");
}

/** Where every application of a role stands. */
export function applicationsOfRole(db: Db, workspaceId: string, roleId: string) {
  const { id, stage, status } = applications;
  return db
    .select({ id, stage, status })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.roleId, roleId)));
}

/** Ids of the members on a round. */
export async function interviewerIds(
  tx: Db,
  workspaceId: string,
  applicationId: string,
  round: string,
): Promise<string[]> {
  const rows = await tx
    .select({ memberId: interviewers.memberId })
    .from(interviewers)
    .innerJoin(members, sameTenant(members, interviewers, interviewers.memberId))
    .where(
      and(
        eq(interviewers.workspaceId, workspaceId),
        eq(interviewers.applicationId, applicationId),
        eq(interviewers.round, round),
      ),
    );
  return rows.map((r) => r.memberId);
}
