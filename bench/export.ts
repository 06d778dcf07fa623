import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { fillWorkspace } from "./fill-workspace.ts";
import { makeDatabase } from "./find.ts";

const APPLICATIONS = 500;
const TIMES = 4;
const NO_FILES = { command: "bench", allowFiles: false } as const;
const { signal } = new AbortController();

type Took = { readonly rows: number; readonly export: number; readonly restore: number };

/** What an export and a restore take for a workspace and for one four times as large: as much for each row. */
export async function benchExport(): Promise<void> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    console.log("export: skipped, since it takes a PostgreSQL server (TEST_DATABASE_URL)");
    return;
  }
  const small = await measure(server, APPLICATIONS);
  const large = await measure(server, APPLICATIONS * TIMES);
  for (const what of ["export", "restore"] as const) {
    const [one, other] = [small, large].map((took) => (took[what] / took.rows) * 1000);
    console.log(
      `${what}: ${small.rows} rows in ${small[what].toFixed(0)} ms, ${large.rows} in ${large[what].toFixed(0)} ms; ` +
        `a row of the large one takes ${((other ?? 0) / (one ?? 1)).toFixed(2)} x as long (goal: at most 1.3 x)`,
    );
  }
}

/** Exports from PostgreSQL and restores into the embedded database, by the CPU time of this process. */
async function measure(server: string, applications: number): Promise<Took> {
  const database = await makeDatabase(server);
  const folder = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  const app = createApp(readConfig({ DATABASE_URL: database.url, GREENFLAG_LOG: "silent" }), NO_FILES);
  const into = createApp(
    readConfig({ GREENFLAG_DATA_DIR: join(folder, "data"), GREENFLAG_LOG: "silent" }),
    NO_FILES,
  );
  try {
    await fillWorkspace(database.url, (await app.store()).workspaceId, applications);
    await addFiles(database.url);
    const input = { directory: join(folder, "export"), version: "0.0.0" };
    const [out, back] = [await app.services(), await into.services()];
    const [from, to] = [await out.startUpkeep({ signal }), await back.startUpkeep({ signal })];
    const exported = await timed(() => out.archives.export(from, input));
    const restored = await timed(() => back.archives.restore(to, input));
    const rows = Object.values(exported.answer.files).reduce((sum, file) => sum + (file.rows ?? 0), 0);
    return { rows, export: exported.ms, restore: restored.ms };
  } finally {
    await app.close();
    await into.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  return { answer, ms: (user + system) / 1000 };
}

/** A document with a file of four kilobytes for every application. */
async function addFiles(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into documents (workspace_id, id, application_id, kind, name, text, sha256, hidden_text_removed, added_by, created_at)
     select workspace_id, gen_random_uuid(), id, 'resume', 'resume.pdf', repeat('Ran models in production. ', 60),
            sha256(id::text::bytea), 0, candidate_id, applied_at from applications`,
  );
  await client.query(
    `insert into originals (workspace_id, id, application_id, extension, bytes, reader)
     select workspace_id, id, application_id, '.pdf', decode(repeat(md5(id::text), 256), 'hex'), 1 from documents`,
  );
  await client.end();
}
