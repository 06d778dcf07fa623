import pg from "pg";
import { loadCatalog } from "../src/catalog/load.ts";

/** A workspace of `applications` people over two years in forty roles, a third of them still active, as set-based SQL. */
export async function fillWorkspace(url: string, workspaceId: string, applications: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const stages = JSON.stringify(loadCatalog({}).get("mlops-engineer").stages);
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run("select setseed(0.5)");
  await run("alter table applications disable trigger applications_stays");
  await run("alter table moves disable trigger moves_stays");
  await run(
    `insert into roles (workspace_id, id, key, template, title, level, location, remote, currency, stages, status, owner_id, opened_at, closed_at)
     select $1, gen_random_uuid(), 'R' || n, 'mlops-engineer', 'MLOps engineer', 'senior', 'Lisbon', false, 'USD', $2,
            case when n <= 25 then 'open' else 'filled' end, (select id from members where workspace_id = $1 limit 1),
            now() - n * interval '9 days', case when n <= 25 then null else now() - n * interval '4 days' end
     from generate_series(1, 40) n`,
    [workspaceId, stages],
  );
  await run(`create temp table life as
    select n, gen_random_uuid() as app, gen_random_uuid() as person, r.id as role_id, r.key,
           now() - (10 + random() * 700) * interval '1 day' as applied_at,
           least(7, floor(-ln(random()) / 0.7))::int as depth, random() > 0.33 as ended,
           (array['referral', 'linkedin', 'careers page', 'agency', 'meetup', null])[1 + floor(random() * 6)] as source
    from generate_series(1, ${applications}) n
    join (select id, key, row_number() over (order by key) as k from roles) r on r.k = 1 + n % 40`);
  await run(
    `insert into candidates (workspace_id, id, name, email, search_key, created_at)
     select $1, person, 'Person ' || n, 'p' || n || '@example.test', 'person ' || n, applied_at from life`,
    [workspaceId],
  );
  const stage = "(($2::jsonb)->k->>'id')";
  await run(
    `insert into applications (workspace_id, id, ref, role_id, candidate_id, stage, status, version, stage_entered_at, applied_at, source, present_flags)
     select $1, app, key || '-' || n, role_id, person, (($2::jsonb)->depth->>'id'),
            case when not ended then 'active' when depth = 7 then 'hired' else 'rejected' end, depth + 1,
            applied_at + depth * interval '30 hours', applied_at, source, case when random() < 0.8 then '{}'::text[] end
     from life`,
    [workspaceId, stages],
  );
  await run(
    `insert into stays (workspace_id, application_id, version, role_id, stage, position, source, applied_at, entered_at, first_visit, left_at, left_version, tenths, first_pass, left_for)
     select $1, app, k + 1, role_id, ${stage}, k + 1, source, applied_at, applied_at + k * interval '30 hours', true,
            case when k < depth or ended then applied_at + (k + 1) * interval '30 hours' end, case when k < depth or ended then k + 2 end,
            case when k < depth or ended then (random() * 120)::int end, k < depth or (ended and depth = 7),
            case when k < depth then (($2::jsonb)->(k + 1)->>'id') when ended and depth = 7 then 'hired' when ended then 'rejected' end
     from life, generate_series(0, depth) k`,
    [workspaceId, stages],
  );
  await run(
    `insert into self_reports (workspace_id, application_id, question, answer)
     select $1, app, 'sex', case when random() < 0.6 then 'male' else 'female' end from life where random() < 0.7`,
    [workspaceId],
  );
  await run(
    "insert into impact_switch (workspace_id, turned_on_by, turned_on_at) select $1, id, now() from members limit 1",
    [workspaceId],
  );
  await fillPanels(run, workspaceId, stages);
  await run("alter table applications enable trigger applications_stays");
  await run("alter table moves enable trigger moves_stays");
  await run("vacuum analyze");
  await client.end();
}

type Run = (text: string, values?: unknown[]) => Promise<unknown>;

/** Ten colleagues: two on a round of everyone who got past the first stage, half of the active ones scored, all who ended. */
async function fillPanels(run: Run, workspaceId: string, stages: string): Promise<void> {
  await run(
    `insert into members (workspace_id, id, email, name, access, created_at)
     select $1, gen_random_uuid(), 'm' || n || '@example.test', 'M ' || n, 'interviewer', now() from generate_series(1, 10) n`,
    [workspaceId],
  );
  await run(
    `insert into interviewers (workspace_id, id, application_id, round, member_id, assigned_at, assigned_by)
     select $1, gen_random_uuid(), l.app, ($2::jsonb)->2->>'id', m.id, l.applied_at + interval '60 hours', m.id
     from life l join (select id, row_number() over () as k from members where workspace_id = $1 and access = 'interviewer') m
       on m.k in (1 + l.n % 10, 1 + (l.n + 3) % 10) where l.depth >= 2 and l.n % 5 = 0`,
    [workspaceId, stages],
  );
  await run(
    `insert into scorecards (workspace_id, id, application_id, round, member_id, version, ratings, recommendation, notes, submitted_by, by_admin, client, submitted_at)
     select $1, gen_random_uuid(), i.application_id, i.round, i.member_id, 1,
            (select jsonb_agg(jsonb_build_object('criterion', 'c' || c, 'level', 1 + floor(random() * 4), 'evidence', repeat('What they said. ', 20)))
             from generate_series(1, 4) c where i.id is not null),
            'yes', 'Notes', i.member_id, false, 'bench', i.assigned_at + interval '1 day'
     from interviewers i join life l on l.app = i.application_id where i.workspace_id = $1 and (l.ended or random() < 0.5)`,
    [workspaceId],
  );
}
