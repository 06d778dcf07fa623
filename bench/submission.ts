import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handIn, startExerciseHost } from "../examples/demo/exercise.ts";
import { createApp } from "../src/app.ts";
import { loadCatalog } from "../src/catalog/load.ts";
import { readConfig } from "../src/config.ts";
import { RUN } from "../src/domain/access.ts";
import type { RecordPart } from "../src/domain/candidates/record-parts.ts";
import { computeFacts } from "../src/domain/submission/compute-facts.ts";
import type { SubmissionSnapshot } from "../src/domain/submission/snapshot.ts";
import { storedSubmissionText } from "../src/mcp/text/submission.ts";
import { median } from "./report.ts";

const FILES = 300;
const LINES = 20_000;
const MORE = 4;
const MANY_FILES = 3_000;
const MANY_LINES = 200_000;
const REPEATS = 100;

/** What summarize_submission computes of a large pull request, and what a stored snapshot takes beside the record. */
export async function benchSubmission(): Promise<void> {
  const catalog = loadCatalog({});
  const fileKinds = catalog.fileKinds();
  const exercise = catalog.get("mlops-engineer").exercises.find((e) => e.id === "overprovisioned-serving");
  if (!exercise) throw new Error("the serving exercise is gone");
  const read = (lines: number, files = FILES) => {
    const snapshot = snapshotOf(files, lines);
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      computeFacts(snapshot, { fileKinds, blind: true, exercise });
      return performance.now() - started;
    });
    return median(times);
  };
  read(LINES);
  const heapBefore = process.memoryUsage().heapUsed;
  const whole = read(LINES);
  const heap = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
  const more = read(LINES * MORE);
  console.log(
    `pull request of ${FILES} files and ${LINES} lines: ${whole.toFixed(0)} ms, ${Math.max(0, heap).toFixed(0)} MB (goal: under 500 ms, 150 MB); ` +
      `${(more / whole).toFixed(1)} x the time for ${MORE} x the lines (goal: at most ${MORE})`,
  );
  const many = read(MANY_LINES, MANY_FILES);
  const resident = process.resourceUsage().maxRSS / 1e3;
  console.log(
    `pull request of ${MANY_FILES} files and ${MANY_LINES} lines: ${many.toFixed(0)} ms, ${resident.toFixed(0)} MB in all (goal: under 2,000 ms, 400 MB); ` +
      `${(many / whole).toFixed(1)} x the time for ${MANY_LINES / LINES} x the lines and files`,
  );
  await stored();
}

async function stored(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  const github = await startExerciseHost();
  const env = {
    ...{ GREENFLAG_DATA_DIR: folder, GREENFLAG_LOG: "silent", GREENFLAG_MEMBER: "bench@example.test" },
    ...{
      GITHUB_API_URL: github.url,
      GITHUB_TOKEN: "for-the-loopback",
      GREENFLAG_GITHUB_OWNER: "example-hiring",
    },
  };
  const app = createApp(readConfig(env), { command: "bench", allowFiles: false });
  const services = await app.services();
  const { signal } = new AbortController();
  const session = await services.startSession({ client: "bench", tool: "open_role", access: RUN, signal });
  await services.roles.open(session, { template: "mlops-engineer", level: "senior", location: "Lisbon" });
  await services.candidates.add(session, { role: "MLE", name: "Bench", email: "b@example.test" });
  const application = "MLE-1";
  const given = await services.exercises.assign(session, {
    ...{ application, exercise: "overprovisioned-serving", github_username: "ines-example" },
  });
  handIn(github, given.submission.repository ?? "");
  await services.submissions.summarize(session, { application });
  const read = (include: readonly RecordPart[]) => services.dossiers.get(session, { application, include });
  const ours = await times(async () => {
    const { submission } = await read(["submission"]);
    if (submission) storedSubmissionText(submission);
  });
  // The rest of the record is read with it, whoever asks.
  const floor = await times(() => read([]));
  console.log(
    `summary of a stored snapshot: ${ours.toFixed(1)} ms against ${floor.toFixed(1)} ms for the record without it ` +
      `(goal: under 5 ms over that)`,
  );
  await app.close();
  await github.close();
  rmSync(folder, { recursive: true, force: true });
}

async function times(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < REPEATS; n += 1) {
    const started = performance.now();
    await work();
    all.push(performance.now() - started);
  }
  return median(all);
}

/** A change of many files: a tenth manifests, the rest source and tests. */
function snapshotOf(files: number, lines: number): SubmissionSnapshot {
  const each = Math.round(lines / files);
  const body = Array.from({ length: each }, (_, n) => `+    value_${n} = compute(${n}, label="row ${n}")`);
  const changed = Array.from({ length: files }, (_, n) => ({
    path:
      n % 10 === 0 ? `serving/app-${n}.yaml` : n % 3 === 0 ? `tests/test_${n}.py` : `src/part_${n}/module.py`,
    ...{ previousPath: undefined, status: "added" as const, added: each, removed: 0, binary: false },
    patch: `@@ -0,0 +1,${each} @@\n${body.join("\n")}`,
  }));
  const manifest = (n: number) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: app-${n} }\nspec:\n  replicas: 2\n  template: { spec: { containers: [{ name: a, image: "r/a:1", resources: { requests: { cpu: 1, memory: 1Gi } } }] } }\n`;
  return {
    ...{ source: "pull_request", repository: "acme/work", identities: ["zed-handle"], number: 1 },
    ...{ webUrl: "https://github.com/acme/work", title: "Answer", body: "", state: "open", draft: false },
    ...{ branch: "answer", base: "main", headSha: "1".repeat(40), baseSha: "2".repeat(40) },
    ...{ createdAt: null, pushedAt: null, checks: [], runs: [], forcePushes: 0, missing: [] },
    ...{ beside: [], history: null, unread: [] },
    totals: { commits: 1, files, added: each * files, removed: 0 },
    commits: [],
    files: changed,
    tree: changed.map(({ path }) => ({ path, mode: "100644", bytes: each * 50 })),
    before: [],
    after: changed
      .filter(({ path }) => path.endsWith(".yaml"))
      .map(({ path }, n) => ({ path, text: manifest(n) })),
  };
}
