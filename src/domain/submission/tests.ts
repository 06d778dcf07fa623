import { plainLine } from "../untrusted.ts";
import type { SubmissionFacts } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import type { Observation } from "./observations.ts";
import { addedLines, removedLines, TEST_CASE } from "./patch.ts";
import type { ChangedFile } from "./snapshot.ts";

/**
 * How the change affects tests, by the patterns of the common frameworks.
 * @param isWhole whether `files` are all that changed.
 */
export function testsOf(
  files: readonly ChangedFile[],
  isWhole: boolean,
  { areaOf, skipsTest }: FileKinds,
): SubmissionFacts["tests"] {
  const tests = files.filter((file) => areaOf(file.path) === "tests");
  const lines = tests.flatMap((file) => addedLines(file.patch ?? ""));
  const gone = tests.flatMap((file) => removedLines(file.patch ?? ""));
  const having = (...status: ChangedFile["status"][]) =>
    isWhole ? tests.filter((file) => status.includes(file.status)).length : null;
  const isRead = isWhole && tests.every(({ binary, patch }) => binary || patch !== undefined);
  const count = (of: readonly { text: string }[], counts: (text: string) => boolean) =>
    isRead ? of.filter(({ text }) => counts(text)).length : null;
  const isCase = (text: string) => TEST_CASE.test(text);
  return {
    files_added: having("added"),
    files_changed: having("modified", "renamed", "other"),
    files_removed: having("removed"),
    cases_added: count(lines, isCase),
    cases_removed: count(gone, isCase),
    skipped_added: count(lines, skipsTest),
    focused_added: null,
    emptied: null,
    not_counted: [],
  };
}

/** The same as observations, for requirements and questions. */
export function observeTests(
  files: readonly ChangedFile[],
  tests: SubmissionFacts["tests"],
  protectedEdited: readonly string[],
  { areaOf }: FileKinds,
): Observation[] {
  const file = files.find((f) => areaOf(f.path) === "tests" && addedLines(f.patch ?? "").length > 0);
  const path = file ? plainLine(file.path) : "";
  return [
    ...((tests.cases_added ?? 0) > 0
      ? [{ id: "tests_added" as const, path, values: { count: `${tests.cases_added}` } }]
      : []),
    ...(tests.cases_added === 0 ? [{ id: "no_tests" as const, path: "", values: {} }] : []),
    ...((tests.skipped_added ?? 0) > 0 ? [{ id: "tests_skipped" as const, path, values: {} }] : []),
    ...protectedEdited.map((at) => ({ id: "protected_edited" as const, path: at, values: { file: at } })),
  ];
}
