import pg from "pg";
import { loadCatalog } from "../src/catalog/load.ts";

/**
 * What is ahead in a workspace that was filled: interviews of the people in rounds, two thirds of them booked or held;
 * a letter to each of the rejected but a few; drafts, and offers that end.
 */
export async function fillAhead(url: string, workspaceId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const run = (text: string, values: unknown[] = [workspaceId]) => client.query(text, values);
  const stages = loadCatalog({}).get("mlops-engineer").stages;
  const rounds = stages.filter(({ kind }) => kind === "interview" || kind === "exercise").map(({ id }) => id);
  await run("select setseed(0.5)", []);
  await run(
    `insert into interviews (workspace_id, id, application_id, round, starts_at, ends_at, status, uid, sequence, scheduled_by, changed_by, created_at, updated_at)
     select $1, gen_random_uuid(), a.id, a.stage, s.at, s.at + interval '1 hour', 'booked', 'u' || a.ref, 0, m.id, m.id, now(), now()
     from applications a cross join lateral (select now() + (random() * 40 - 20 + length(a.ref) * 0) * interval '1 day' as at) s,
          (select id from members where workspace_id = $1 and access = 'admin' limit 1) m
     where a.workspace_id = $1 and a.status = 'active' and a.stage = any($2) and random() < 0.66`,
    [workspaceId, rounds],
  );
  await run(
    `insert into interview_seats (workspace_id, id, interview_id, member_id)
     select $1, gen_random_uuid(), i.id, m.id from interviews i join applications a on a.workspace_id = $1 and a.id = i.application_id
     join (select id, row_number() over (order by email) as k from members where workspace_id = $1 and access = 'interviewer') m
       on m.k in (1 + abs(hashtext(a.ref)) % 10, 1 + (abs(hashtext(a.ref)) + 3) % 10)
     where i.workspace_id = $1`,
  );
  const message = `insert into messages (workspace_id, id, application_id, purpose, recipient, subject, body, status, made_from, drafted_by, created_at)
    select $1, gen_random_uuid(), a.id, p.purpose, 'p@example.test', 'Subject', repeat('Words. ', 60), p.status, '{}'::jsonb, m.id, now() - interval '3 days'
    from applications a, (select id from members where workspace_id = $1 and access = 'admin' limit 1) m,`;
  await run(
    `${message} (values ('rejection', 'sent')) p(purpose, status) where a.workspace_id = $1 and a.status = 'rejected'`,
  );
  await run(
    `${message} (values ('status_update', 'draft')) p(purpose, status)
     where a.workspace_id = $1 and a.status = 'active' and random() < 0.05`,
  );
  await run("alter table outbox disable trigger outbox_untold", []);
  await run(
    `insert into outbox (workspace_id, id, state, send_at, from_name, from_address, message_id, approved_by, approved_at, finished_at)
     select $1, id, 'sent', created_at, 'Ada', 'ada@example.test', id || '@example.test', drafted_by, created_at, created_at
     from messages where workspace_id = $1 and status = 'sent'`,
  );
  await run("alter table outbox enable trigger outbox_untold", []);
  await run(
    `update applications set untold_since = now() - random() * interval '300 days'
     where workspace_id = $1 and status = 'rejected' and random() < 0.01`,
  );
  await run(
    `insert into offers (workspace_id, id, application_id, version, status, currency, period, expires_on, extended_at, recorded_by, client, recorded_at)
     select $1, gen_random_uuid(), a.id, 1, 'extended', 'USD', 'year', current_date + floor(random() * 20 - 3)::int, now(), m.id, 'bench', now()
     from applications a, (select id from members where workspace_id = $1 and access = 'admin' limit 1) m
     where a.workspace_id = $1 and a.status = 'active' and a.stage = $2`,
    [workspaceId, stages.find(({ kind }) => kind === "offer")?.id],
  );
  await run("vacuum analyze", []);
  await client.end();
}
