import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import pg from "pg";
import { uuidv7 } from "uuidv7";
import * as z from "zod";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { listenHttp } from "../src/http.ts";
import { report } from "./report.ts";

const APPLICATIONS = 10_000;
const SECONDS = 4;
const CALLERS = 8;

/** What `find_candidates` costs over HTTP on PostgreSQL, beside a bare SDK tool that runs the same SQL. */
export async function benchFind(): Promise<void> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    console.log("find_candidates: skipped, since it takes a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const database = await makeDatabase(url);
  const app = createApp(readConfig({ DATABASE_URL: database.url, GREENFLAG_LOG: "silent" }), {
    command: "bench",
    allowFiles: false,
  });
  const ours = await listenHttp(app, { host: "127.0.0.1", port: 0 });
  const workspaceId = (await app.store()).workspaceId;
  await fill(database.url, workspaceId, APPLICATIONS);
  const floor = await bareServer(database.url, workspaceId);
  const rates: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (let round = 0; round < 3; round += 1) {
    rates.floor.push(await rate(floor.url));
    rates.ours.push(await rate(ours.url));
  }
  report(
    `find_candidates over HTTP, ${APPLICATIONS} applications (calls a second)`,
    Math.max(...rates.ours),
    Math.max(...rates.floor),
    "at least 0.5 x",
  );
  await Promise.all([ours.close(), floor.close()]);
  await app.close();
  await database.drop();
}

/** A database of its own on the server that was named, to be dropped after. `suffix` tells several of one run apart. */
export async function makeDatabase(server: string, suffix = "") {
  const name = `greenflag_bench_${process.pid}${suffix}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** A role with so many applications. */
export async function fill(url: string, workspaceId: string, applications: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const member = (await client.query<{ id: string }>("select id from members limit 1")).rows[0]?.id;
  const role = uuidv7();
  await client.query(
    `insert into roles (workspace_id, id, key, template, title, level, location, remote, currency, stages, status, owner_id, opened_at)
     values ($1, $2, 'MLE', 'mlops-engineer', 'MLOps engineer', 'senior', 'Lisbon', true, 'USD', $3, 'open', $4, now())`,
    [
      workspaceId,
      role,
      JSON.stringify([
        { id: "applied", name: "Applied", kind: "application", goal_days: 3, gate: ["assessment"] },
      ]),
      member,
    ],
  );
  const ids = Array.from({ length: applications }, () => [uuidv7(), uuidv7()] as const);
  await client.query(
    `insert into candidates (workspace_id, id, name, email, search_key, created_at)
     select $1, id, 'Person ' || n, 'p' || n || '@example.test', 'person ' || n || ' p' || n || '@example.test', now()
     from unnest($2::uuid[]) with ordinality as t(id, n)`,
    [workspaceId, ids.map(([id]) => id)],
  );
  await client.query(
    `insert into applications (workspace_id, id, ref, role_id, candidate_id, stage, status, stage_entered_at, applied_at)
     select $1, id, 'MLE-' || n, $4, candidate, 'applied', 'active', now(), now()
     from unnest($2::uuid[], $3::uuid[]) with ordinality as t(id, candidate, n)`,
    [workspaceId, ids.map(([, id]) => id), ids.map(([id]) => id), role],
  );
  await client.query("analyze");
  await client.end();
}

/** The floor: the SDK with one tool, and the two statements that the answer takes. */
async function bareServer(url: string, workspaceId: string) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on("error", () => {});
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "bare", version: "1.0.0" });
    const inputSchema = z.strictObject({ query: z.string().optional() });
    const outputSchema = z.object({
      applications: z.array(z.looseObject({ ref: z.string() })),
      total: z.number(),
    });
    server.registerTool(
      "find_candidates",
      { description: "Find", inputSchema, outputSchema },
      async ({ query }) => {
        const like = `%${query ?? ""}%`;
        const page = await pool.query<{ ref: string }>({
          name: "page",
          text: `select a.id, a.ref, c.name, r.key, a.stage, a.status, a.stage_entered_at, a.applied_at, a.source, a.present_flags, a.has_submission
          from applications a join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
          join roles r on r.workspace_id = a.workspace_id and r.id = a.role_id
          where a.workspace_id = $1 and c.search_key like $2 order by a.id desc limit 21`,
          values: [workspaceId, like],
        });
        const total = await pool.query<{ n: number }>({
          name: "total",
          text: `select count(*)::int n from applications a join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
          where a.workspace_id = $1 and c.search_key like $2`,
          values: [workspaceId, like],
        });
        const structuredContent = { applications: page.rows.slice(0, 20), total: total.rows[0]?.n ?? 0 };
        return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
      },
    );
    return server;
  });
  const node = toNodeHandler(handler);
  const server = createServer(
    (request, response) =>
      void node(request as Parameters<typeof node>[0], response as unknown as Parameters<typeof node>[1]),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    async close() {
      await handler.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

/** Calls answered in a second, from several callers at once, with the 2026-07-28 protocol. */
async function rate(url: string): Promise<number> {
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: "bench", version: "1" },
  };
  const headers = {
    ...{ "content-type": "application/json", accept: "application/json, text/event-stream" },
    ...{ "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "find_candidates" },
  };
  const until = performance.now() + SECONDS * 1000;
  let answered = 0;
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let n = 0; performance.now() < until; n += 1) {
        const params = {
          name: "find_candidates",
          arguments: { query: `person ${caller}${n % 100}` },
          _meta: meta,
        };
        const response = await fetch(url, {
          method: "POST",
          headers,
          body: JSON.stringify({ jsonrpc: "2.0", id: n, method: "tools/call", params }),
        });
        const text = await response.text();
        if (!text.includes('"total"')) throw new Error(`an answer without a total: ${text.slice(0, 300)}`);
        answered += 1;
      }
    }),
  );
  return answered / SECONDS;
}
