import pg from "pg";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { READ } from "../src/domain/access.ts";
import { fillWorkspace } from "./fill-workspace.ts";
import { makeDatabase } from "./find.ts";

const APPLICATIONS = 100_000;
const CALLS = 100;
const GOAL_MS = 150;

const ACTIVE = "from applications where workspace_id = $1 and status = 'active'";
const FLOW = `select role_id, stage, source, count(*) filter (where first_visit), count(*) filter (where first_pass), count(*) filter (where left_for is null)
  from stays where workspace_id = $1 group by role_id, stage, source`;

/** What each answer takes at least: the SQL that gives its figures, and nothing around it. */
const BARE: Record<string, string> = {
  pipeline: `select role_id, stage, count(*) ${ACTIVE} group by role_id, stage`,
  funnel: FLOW,
  time_in_stage:
    "select stage, tenths, count(*) from stays where workspace_id = $1 and left_at is not null group by stage, tenths",
  time_to_fill: "select opened_at, closed_at, status from roles where workspace_id = $1",
  sources:
    "select source, status, count(*) from applications where workspace_id = $1 group by source, status",
  owed: `select role_id, stage, count(*), count(*) filter (where present_flags is null) ${ACTIVE} group by role_id, stage`,
  agreement: "select application_id, round, member_id, ratings from scorecards where workspace_id = $1",
  impact: `select s.role_id, s.stage, r.question, r.answer, count(*) filter (where s.first_visit), count(*) filter (where s.first_pass)
    from self_reports r join stays s on s.workspace_id = r.workspace_id and s.application_id = r.application_id
    where r.workspace_id = $1 and s.left_at < now() group by 1, 2, 3, 4`,
};

/** get_pipeline and every report on PostgreSQL with 100,000 applications in a workspace, beside the bare SQL. */
export async function benchReports(): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    console.log("reports: skipped, since it takes a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const database = await makeDatabase(url);
  const config = readConfig({ DATABASE_URL: database.url, GREENFLAG_LOG: "silent" });
  const app = createApp(config, { command: "bench", allowFiles: false });
  const { workspaceId } = await app.store();
  await fillWorkspace(database.url, workspaceId, APPLICATIONS);
  const services = await app.services();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { signal } = new AbortController();
  const session = await services.startSession({ client: "bench", tool: "get_report", access: READ, signal });
  for (const [name, text] of Object.entries(BARE)) {
    const report = name as Parameters<typeof services.reports.get>[1]["report"];
    const ours = () =>
      name === "pipeline" ? services.pipeline.get(session, {}) : services.reports.get(session, { report });
    const floor = await times(() => client.query({ name, text, values: [workspaceId] }));
    const mine = await times(ours);
    console.log(
      `${name}, ${APPLICATIONS} applications: median ${at(mine, 0.5)} ms, p99 ${at(mine, 0.99)} ms; bare SQL ${at(floor, 0.5)} and ${at(floor, 0.99)} ms (goal: p99 under ${GOAL_MS} ms)`,
    );
    if (name === "pipeline") continue;
    const drawn = await services.reports.get(session, { report });
    const pictures = await times(() => services.reports.draw(drawn), 20);
    if ((await services.reports.draw(drawn)) !== null)
      console.log(`  its chart: median ${at(pictures, 0.5)} ms`);
  }
  await benchInterviewer(database.url, workspaceId, client);
  await client.end();
  await app.close();
  await database.drop();
}

/** The same for an interviewer on the panels of two of the forty roles, who sees a twentieth of it. */
async function benchInterviewer(url: string, workspaceId: string, client: pg.Client): Promise<void> {
  const email = "interviewer@example.test";
  await client.query(
    `insert into members (workspace_id, id, email, name, access, created_at)
     values ($1, gen_random_uuid(), $2, 'Interviewer', 'interviewer', now())`,
    [workspaceId, email],
  );
  const panel = JSON.stringify([{ round: "screen", members: [email] }]);
  await client.query("update roles set panel = $2 where workspace_id = $1 and key in ('R1', 'R2')", [
    workspaceId,
    panel,
  ]);
  const config = readConfig({ DATABASE_URL: url, GREENFLAG_LOG: "silent", GREENFLAG_MEMBER: email });
  const app = createApp(config, { command: "bench", allowFiles: false });
  const services = await app.services();
  const { signal } = new AbortController();
  const by = (tool: string) => services.startSession({ client: "bench", tool, access: READ, signal });
  const asked: Record<string, () => Promise<unknown>> = {
    find_candidates: async () => services.applications.find(await by("find_candidates"), {}),
    get_pipeline: async () => services.pipeline.get(await by("get_pipeline"), {}),
    get_candidate: async () => services.dossiers.read(await by("get_candidate"), { application: "R1-40" }),
    funnel: async () => services.reports.get(await by("get_report"), { report: "funnel" }),
    owed: async () => services.reports.get(await by("get_report"), { report: "owed" }),
  };
  for (const [name, work] of Object.entries(asked)) {
    const taken = await times(work);
    console.log(
      `${name} of an interviewer, ${APPLICATIONS} applications: median ${at(taken, 0.5)} ms, p99 ${at(taken, 0.99)} ms (goal: p99 under ${GOAL_MS} ms)`,
    );
  }
  await app.close();
}

/** Milliseconds that each of some calls takes, sorted, after a few that do not count. */
export async function times(work: () => Promise<unknown>, calls = CALLS): Promise<number[]> {
  for (let n = 0; n < 5; n += 1) await work();
  const taken: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const started = performance.now();
    await work();
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b);
}

/** The time that such a share of the calls stays under. */
export const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
