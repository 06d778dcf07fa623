import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

// `npm run dev`: the server from source on a record with four candidates, started again at each change. What follows on
// the command line goes to Node (--inspect).

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const DIRECTORY = file("node_modules/.cache/greenflag/dev");
const PROGRAM = file("src/cli.ts");
/** The first call makes the database, which takes its time on a busy machine. */
const PATIENT = { timeout: 600_000 };
const TSX = createRequire(import.meta.url).resolve("tsx/cli");

const environment = (directory: string): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  DATABASE_URL: "",
  GREENFLAG_DATA_DIR: directory,
  GREENFLAG_MEMBER: process.env.GREENFLAG_MEMBER ?? "mara.lindqvist@example.com",
});

if (!existsSync(DIRECTORY)) await seed();
spawn(
  process.execPath,
  [TSX, "watch", "--include", file("src/catalog/**/*"), ...process.argv.slice(2), PROGRAM, "serve"],
  { env: environment(DIRECTORY), stdio: "inherit" },
).on("exit", (code) => {
  process.exitCode = code ?? 0;
});

/** Makes the record through the tools, beside its place, so that it is there whole or not at all. */
async function seed(): Promise<void> {
  const half = `${DIRECTORY}-${process.pid}`;
  mkdirSync(half, { recursive: true });
  const client = new Client({ name: "greenflag-dev", version: "1.0.0" });
  try {
    await fill(half, client).finally(() => client.close());
    renameSync(half, DIRECTORY);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

async function fill(directory: string, client: Client): Promise<void> {
  const env = { ...environment(directory), GREENFLAG_LOG: "error" };
  const transport = new StdioClientTransport({ command: process.execPath, args: [TSX, PROGRAM], env });
  await client.connect(transport, PATIENT);
  const call = async (name: string, args: Record<string, unknown>): Promise<void> => {
    const { isError, content } = await client.callTool({ name, arguments: args }, PATIENT);
    if (isError) throw new Error(`${name}: ${JSON.stringify(content)}`);
  };
  await call("open_role", {
    ...{ template: "mlops-engineer", lane: "serving_reliability", level: "senior", location: "Lisbon" },
    outcomes: ["Serving p99 under 250 ms at twice the traffic within six months"],
  });
  for (const [n, id] of ["ines-moreira", "tobias-wendt", "marcus-bell", "dana-whitlock"].entries()) {
    const resume = readFileSync(file(`examples/resumes/${id}.md`), "utf8");
    const name = id.replace(/(?:^|-)[a-z]/g, (letter) => letter.replace("-", " ").toUpperCase());
    await call("add_candidate", {
      ...{ role: "MLE", name, email: `${id}@example.com`, source: "referral", resume_text: resume },
    });
    const application = `MLE-${n + 1}`;
    if (n < 3) await call("score_candidate", { application });
    if (n < 2) await call("move_candidate", { application, to: "screen" });
  }
}
