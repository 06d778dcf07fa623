import { and, count, eq, ne, sql } from "drizzle-orm";
import { rowsOf } from "./events.ts";
import type { Db } from "./store.ts";
import { applications } from "./tables.ts";

/** Leaves out one candidate's applications: a member does not see their own. */
const not = (candidateId: string | undefined) =>
  candidateId === undefined ? undefined : ne(applications.candidateId, candidateId);

/** How many active applications stand in each stage of each role, without those of the candidate `except`. */
export function countByStage(db: Db, workspaceId: string, except: string | undefined) {
  return db
    .select({ roleId: applications.roleId, stage: applications.stage, n: count() })
    .from(applications)
    .where(and(eq(applications.workspaceId, workspaceId), eq(applications.status, "active"), not(except)))
    .groupBy(applications.roleId, applications.stage);
}

export type Waiting = {
  readonly id: string;
  readonly roleId: string;
  readonly stage: string;
  readonly ref: string;
  readonly name: string;
  readonly stageEnteredAt: Date;
  readonly assessed: boolean;
  readonly hasSubmission: boolean;
};

/** The applications that have waited longest, at most `perStage` in each stage of a role, longest first. */
export async function longestWaiting(
  db: Db,
  workspaceId: string,
  roleId: string,
  stages: readonly string[],
  perStage: number,
  except: string | undefined,
): Promise<Waiting[]> {
  const list = sql.join(
    stages.map((stage) => sql`${stage}`),
    sql`, `,
  );
  const others = except === undefined ? sql`true` : sql`a.candidate_id <> ${except}`;
  const found = await db.execute(sql`
    select a.id, a.stage, a.ref, c.name, a.stage_entered_at as "enteredAt", a.present_flags is not null as assessed,
           a.has_submission as "hasSubmission"
    from unnest(array[${list}]::text[]) with ordinality as s(stage, position)
    cross join lateral (
      select * from applications a
      where a.workspace_id = ${workspaceId} and a.role_id = ${roleId} and a.status = 'active' and a.stage = s.stage
        and ${others}
      order by a.stage_entered_at, a.id limit ${perStage}
    ) a
    join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
    order by s.position, a.stage_entered_at, a.id`);
  type Row = Omit<Waiting, "roleId" | "stageEnteredAt"> & { enteredAt: string | Date };
  return rowsOf<Row>(found).map(({ enteredAt, ...row }) => ({
    ...row,
    roleId,
    stageEnteredAt: new Date(enteredAt),
  }));
}

/** How many active applications have stood in a stage of a role since before a moment. */
export async function countOverGoal(
  db: Db,
  workspaceId: string,
  roleId: string,
  stage: string,
  before: Date,
  except: string | undefined,
): Promise<number> {
  const rows = await db
    .select({ n: count() })
    .from(applications)
    .where(
      and(
        eq(applications.workspaceId, workspaceId),
        eq(applications.roleId, roleId),
        eq(applications.status, "active"),
        eq(applications.stage, stage),
        sql`${applications.stageEnteredAt} < ${before.toISOString()}`,
        not(except),
      ),
    );
  return Number(rows[0]?.n ?? 0);
}
