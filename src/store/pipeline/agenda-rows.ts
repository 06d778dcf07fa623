import { type SQL, sql } from "drizzle-orm";
import type { StaleWhy } from "../../domain/evaluation/stale.ts";
import type { AgendaItem } from "../../domain/pipeline/agenda.ts";
import type { ApplicationStatus } from "../../domain/pipeline/application.ts";
import type { ExerciseForm } from "../../domain/submission/exercise-form.ts";
import { prepared } from "../database/prepared.ts";
import type { Db } from "../store.ts";
import type { AgendaEntry, AgendaScope } from "./agenda.ts";

/** A row of an agenda, with what decides its step. */
export type AgendaRow = {
  /** Where it stands among the entries. */
  readonly n: number;
  readonly id: string;
  readonly ref: string;
  readonly roleId: string;
  readonly stage: string;
  readonly status: ApplicationStatus;
  readonly name: string;
  /** E-mails, with a space between them. */
  readonly by: string | null;
  /** Of a draft: what of it is not right any more, and the stage in which it was written. */
  readonly outdated: readonly string[] | null;
  readonly writtenFor: string | null;
  /** Of a stale assessment, where it is known. */
  readonly staleWhy: StaleWhy | null;
  /** Whether the interview has ended. */
  readonly isOver: boolean;
  readonly assigned: ExerciseForm | null;
};

type Entry = Pick<AgendaEntry, "applicationId" | "thing" | "email"> & Pick<AgendaItem, "kind">;

/** E-mails of whoever holds the interview `x`, has the card or vote, wrote the draft, or looks after `applications a`. */
const BY = sql`case x.kind
  when 'interview' then (select string_agg(m.email, ' ' order by m.email) from interview_seats s
    join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
    where s.workspace_id = a.workspace_id and s.interview_id = x.thing)
  when 'scorecard' then x.email
  when 'vote' then x.email
  when 'message' then (select m.email from messages d join members m on m.workspace_id = d.workspace_id and m.id = d.drafted_by
    where d.workspace_id = a.workspace_id and d.id = x.thing)
  else (select m.email from members m join roles r on r.workspace_id = m.workspace_id
    where m.workspace_id = a.workspace_id and r.id = a.role_id and m.id = coalesce(a.owner_id, r.owner_id)) end`;

/** What is shown of each of these, in their order. */
export async function agendaRows(
  db: Db,
  { workspaceId, now }: Pick<AgendaScope, "workspaceId" | "now">,
  entries: readonly Entry[],
): Promise<AgendaRow[]> {
  if (entries.length === 0) return [];
  const { placeholder } = sql;
  const query = prepared(db, "agenda_rows", (name) =>
    db
      .select({
        n: sql<number>`x.n`,
        ...{
          id: text(sql`a.id`),
          ref: text(sql`a.ref`),
          roleId: text(sql`a.role_id`),
          stage: text(sql`a.stage`),
        },
        ...{
          status: sql<ApplicationStatus>`a.status`,
          name: text(sql`c.name`),
          by: sql<string | null>`${BY}`,
        },
        ...{
          outdated: sql<string[] | null>`d.outdated`,
          writtenFor: sql<string | null>`d.made_from->>'stage'`,
        },
        staleWhy: sql<StaleWhy | null>`(select s.stale_why from assessments s
          where s.workspace_id = a.workspace_id and s.id = x.thing)`,
        isOver: sql<boolean>`coalesce((select v.ends_at <= ${placeholder("now")}::timestamptz from interviews v
          where v.workspace_id = a.workspace_id and v.id = x.thing limit 1), false)`,
        assigned: sql<ExerciseForm | null>`(select g.form from assignments g
          where g.workspace_id = a.workspace_id and g.application_id = a.id)`,
      })
      .from(
        sql`jsonb_to_recordset(${placeholder("entries")}::jsonb) as x(n int, kind text, "applicationId" uuid, thing uuid, email text)
        join applications a on a.workspace_id = ${placeholder("workspaceId")} and a.id = x."applicationId"
        join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
        left join messages d on x.kind = 'message' and d.workspace_id = a.workspace_id and d.id = x.thing`,
      )
      .orderBy(sql`x.n`)
      .prepare(name),
  );
  const listed = entries.map(({ kind, applicationId, thing, email }, n) => ({
    n,
    kind,
    applicationId,
    thing,
    email,
  }));
  return query.execute({ workspaceId, now: now.toISOString(), entries: JSON.stringify(listed) });
}

const text = (column: SQL): SQL<string> => sql<string>`${column}`;
