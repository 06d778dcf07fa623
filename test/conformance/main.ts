/**
 * Holds the built `serve` against the official conformance suite in both protocol eras. Ends with code 1 when a scenario
 * that applies to every server fails or did not run, or when any message breaks the protocol's schema.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { freshEnv, serve } from "../support/clients.ts";

const SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12";
/** The suite needs Node 22. Where this is an older one, npx brings one along. */
const NODE_FOR_SUITE = "node@24";
const SUITE_NODE_MAJOR = 22;
const OUTPUT_CHARS_SHOWN = 1_000;
const ERROR_CHARS_SHOWN = 400;

const ERAS = ["2025-11-25", "2026-07-28"] as const;
type Era = (typeof ERAS)[number];

/** The scenarios of each era that apply to every server. The others call tools, prompts or resources of a test server. */
const GENERIC: Record<Era, readonly string[]> = {
  "2025-11-25": [
    "server-initialize",
    "server-session-lifecycle",
    "server-sse-multiple-streams",
    "server-sse-polling",
    "ping",
    "tools-list",
    "prompts-list",
    "resources-list",
    "dns-rebinding-protection",
  ],
  "2026-07-28": [
    "server-stateless",
    "server-sse-multiple-streams",
    "tools-list",
    "prompts-list",
    "resources-list",
    "sep-2164-resource-not-found",
    "caching",
    "dns-rebinding-protection",
    "http-header-validation",
    "input-required-result-missing-input-response",
    "input-required-result-unsupported-methods",
    "input-required-result-ignore-extra-params",
    "input-required-result-validate-input",
  ],
};
/** How the suite says that a check of a generic scenario needs a tool of a test server. */
const NEEDS_TEST_TOOL = /^Not testable: server does not list the diagnostic tool/;
/** The check that the suite adds to every scenario: whether each message that it received fits the protocol's schema. */
const EVERY_MESSAGE_VALID = "wire-schema-valid";

const Checks = z.array(
  z.object({
    id: z.string(),
    status: z.enum(["SUCCESS", "FAILURE", "WARNING", "SKIPPED", "INFO"]),
    description: z.string().optional(),
    errorMessage: z.string().optional(),
  }),
);
type Check = z.infer<typeof Checks>[number] & { scenario: string };

/** Runs all that an era requires; gives every check, and what the suite printed. */
async function runSuite(url: string, era: string): Promise<{ checks: Check[]; output: string }> {
  const results = mkdtempSync(join(tmpdir(), "greenflag-conformance-"));
  const isOlderNode = Number.parseInt(process.versions.node, 10) < SUITE_NODE_MAJOR;
  const packages = [...(isOlderNode ? [NODE_FOR_SUITE] : []), SUITE].flatMap((name) => ["-p", name]);
  const command = ["conformance", "server", "--url", url, "--requirements", era, "-o", results];
  const child = spawn("npx", ["-y", ...packages, ...command], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "close");
  const checks = readdirSync(results).flatMap((folder) => {
    const scenario = folder.replace(/^server-/, "").replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, "");
    const checks = Checks.parse(JSON.parse(readFileSync(join(results, folder, "checks.json"), "utf8")));
    return checks.map((check) => ({ scenario, ...check }));
  });
  rmSync(results, { recursive: true, force: true });
  return { checks, output };
}

/** Prints how many checks of an era passed, and what went wrong; gives whether nothing did. */
async function examine(url: string, era: Era): Promise<boolean> {
  const { checks, output } = await runSuite(url, era);
  const schema = checks.filter(({ id }) => id === EVERY_MESSAGE_VALID);
  const generic = checks.filter(
    ({ id, scenario }) => id !== EVERY_MESSAGE_VALID && GENERIC[era].includes(scenario),
  );
  const needsTestTool = generic.filter(({ errorMessage = "" }) => NEEDS_TEST_TOOL.test(errorMessage));
  const passed = generic.filter(({ status }) => status === "SUCCESS");
  const failed = generic.filter((check) => check.status === "FAILURE" && !needsTestTool.includes(check));
  const valid = schema.filter(({ status }) => status === "SUCCESS");
  const wrong = [...failed, ...schema.filter((check) => !valid.includes(check))].map(
    ({ scenario, id, description = "", errorMessage = description }) =>
      `${scenario}: ${id}: ${errorMessage.slice(0, ERROR_CHARS_SHOWN)}`,
  );
  for (const scenario of GENERIC[era])
    if (!generic.some((check) => check.scenario === scenario)) wrong.push(`${scenario}: did not run`);
  console.log(
    `${era}: ${passed.length} of ${passed.length + failed.length} checks of ${GENERIC[era].length} generic scenarios passed` +
      ` (${needsTestTool.length} more need a test tool); every message valid in ${valid.length} of ${schema.length} scenarios`,
  );
  for (const line of wrong) console.log(`  FAILED ${line}`);
  if (checks.length === 0) console.log(output.slice(-OUTPUT_CHARS_SHOWN));
  return wrong.length === 0;
}

const server = await serve(freshEnv());
let isConformant = true;
try {
  for (const era of ERAS) isConformant = (await examine(server.url, era)) && isConformant;
} finally {
  await server.stop();
}
process.exitCode = isConformant ? 0 : 1;
