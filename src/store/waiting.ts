import { sql } from "drizzle-orm";
import type { LastWords } from "../domain/outreach/waiting.ts";
import type { Purpose } from "../domain/role-template.ts";
import { rowsOf } from "./events.ts";
import type { Db } from "./store.ts";

/** The last word from either side about each of a few applications, by id: as `lastWords`, in one pass. */
export async function lastWordsOf(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, LastWords>> {
  if (ids.length === 0) return new Map();
  const wanted = sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  const found = await db.execute(sql`
    select a.id, a.applied_at as "appliedAt", greatest(d.at, s.at) as "heardAt", m.at as "sentAt",
           m.purpose as "sentPurpose"
    from applications a
    left join lateral (
      select max(created_at) as at from documents
      where workspace_id = a.workspace_id and application_id = a.id and kind in ('email', 'submission_notes')
    ) d on true
    left join lateral (
      select max(created_at) as at from submissions where workspace_id = a.workspace_id and application_id = a.id
    ) s on true
    left join lateral (
      select o.finished_at as at, m.purpose from messages m
      join outbox o on o.workspace_id = m.workspace_id and o.id = m.id
      where m.workspace_id = a.workspace_id and m.application_id = a.id and m.status = 'sent'
      order by o.finished_at desc limit 1
    ) m on true
    where a.workspace_id = ${workspaceId} and a.id in (${wanted})`);
  type Row = {
    id: string;
    appliedAt: string;
    heardAt: string | null;
    sentAt: string | null;
    sentPurpose: Purpose | null;
  };
  const moment = (at: string | null) => (at === null ? null : new Date(at));
  return new Map(
    rowsOf<Row>(found).map(({ id, appliedAt, heardAt, sentAt, sentPurpose }) => [
      id,
      { appliedAt: new Date(appliedAt), heardAt: moment(heardAt), sentAt: moment(sentAt), sentPurpose },
    ]),
  );
}
