import * as z from "zod";
import { Area } from "./facts.ts";
import { anyOf, matcherOf, Paths, pathMatcher } from "./path-matcher.ts";
import { type SecretFinder, SecretLists, secretFinder } from "./secrets.ts";
import { TestWords } from "./test-cases/words.ts";

/** The catalogue's lists about files: areas in order, files to read whole or to quote, and the words of tests. */
export const FileKindLists = z.strictObject({
  areas: z.array(Paths.extend({ area: Area })).min(1),
  files: z.strictObject({
    read_whole: z.array(Paths),
    no_manifests: z.array(Paths),
    notes: z.array(Paths),
    apart: z.array(Paths),
  }),
  keepers: z.strictObject({ names: z.array(z.string().regex(/^[a-z-]+$/)) }),
  tests: TestWords,
  runs: z.strictObject({
    not_computed: z.array(Paths.extend({ what: z.string() })),
    not_computed_by_text: z.array(
      Paths.extend({
        what: z.string(),
        starts: z.array(z.string()).default([]),
        holds: z.array(z.string()).default([]),
      }),
    ),
    ci_files: Paths,
    eases_ci: z.array(z.string()),
  }),
  secrets: SecretLists,
});
type FileKindLists = z.infer<typeof FileKindLists>;

/** Sorts files by path, and says how tests are written. */
export type FileKinds = {
  /** The first area whose paths match. */
  areaOf(path: string): Area;
  /** Whether the whole file is needed to compute what would run: manifests and pipelines. */
  isReadWhole(path: string): boolean;
  /** Whether the file is JSON that may be a manifest by its content. */
  mayBeManifest(path: string): boolean;
  /** Whether commits under this name or address are by a program that keeps repositories up to date. */
  isKeeper(nameOrEmail: string): boolean;
  /** Whether the file holds the candidate's own notes about the work. */
  isNote(path: string): boolean;
  /** Whether test cases are looked for in the file: those of the area of tests, and others by their name. */
  isTest(path: string): boolean;
  /** Whether Python's frameworks collect the file by its name. */
  isCollected(path: string): boolean;
  /** Whether the file declares what dbt builds, and the tests of it. */
  isDbt(path: string): boolean;
  /** Whether the file may say which tests run. */
  isTestSetting(path: string): boolean;
  readonly testWords: TestWords;
  /** Whether a manifest is of fixtures, examples or other people, so that it is not applied as it stands. */
  isApart(path: string): boolean;
  /** What a file says about what runs, where no figures are computed of it. */
  notComputed(path: string): string | undefined;
  /** The same by its text. */
  notComputedByText(path: string, text: string): string | undefined;
  /** Whether the file tells a CI system what to run. */
  isCi(path: string): boolean;
  /** Whether a line lets a CI run pass in spite of a failure, or leaves a part of it out. */
  easesCi(line: string): boolean;
  readonly secrets: SecretFinder;
};

/** What readers of repositories need: which files are read whole, and which commits are a program's. */
export type ReadingKinds = Pick<FileKinds, "isReadWhole" | "mayBeManifest" | "isKeeper">;

/** The lists as functions, with their patterns compiled once. */
export function fileKindsFrom({ areas, files, keepers, tests, runs, secrets }: FileKindLists): FileKinds {
  const rules = areas.map((entry) => ({ area: entry.area, matches: matcherOf(entry) }));
  const areaOf = (path: string): Area => rules.find(({ matches }) => matches(path))?.area ?? "source";
  const isNamedTest = pathMatcher(tests.files);
  const notComputed = runs.not_computed.map((entry) => ({ what: entry.what, matches: matcherOf(entry) }));
  const byText = runs.not_computed_by_text.map((entry) => ({ ...entry, matches: matcherOf(entry) }));
  const isNoManifest = anyOf(files.no_manifests);
  const keeper = new RegExp(`(?:^|[+])(?:${keepers.names.join("|")})(?:$|[^a-z])`, "i");
  const eases = runs.eases_ci.map(bare);
  return {
    areaOf,
    isReadWhole: anyOf(files.read_whole),
    mayBeManifest: (path) => /\.json$/i.test(path) && !isNoManifest(path),
    isKeeper: (nameOrEmail) => keeper.test(nameOrEmail),
    isNote: anyOf(files.notes),
    isTest: (path) => areaOf(path) === "tests" || (areaOf(path) === "source" && isNamedTest(path)),
    isCollected: pathMatcher(tests.python.files),
    isDbt: pathMatcher(tests.not_counted.dbt_files),
    isTestSetting: pathMatcher(tests.not_counted.settings_files),
    testWords: tests,
    isApart: anyOf(files.apart),
    notComputed: (path) => notComputed.find(({ matches }) => matches(path))?.what,
    notComputedByText: (path, text) =>
      byText.find(
        ({ matches, starts, holds }) =>
          matches(path) &&
          holds.every((word) => text.includes(word)) &&
          (starts.length === 0 || starts.some((start) => `\n${text}`.includes(`\n${start}`))),
      )?.what,
    isCi: matcherOf(runs.ci_files),
    easesCi: (line) => eases.some((mark) => bare(line).includes(mark)),
    secrets: secretFinder(secrets, areaOf),
  };
}

/** A line without blanks, quotes and letter case, and empty if it is a comment. */
const bare = (line: string): string =>
  /^\s*(?:#|\/\/)/.test(line) ? "" : line.replace(/[\s"']/g, "").toLowerCase();
