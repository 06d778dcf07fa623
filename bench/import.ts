import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../src/app.ts";
import { importSource } from "../src/commands/import.ts";
import { readConfig } from "../src/config.ts";
import { ADMINISTER } from "../src/domain/access.ts";
import { joinPeople } from "../src/domain/transfer/join-people.ts";
import { withFingerprint } from "../src/services/transfer/fingerprint.ts";
import { readFilesOf } from "../src/services/transfer/read-files.ts";
import { application, person, sourceOf } from "../test/support/importing.ts";
import { lines, pdfOf } from "../test/support/pdf.ts";
import { report } from "./report.ts";

// A file is read in about a second of CPU, in a process of its own, so that 300 would take ten minutes.
const PEOPLE = 30;
const GOAL = "at most 2 x";

/** CPU seconds of this process and of those that it has started and that have ended. */
function cpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return [11, 12, 13, 14].reduce((sum, n) => sum + Number(fields[n]), 0) / 100;
}

/** What it takes to import people with one-page PDFs, beside reading those PDFs alone. */
export async function benchImport(): Promise<void> {
  if (process.platform !== "linux") {
    console.log("import: skipped, since CPU of child processes is read from /proc");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  const source = sourceOf(Array.from({ length: PEOPLE }, (_, n) => somebody(folder, n)));
  const { people } = joinPeople(source.people.map(withFingerprint));
  const config = readConfig({ GREENFLAG_DATA_DIR: join(folder, "data"), GREENFLAG_LOG: "silent" });
  const app = createApp(config, { command: "bench", allowFiles: false });
  const services = await app.services();
  const { signal } = new AbortController();
  const caller = { client: "bench", tool: "import", access: ADMINISTER, signal };
  const session = await services.startSession(caller);
  await services.roles.open(session, {
    template: "mlops-engineer",
    level: "senior",
    location: "Lisbon",
    key: "MLE",
  });
  const before = cpuSeconds();
  await readFilesOf(people);
  const bare = cpuSeconds() - before;
  const started = cpuSeconds();
  await importSource(session, services, source, {
    from: join(folder, "people.csv"),
    yes: true,
    print: () => {},
  });
  report(`import of ${PEOPLE} people with one-page PDFs, CPU seconds`, cpuSeconds() - started, bare, GOAL);
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}

function somebody(folder: string, n: number) {
  const path = join(folder, `resume-${n}.pdf`);
  const words = Array.from(
    { length: 40 },
    (_, k) => `Line ${k} of ${n}: ran models in production on Kubernetes since 20${10 + (k % 14)}.`,
  );
  writeFileSync(path, pdfOf({ content: lines([`Person ${n}`, ...words], 60, 780) }));
  return person(n, {
    ...{ email: `p${n}@example.test`, files: [{ name: `resume-${n}.pdf`, kind: "resume", path }] },
    applications: [
      application({
        ...{ role: "MLE", stage: "Phone screen", appliedAt: "2026-01-05", source: "LinkedIn" },
        records: [{ kind: "note", text: "Called.", author: "Jana", writtenAt: "2026-01-09" }],
      }),
    ],
  });
}
