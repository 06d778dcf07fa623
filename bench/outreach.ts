import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { renderMessage } from "../src/mail/render.ts";
import { median, report } from "./report.ts";

const OTHERS = 200;
const DRAFTS = 60;
const never = new AbortController().signal;

/** A draft with its checks, stored, beside filling the same template alone. */
export async function benchOutreach(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  const env = {
    GREENFLAG_DATA_DIR: directory,
    GREENFLAG_MEMBER: "ada@example.test",
    GREENFLAG_LOG: "silent",
  };
  const app = createApp(readConfig(env), { command: "bench", allowFiles: false });
  const services = await app.services();
  const caller = { client: "bench", tool: "draft_outreach", signal: never };
  await services.roles.open(caller, {
    ...{ template: "mlops-engineer", level: "senior", location: "Lisbon", key: "MLE" },
    ...{ lane: "serving_reliability", comp_min: 170_000, comp_max: 205_000 },
  });
  for (let n = 0; n <= OTHERS; n += 1)
    await services.candidates.add(caller, {
      ...{ role: "MLE", name: `Person Number${n}`, email: `p${n}@example.test` },
      resume_text: "Ran 12 models in production on KServe 0.13.",
    });
  await services.assessments.score(caller, { application: "MLE-1" });
  const ours: number[] = [];
  for (let n = 0; n < DRAFTS; n += 1) {
    const note = `We spoke of this before, as somebody noted${" again".repeat(n % 7)}.`;
    const started = performance.now();
    await services.outreach.draft(caller, { application: "MLE-1", note });
    ours.push(performance.now() - started);
  }
  const message = services.catalog.get("mlops-engineer").messages.find((m) => m.id === "rejection");
  const facts = {
    ...{ first_name: "Zoë", role: { title: "MLOps engineer" }, company: null, note: null },
    sender: { name: "Ada" },
  };
  const floor: number[] = [];
  for (let n = 0; n < DRAFTS; n += 1) {
    const started = performance.now();
    if (message) await renderMessage(message, facts);
    floor.push(performance.now() - started);
  }
  report(
    `a draft among ${OTHERS} others, gathered, filled, checked and stored (ms)`,
    median(ours.slice(10)),
    median(floor.slice(10)),
    "under 10 ms",
  );
  await app.close();
  rmSync(directory, { recursive: true, force: true });
}
