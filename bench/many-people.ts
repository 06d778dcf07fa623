import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Not among the benchmarks of `npm run bench`, since it takes some minutes: npm run build && npx tsx bench/many-people.ts
const PEOPLE = 1_000;
const TIMES = 10;
const PROGRAM = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
/** At its end, a process tells what it has used as the last line of what it prints. */
const TELLING = `data:text/javascript,process.on("exit",()=>console.log(JSON.stringify(process.resourceUsage())))`;
const STAGES = ["Applied", "Phone screen", "Paired exercise", "Offer", "Rejected", "Hired"];
const MAP = "roles:\n  MLOps engineer: {template: mlops-engineer, level: senior, location: Lisbon}\n";

type Used = { readonly cpuSeconds: number; readonly peakMb: number };

/**
 * What the built program takes to import ten times as many people as a thousand into an embedded database, and to export
 * them: as much CPU for each person, and at most half as much memory again. The floor is a start that does neither.
 */
function benchManyPeople(): void {
  const floor = inFolder((env) => use(["member", "list"], env));
  console.log(
    `a start on an empty database: ${floor.cpuSeconds.toFixed(1)} s of CPU, ${floor.peakMb.toFixed(0)} MB`,
  );
  const [small, large] = [PEOPLE, PEOPLE * TIMES].map(measure);
  for (const what of ["import", "export"] as const) {
    const [one, other] = [small?.[what] ?? floor, large?.[what] ?? floor];
    const [each, eachOfMany] = [one, other].map(({ cpuSeconds }) => cpuSeconds - floor.cpuSeconds);
    console.log(
      `${what}: ${text(PEOPLE, one)}; ${text(PEOPLE * TIMES, other)}; ` +
        `a person of many takes ${((eachOfMany ?? 0) / TIMES / (each ?? 1)).toFixed(2)} x the CPU above the start (goal: at most 1.3 x), ` +
        `the peak is ${(other.peakMb / one.peakMb).toFixed(2)} x (goal: at most 1.5 x)`,
    );
  }
}

const text = (people: number, { cpuSeconds, peakMb }: Used): string =>
  `${people} people in ${cpuSeconds.toFixed(1)} s of CPU and ${peakMb.toFixed(0)} MB`;

const measure = (people: number): { readonly import: Used; readonly export: Used } =>
  inFolder((env, folder) => {
    const sheet = join(folder, "people.csv");
    writeFileSync(sheet, sheetOf(people));
    writeFileSync(`${sheet}.greenflag-map.yaml`, MAP);
    const imported = use(["import", sheet, "--yes"], env);
    return { import: imported, export: use(["export", "--out", join(folder, "export")], env) };
  });

function inFolder<T>(work: (env: Record<string, string>, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-bench-"));
  try {
    return work({ GREENFLAG_DATA_DIR: join(folder, "data"), GREENFLAG_LOG: "silent" }, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function use(args: readonly string[], env: Record<string, string>): Used {
  const node = ["--import", TELLING, PROGRAM, ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, node, {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000, peakMb: maxRSS / 1_000 };
}

const sheetOf = (people: number): string =>
  [
    "Name,Email,Phone,Role,Stage,Applied,Source,Notes",
    ...Array.from({ length: people }, (_, n) => rowOf(n)),
  ].join("\n");

/** A row with a name of its own, so that nobody may be the same person as somebody else. */
function rowOf(n: number): string {
  const letters = [676, 26, 1].map((part) => String.fromCharCode(97 + (Math.floor(n / part) % 26))).join("");
  const phone = `+351 9${String(10_000_000 + n)}`;
  const day = `2026-0${1 + (n % 9)}-1${n % 9}`;
  const note = `Called in week ${n % 52}; ran models in production.`;
  return [
    `Ana Mor${letters}`,
    `p${n}@example.test`,
    phone,
    "MLOps engineer",
    STAGES[n % 6],
    day,
    "LinkedIn",
    note,
  ].join();
}

benchManyPeople();
