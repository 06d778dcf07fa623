import { sql } from "drizzle-orm";
import type { AwaitedFromCandidate, LastWords } from "../../domain/outreach/waiting.ts";
import type { Purpose } from "../../domain/roles/role-template.ts";
import { rowsOf } from "../events.ts";
import type { Db } from "../store.ts";
import { FROM_CANDIDATE } from "./messages.ts";

/**
 * An application with the limit of its stage's goal: a candidate who has waited since before `before` has waited too
 * long. `out` is what we wait for from the candidate, as the domain computes it.
 */
type Promised = { readonly id: string; readonly before: Date; readonly out: AwaitedFromCandidate | null };

/**
 * The applications among these whose candidates have waited for us since before `before`, longest first. Returns when
 * both sides last wrote, by the application's id. The SQL repeats the rule of `waitingSince` in the domain, so that not
 * all rows have to be loaded. Of somebody who came in with an import it counts from then: who wrote before is not known.
 */
export async function longestUnanswered(
  db: Db,
  workspaceId: string,
  promised: readonly Promised[],
): Promise<Map<string, LastWords>> {
  if (promised.length === 0) return new Map();
  const list = promised.map(({ id, before, out }) => ({
    id,
    before,
    theirs: out !== null,
    out_since: out?.since,
  }));
  const rows = await db.execute(sql`
    select id, "appliedAt", "heardAt", "sentAt", "sentPurpose" from (
      select a.id, a.asked_at as "appliedAt", p.before,
             greatest(d.at, s.at) as "heardAt", m.at as "sentAt", m.purpose as "sentPurpose",
             case when coalesce(greatest(m.at, p.out_since) < greatest(a.asked_at, d.at, s.at), true)
                  then greatest(a.asked_at, d.at, s.at)
                  when m.purpose = 'status_update' and not p.theirs then m.at end as since
      from (select *, greatest(applied_at, imported_at) as asked_at from applications) a
      join jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as p(id uuid, before timestamptz, theirs boolean, out_since timestamptz)
        on p.id = a.id
      left join lateral (
        select max(created_at) as at from documents
        where workspace_id = a.workspace_id and application_id = a.id and ${FROM_CANDIDATE}
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
      where a.workspace_id = ${workspaceId} and a.status = 'active'
        and a.applied_at < p.before
    ) w where w.since < w.before order by w.since, w.id`);
  type Row = { id: string; appliedAt: string; sentPurpose: Purpose | null } & {
    [K in "heardAt" | "sentAt"]: string | null;
  };
  const moment = (at: string | null) => (at === null ? null : new Date(at));
  return new Map(
    rowsOf<Row>(rows).map(({ id, appliedAt, heardAt, sentAt, sentPurpose }) => [
      id,
      { appliedAt: new Date(appliedAt), heardAt: moment(heardAt), sentAt: moment(sentAt), sentPurpose },
    ]),
  );
}
