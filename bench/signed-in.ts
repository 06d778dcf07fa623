import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { listenHttp } from "../src/http.ts";
import { startIssuer } from "../test/support/issuer.ts";
import { fill, makeDatabase } from "./find.ts";
import { report } from "./report.ts";

const CALLS = 300;
const ROUNDS = 5;
const APPLICATIONS = 200;
const MEMBER = "ada@example.test";
const CALLER = fileURLToPath(new URL("caller.mjs", import.meta.url));

/** What a call costs the server with an access token that it checks, beside one on the loopback without any. */
export async function benchSignedIn(): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    console.log("signed-in calls: skipped, since they take a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const database = await makeDatabase(url);
  const environment = { DATABASE_URL: database.url, GREENFLAG_MEMBER: MEMBER, GREENFLAG_LOG: "silent" };
  const app = createApp(readConfig(environment), { command: "bench", allowFiles: false });
  await fill(database.url, (await app.store()).workspaceId, APPLICATIONS);
  const issuer = await startIssuer();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const open = await listenHttp(app, { host: "127.0.0.1", port: 0 });
  const signedIn = await listenHttp(app, { host: "127.0.0.1", port, publicUrl, oidcIssuer: issuer.url });
  const token = await issuer.token(publicUrl, { claims: { email: MEMBER } });
  const spent: { open: number[]; signedIn: number[] } = { open: [], signedIn: [] };
  // The first calls pay for what is compiled and kept from then on.
  await cpuMs(open.url);
  await cpuMs(signedIn.url, token);
  for (let round = 0; round < ROUNDS; round += 1) {
    spent.open.push(await cpuMs(open.url));
    spent.signedIn.push(await cpuMs(signedIn.url, token));
  }
  report(
    "CPU of a signed-in call (ms)",
    Math.min(...spent.signedIn) / CALLS,
    Math.min(...spent.open) / CALLS,
    "at most 1.15 x",
  );
  await Promise.all([open.close(), signedIn.close(), issuer.stop()]);
  await app.close();
  await database.drop();
}

/** CPU time of this process while another one calls it. */
async function cpuMs(url: string, token = ""): Promise<number> {
  const before = process.cpuUsage();
  await promisify(execFile)(process.execPath, [CALLER, url, String(CALLS), token]);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
