import { execFileSync } from "node:child_process";
import fc from "fast-check";
import type { Requirement } from "../../../src/domain/roles/role-template.ts";
import { AREAS } from "../../../src/domain/submission/facts.ts";
import { importCommits, type MadeCommit } from "../made-repository.ts";
import { type Cases, type Change, changeOf, type Files, type Piece, type Pods } from "./piece.ts";
import { source } from "./sources.ts";
import { otherTestFile, testFile } from "./test-files.ts";
import { workload } from "./workloads.ts";

/** What the made submissions are asked for. The traces of a piece name these. */
export const REQUIREMENTS: readonly Requirement[] = [
  { id: "metrics", text: "Metrics are served", content: ["start_http_server("] },
  { id: "limits", text: "Batches are limited", paths: ["config/**"], content: ["max_batch_size"] },
  { id: "docs", text: "It is described", paths: ["docs/**"] },
  { id: "old", text: "Old scripts are gone", deleted: ["src/old_*.py"] },
  { id: "less", text: "Less is requested", observed: ["cpu_reduced"] },
  { id: "tests", text: "It is tested", observed: ["tests_added"] },
];

/** A repository by construction: its pieces, and the commits of one author, maybe with a bot's among them. */
export type MadeSubmission = {
  readonly pieces: readonly Piece[];
  /** When each commit of the work was made, oldest in the history first; a clock may have gone back. */
  readonly dates: readonly string[];
  /** For each piece, the commit of each step. */
  readonly commitOf: (piece: Piece, step: number) => number;
  /** Before which commit a bot updates a list of packages. */
  readonly bot: number | null;
};

const MOST_PIECES = 12;
const MOST_COMMITS = 6;
const FIRST_DAY = Date.parse("2026-11-02T00:00:00Z");
const MINUTE = 60_000;

const alone = (piece: fc.Arbitrary<Piece>) => piece.map((one): readonly Piece[] => [one]);
const piecesOf = (n: number): fc.Arbitrary<readonly Piece[]> =>
  fc.oneof(
    { weight: 4, arbitrary: alone(testFile(n)) },
    { weight: 1, arbitrary: alone(otherTestFile(n)) },
    { weight: 4, arbitrary: workload(n) },
    { weight: 8, arbitrary: alone(source(n)) },
  );

export const madeSubmission: fc.Arbitrary<MadeSubmission> = fc
  .record({
    pieces: fc.tuple(...Array.from({ length: MOST_PIECES }, (_, n) => fc.option(piecesOf(n)))),
    minutes: fc.array(fc.nat({ max: 9 * 24 * 60 }), { minLength: 1, maxLength: MOST_COMMITS }),
    places: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: MOST_PIECES, maxLength: MOST_PIECES }),
    bot: fc.option(fc.nat({ max: MOST_COMMITS })),
  })
  .map(({ pieces, minutes, places, bot }) => {
    const present = pieces.flatMap((one) => one ?? []);
    const commitOf = (one: Piece, step: number) => {
      const [a, b] = places[present.indexOf(one) % places.length] ?? [0, 0];
      const sorted = [a % minutes.length, b % minutes.length].sort((x, y) => x - y);
      return sorted[step] ?? 0;
    };
    return {
      ...{ pieces: present, commitOf },
      dates: minutes.map((n) => new Date(FIRST_DAY + n * MINUTE).toISOString()),
      bot: bot === null ? null : bot % minutes.length,
    };
  });

/** Writes the repository: `main` as it was given, `answer` with the work. Gives the commits of the work by number. */
export function writeRepository(at: string, made: MadeSubmission): string[] {
  const git = (...args: string[]) => execFileSync("git", ["-C", at, ...args], { encoding: "utf8" }).trim();
  execFileSync("git", ["init", "--quiet", "--bare", "-b", "main", at]);
  const given = made.pieces.flatMap(({ path, from = path, given }) =>
    given === null ? [] : [[from, given] as const],
  );
  const start = { author: "Example Hiring <hiring@example.com>", at: "2026-10-01T10:00:00Z" };
  importCommits(
    at,
    "main",
    [{ ...start, files: { "README.md": "# Task\n", ...Object.fromEntries(given) } }],
    null,
  );
  const work = made.dates.map((date, n): MadeCommit => ({ at: date, files: filesOf(made, n) }));
  const bot: MadeCommit = {
    author: "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
    ...{ at: "2026-12-24T10:00:00Z", files: { "bot/requirements.txt": "numpy==2.4.0\n" } },
  };
  importCommits(at, "answer", made.bot === null ? work : work.toSpliced(made.bot, 0, bot));
  git("symbolic-ref", "HEAD", "refs/heads/answer");
  const shas = git("rev-list", "--reverse", "main..answer").split("\n");
  return made.bot === null ? shas : shas.toSpliced(made.bot, 1);
}

/** What one commit sets. */
function filesOf({ pieces, commitOf }: MadeSubmission, commit: number): Files {
  const files = pieces.flatMap((one) =>
    one.steps.flatMap((content, step): [string, Files[string]][] => {
      if (commitOf(one, step) !== commit) return [];
      return [...(one.from === undefined ? [] : [[one.from, null] as [string, null]]), [one.path, content]];
    }),
  );
  return Object.fromEntries(files);
}

type Changed = Piece & { readonly change: Change };
const changedIn = ({ pieces }: MadeSubmission): Changed[] =>
  pieces.flatMap((one) => {
    const change = changeOf(one);
    return change ? [{ ...one, change }] : [];
  });

const total = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0);

/** Every figure that follows from the construction, in the form of the facts. */
export function factsOf(made: MadeSubmission, shas: readonly string[], assignedAt: string) {
  const changed = changedIn(made);
  const inOrder = made.dates.toSorted();
  return {
    timeline: {
      ...{ commits: made.dates.length, merge_commits: 0, single_commit: made.dates.length === 1 },
      ...{ active_days: new Set(made.dates.map((date) => date.slice(0, 10))).size, force_pushes: null },
      ...{ first: inOrder[0], last: inOrder.at(-1) },
      before_assignment: made.dates.filter((date) => date < assignedAt).length,
    },
    totals: linesAndFiles(changed),
    areas: AREAS.flatMap((area) => {
      const own = changed.filter((one) => one.area === area);
      return own.length === 0 ? [] : [{ area, ...linesAndFiles(own) }];
    }),
    tests: testsOf(changed),
    without_diff: changed.filter(isBinary).map(({ path }) => path),
    coverage: coverageOf(changed),
    secrets: secretsOf(made, shas),
    repository: {
      files:
        1 + made.pieces.filter(({ steps }) => steps.at(-1) !== null).length + (made.bot === null ? 0 : 1),
      symbolic_links: changed.filter(({ change }) => change.status === "other").map(({ path }) => path),
    },
    beside:
      made.bot === null
        ? []
        : ["1 commit by dependabot[bot]: not counted, nor 1 file that nobody else changed"],
  };
}

const isBinary = ({ given, steps }: Piece) =>
  [given, ...steps].some((content) => content instanceof Uint8Array);

const linesAndFiles = (changed: readonly Changed[]) => ({
  files: changed.length,
  added: total(changed, ({ change }) => change.added),
  removed: total(changed, ({ change }) => change.removed),
});

function testsOf(changed: readonly Changed[]) {
  const files = changed.filter(({ area }) => area === "tests");
  const count = (key: keyof Cases) => total(files, ({ cases }) => cases?.[key] ?? 0);
  const having = (...status: Change["status"][]) =>
    files.filter(({ change }) => status.includes(change.status)).length;
  return {
    ...{ files_added: having("added"), files_removed: having("removed") },
    files_changed: having("modified", "renamed", "other"),
    ...{ cases_added: count("cases_added"), cases_removed: count("cases_removed") },
    ...{
      skipped_added: count("skipped_added"),
      focused_added: count("focused_added"),
      emptied: count("emptied"),
    },
    not_counted: files.flatMap(({ language, path }) => (language ? [`${language}: ${path}`] : [])),
  };
}

function coverageOf(changed: readonly Changed[]) {
  return REQUIREMENTS.map(({ id }) => {
    const isMet = changed.some(({ traces }) => traces?.includes(id));
    const isUncounted = id === "tests" && changed.some(({ language }) => language);
    const isTouched = changed.some(({ touches }) => touches === id);
    return { id, status: isMet ? "met_by" : isUncounted ? "not_known" : isTouched ? "touched" : "not_seen" };
  });
}

function secretsOf({ pieces, commitOf }: MadeSubmission, shas: readonly string[]) {
  return pieces.flatMap((one) => {
    if (!one.secret) return [];
    const { kind, line, from, to } = one.secret;
    const commit = commitOf(one, from);
    // In and out again in one commit, it was never there.
    if (to !== undefined && commitOf(one, to) === commit) return [];
    return [{ kind, path: one.path, line, commit: shas[commit], gone: to !== undefined }];
  });
}

/** The workloads by name, and the sums over all of them. Undefined where there is none. */
export function infrastructureOf({ pieces }: MadeSubmission) {
  const all = pieces.flatMap(({ workload, path }) => (workload ? [{ ...workload, path }] : []));
  if (all.length === 0) return null;
  const sums = (side: "before" | "after", of: (pods: Pods) => number) => ({
    at_least: total(all, ({ [side]: pods }) => (pods ? pods.least * of(pods) : 0)),
    at_most: total(all, ({ [side]: pods }) => (pods ? pods.most * of(pods) : 0)),
  });
  const requested = (of: (pods: Pods) => number) => {
    const [before, after] = [sums("before", of), sums("after", of)];
    const percent = (from: number, to: number) =>
      from === 0 ? null : Math.round(((to - from) / from) * 1000) / 10;
    return {
      ...{ before, after },
      percent: {
        at_least: percent(before.at_least, after.at_least),
        at_most: percent(before.at_most, after.at_most),
      },
    };
  };
  const shape = (pods: Pods | null) =>
    pods && {
      replicas: { at_least: pods.least, at_most: pods.most },
      requests: { cpu: pods.cpu, memory_gib: pods.memory, gpu: pods.gpu },
      bounded: pods.least < pods.most,
    };
  return {
    ...{ partial: false, requested_for_a_time: null, not_read: [], unreadable: [], not_evaluated: [] },
    requested: {
      cpu: requested(({ cpu }) => cpu),
      memory_gib: requested(({ memory }) => memory),
      gpu: requested(({ gpu }) => gpu),
    },
    workloads: all.map(({ name, path, before, after }) => ({
      ...{ name, path, kind: "Deployment", before: shape(before), after: shape(after) },
      status:
        before === null
          ? "added"
          : after === null
            ? "removed"
            : JSON.stringify(before) === JSON.stringify(after)
              ? "same"
              : "changed",
    })),
  };
}
