import * as z from "zod";
import { Area } from "./facts.ts";
import { anyOf, matcherOf, Paths } from "./path-matcher.ts";
import { type SecretFinder, SecretLists, secretFinder } from "./secrets.ts";

/** The catalogue's lists about files: areas in order, files to read whole or to quote, and marks of skipped tests. */
export const FileKindLists = z.strictObject({
  areas: z.array(Paths.extend({ area: Area })).min(1),
  files: z.strictObject({ read_whole: z.array(Paths), notes: z.array(Paths) }),
  tests: z.strictObject({ skip_marks: z.array(z.string()).min(1) }),
  secrets: SecretLists,
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
  skipsTest(line: string): boolean;
  readonly secrets: SecretFinder;
};

/** The lists as functions, with their patterns compiled once. */
export function fileKindsFrom({ areas, files, tests, secrets }: FileKindLists): FileKinds {
  const rules = areas.map((entry) => ({ area: entry.area, matches: matcherOf(entry) }));
  const skipMark = new RegExp(tests.skip_marks.map(wholeWord).join("|"));
  const areaOf = (path: string) => rules.find(({ matches }) => matches(path))?.area ?? "source";
  return {
    areaOf,
    isReadWhole: anyOf(files.read_whole),
    isNote: anyOf(files.notes),
    skipsTest: (line) => skipMark.test(line),
    secrets: secretFinder(secrets, areaOf),
  };
}

/** A pattern for a mark as a whole word. An end of the mark that is no letter or digit may touch other characters. */
function wholeWord(mark: string): string {
  const escaped = mark.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return `${/^\w/.test(mark) ? "\\b" : ""}${escaped}${/\w$/.test(mark) ? "\\b" : ""}`;
}
