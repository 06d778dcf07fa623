import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { ADMINISTER } from "../src/domain/access.ts";
import { startIssuer } from "../test/support/issuer.ts";
import { fill, makeDatabase } from "./find.ts";
import { median } from "./report.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const CALLS = 300;
const ROUNDS = 7;
const APPLICATIONS = 200;
const MEMBER = "ada@example.test";
const CALLER = fileURLToPath(new URL("caller.mjs", import.meta.url));

/**
 * What a call of the same tool costs the server's process with a personal token and with the access token of a sign-in,
 * beside one on the loopback without any; and what it costs two processes on one database, beside one process alone.
 */
export async function benchSignedIn(): Promise<void> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    console.log("signed-in calls: skipped, since they take a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  // Once there is a token, each call needs one: whoever calls without has a database without tokens.
  const [without, team] = [await makeDatabase(server, "_open"), await makeDatabase(server, "_team")];
  await prepare(without.url);
  const token = await prepare(team.url, { withToken: true });
  const issuer = await startIssuer();
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const signIn = await issuer.token(publicUrl, { claims: { email: MEMBER } });
  const open = { databaseUrl: without.url, member: MEMBER, port: 0 };
  const personal = { ...open, databaseUrl: team.url };
  const signedIn = { ...personal, port: Number(new URL(publicUrl).port), publicUrl, oidcIssuer: issuer.url };

  const all = await startServerProcess(open, personal, signedIn);
  const [openUrl = "", personalUrl = "", signedInUrl = ""] = all.urls;
  const byKind = await inTurn({
    "without a token": () => cpuMs([all], [openUrl]),
    "with a personal token": () => cpuMs([all], [personalUrl], token),
    "of a sign-in": () => cpuMs([all], [signedInUrl], signIn),
  });
  await all.stop();
  told(byKind, "at most 1.15 x");

  const one = await startServerProcess(personal);
  const two = [await startServerProcess(personal), await startServerProcess(personal)];
  const byProcesses = await inTurn({
    "to one process": () => cpuMs([one], one.urls, token),
    "to two processes": () =>
      cpuMs(
        two,
        two.flatMap(({ urls }) => urls),
        token,
      ),
  });
  await Promise.all([one, ...two].map((process) => process.stop()));
  told(byProcesses, "within a tenth");
  await issuer.stop();
  await Promise.all([without.drop(), team.drop()]);
}

/** Fills a database with people to find; where it is asked for, makes a personal token, and gives it. */
async function prepare(url: string, { withToken = false } = {}): Promise<string> {
  const environment = { DATABASE_URL: url, GREENFLAG_MEMBER: MEMBER, GREENFLAG_LOG: "silent" };
  const app = createApp(readConfig(environment), { command: "bench", allowFiles: false });
  await fill(url, (await app.store()).workspaceId, APPLICATIONS);
  const { startSession, tokens } = await app.services();
  const { signal } = new AbortController();
  const session = await startSession({ client: "bench", tool: "token add", access: ADMINISTER, signal });
  const made = withToken ? await tokens.add(session, { email: MEMBER, name: "bench", days: 1 }) : undefined;
  await app.close();
  return made?.token ?? "";
}

/** Measures each of these in turn, again and again; the first calls pay for what is compiled and kept, and do not count. */
async function inTurn(
  kinds: Readonly<Record<string, () => Promise<number>>>,
): Promise<Map<string, number[]>> {
  const spent = new Map(Object.keys(kinds).map((name): [string, number[]] => [name, []]));
  for (let round = -2; round < ROUNDS; round += 1)
    for (const [name, measure] of Object.entries(kinds)) {
      const ms = await measure();
      if (round >= 0) spent.get(name)?.push(ms);
    }
  return spent;
}

/** CPU time a call of these server processes while another one calls them. */
async function cpuMs(
  servers: readonly ServerProcess[],
  urls: readonly string[],
  token = "",
): Promise<number> {
  const used = async () =>
    (await Promise.all(servers.map((server) => server.cpuMs()))).reduce((sum, ms) => sum + ms);
  const before = await used();
  await promisify(execFile)(process.execPath, [CALLER, urls.join(), String(CALLS), token]);
  return ((await used()) - before) / CALLS;
}

/** Each kind beside the first, by the ratios of the same round, which drift of the machine leaves as they are. */
function told(spent: ReadonlyMap<string, readonly number[]>, goal: string): void {
  const [[floor, ofFloor] = ["", []], ...others] = spent;
  for (const [name, values] of others) {
    const ratio = median(values.map((ms, round) => ms / (ofFloor[round] ?? 0)));
    console.log(
      `CPU of a call ${name}: ${median(values).toFixed(2)} ms, ${floor}: ${median(ofFloor).toFixed(2)} ms = ` +
        `${ratio.toFixed(2)} x (goal: ${goal})`,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
