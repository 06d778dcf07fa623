// A scripted client in one page: connects as a host does, does a small job, checks every answer, and exits non-zero
// when one is not as promised. Run it after `npm run build`: npx tsx examples/client/main.ts
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const dataDir = mkdtempSync(join(tmpdir(), "greenflag-example-"));
const client = new Client({ name: "example-client", version: "1.0.0" });
const env = {
  ...process.env,
  DATABASE_URL: "",
  GREENFLAG_DATA_DIR: dataDir,
  GREENFLAG_MEMBER: "lead@example.com",
  GREENFLAG_LOG: "error",
};
const command = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [command],
    env: env as Record<string, string>,
  }),
);

try {
  const { tools } = await client.listTools();
  console.log(
    `${tools.length} tools, among them ${tools
      .slice(0, 3)
      .map((tool) => tool.name)
      .join(", ")}`,
  );

  const opened = await call("open_role", {
    template: "mlops-engineer",
    lane: "pipeline_owner",
    level: "mid",
    location: "Leeds",
  });
  assert.equal(opened.role.key, "MLE");

  const resume_text =
    "Ran 12 models in production. On call one week in four, about 2 pages a week. Cut GPU spend by 38%.";
  const added = await call("add_candidate", {
    role: "MLE",
    name: "Zoë Okafor 🦊",
    email: "zoe@example.com",
    resume_text,
  });
  assert.deepEqual([added.application.ref, added.application.stage], ["MLE-1", "applied"]);

  const scored = await call("score_candidate", { application: "MLE-1" });
  const shown = scored.assessment.flags.filter((flag: { verdict: string }) => flag.verdict === "present");
  for (const flag of shown) for (const { quote } of flag.evidence) assert.ok(resume_text.includes(quote));
  console.log(`present: ${shown.map((flag: { id: string }) => flag.id).join(", ")}`);

  const asked = await call("move_candidate", {
    application: "MLE-1",
    to: "rejected",
    reason: "Position filled",
  });
  assert.equal(asked.moved, undefined, "a rejection waits for a person");
  const confirm = asked.confirmation.code;
  const moved = await call("move_candidate", {
    application: "MLE-1",
    to: "rejected",
    reason: "Position filled",
    confirm,
  });
  assert.equal(moved.application.status, "rejected");

  const back = await call("undo_move", { application: "MLE-1" });
  assert.equal(back.application.status, "active");
  console.log("every answer was as promised");
} finally {
  await client.close();
  rmSync(dataDir, { recursive: true, force: true });
}

// biome-ignore lint/suspicious/noExplicitAny: a script reads whatever fields the answer has
async function call(name: string, args: Record<string, unknown>): Promise<Record<string, any>> {
  const result = await client.callTool({ name, arguments: args });
  assert.notEqual(result.isError, true, `${name}: ${JSON.stringify(result.content)}`);
  return result.structuredContent as Record<string, unknown>;
}
