import * as z from "zod";
import { Area } from "./facts.ts";
import { pathMatcher } from "./path-matcher.ts";

const Paths = z.strictObject({ paths: z.array(z.string()).min(1), any_case: z.boolean().default(false) });

/** The catalogue's lists about files: areas in order, files to read whole or to quote, and marks of skipped tests. */
export const FileKindLists = z.strictObject({
  areas: z.array(Paths.extend({ area: Area })).min(1),
  files: z.strictObject({ read_whole: z.array(Paths), notes: z.array(Paths), apart: z.array(Paths) }),
  tests: z.strictObject({ skip_marks: z.array(z.string()).min(1) }),
  runs: z.strictObject({
    not_computed: z.array(Paths.extend({ what: z.string() })),
    ci_files: Paths,
    eases_ci: z.array(z.string()),
  }),
});
type FileKindLists = z.infer<typeof FileKindLists>;

/** Sorts files by path, and recognises lines that skip a test. */
export type FileKinds = {
  /** The first area whose paths match. */
  areaOf(path: string): Area;
  /** Whether the whole file is needed to compute what would run: manifests and pipelines. */
  isReadWhole(path: string): boolean;
  /** Whether the file holds the candidate's own notes about the work. */
  isNote(path: string): boolean;
  /** Whether a manifest is of fixtures, examples or other people, so that it is not applied as it stands. */
  isApart(path: string): boolean;
  skipsTest(line: string): boolean;
  /** What a file says about what runs, where no figures are computed of it. */
  notComputed(path: string): string | undefined;
  /** Whether the file tells a CI system what to run. */
  isCi(path: string): boolean;
  /** Whether a line lets a CI run pass in spite of a failure, or leaves a part of it out. */
  easesCi(line: string): boolean;
};

/** The lists as functions, with their patterns compiled once. */
export function fileKindsFrom({ areas, files, tests, runs }: FileKindLists): FileKinds {
  const matcherOf = ({ paths, any_case }: z.infer<typeof Paths>) => pathMatcher(paths, { anyCase: any_case });
  const anyOf = (lists: readonly z.infer<typeof Paths>[]) => {
    const matchers = lists.map(matcherOf);
    return (path: string) => matchers.some((matches) => matches(path));
  };
  const rules = areas.map((entry) => ({ area: entry.area, matches: matcherOf(entry) }));
  const notComputed = runs.not_computed.map((entry) => ({ what: entry.what, matches: matcherOf(entry) }));
  const eases = runs.eases_ci.map(bare);
  const skipMark = new RegExp(tests.skip_marks.map(wholeWord).join("|"));
  return {
    areaOf: (path) => rules.find(({ matches }) => matches(path))?.area ?? "source",
    isReadWhole: anyOf(files.read_whole),
    isNote: anyOf(files.notes),
    isApart: anyOf(files.apart),
    skipsTest: (line) => skipMark.test(line),
    notComputed: (path) => notComputed.find(({ matches }) => matches(path))?.what,
    isCi: matcherOf(runs.ci_files),
    easesCi: (line) => eases.some((mark) => bare(line).includes(mark)),
  };
}

/** A line without blanks, quotes and letter case, and empty if it is a comment. */
const bare = (line: string): string =>
  /^\s*(?:#|\/\/)/.test(line) ? "" : line.replace(/[\s"']/g, "").toLowerCase();

/** A pattern for a mark as a whole word. An end of the mark that is no letter or digit may touch other characters. */
function wholeWord(mark: string): string {
  const escaped = mark.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return `${/^\w/.test(mark) ? "\\b" : ""}${escaped}${/\w$/.test(mark) ? "\\b" : ""}`;
}
