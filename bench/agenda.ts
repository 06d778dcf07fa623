import pg from "pg";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { READ } from "../src/domain/access.ts";
import { fillAhead } from "./fill-ahead.ts";
import { fillWorkspace } from "./fill-workspace.ts";
import { makeDatabase } from "./find.ts";
import { at, times } from "./reports.ts";

const APPLICATIONS = 100_000;
const GOAL_MS = 50;
const CALLS = 300;

/** What the answer takes at least: the interviews of a week, and the drafts that wait. */
const BARE = `select (select count(*) from interviews where workspace_id = $1 and ends_at > now() and ends_at < now() + interval '7 days'),
  (select count(*) from messages where workspace_id = $1 and status = 'draft')`;

/** get_agenda on PostgreSQL with 100,000 applications in a workspace, for oneself and for everybody, beside bare SQL. */
export async function benchAgenda(): Promise<void> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    console.log("get_agenda: skipped, since it takes a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const database = await makeDatabase(server);
  const { url } = database;
  const owner = createApp(readConfig({ DATABASE_URL: url, GREENFLAG_LOG: "silent" }), NO_FILES);
  const { workspaceId } = await owner.store();
  await fillWorkspace(url, workspaceId, APPLICATIONS);
  await fillAhead(url, workspaceId);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const bare = await times(() => client.query({ name: "bare", text: BARE, values: [workspaceId] }), CALLS);
  await client.end();
  await told("an owner of forty roles", owner, {}, bare);
  await told("everybody", owner, { member: "all" }, bare);
  await told("everybody, for a month", owner, { member: "all", days: 31 }, bare);
  await owner.close();
  const member = "m1@example.test";
  const interviewer = createApp(
    readConfig({ DATABASE_URL: url, GREENFLAG_LOG: "silent", GREENFLAG_MEMBER: member }),
    NO_FILES,
  );
  await told("an interviewer", interviewer, {}, bare);
  await interviewer.close();
  await database.drop();
}

const NO_FILES = { command: "bench", allowFiles: false } as const;

/** Times the agenda of somebody, session included. */
async function told(
  who: string,
  app: ReturnType<typeof createApp>,
  args: { member?: string; days?: number },
  bare: readonly number[],
): Promise<void> {
  const services = await app.services();
  const { signal } = new AbortController();
  const agenda = async () =>
    services.agenda.get(
      await services.startSession({ client: "bench", tool: "get_agenda", access: READ, signal }),
      args,
    );
  const { total } = await agenda();
  const taken = await times(agenda, CALLS);
  console.log(
    `get_agenda of ${who}, ${APPLICATIONS} applications, ${total.n} items: median ${at(taken, 0.5)} ms, p99 ${at(taken, 0.99)} ms; ` +
      `bare SQL ${at(bare, 0.5)} and ${at(bare, 0.99)} ms (goal: p99 under ${GOAL_MS} ms)`,
  );
}
