import { pluralize } from "../pluralize.ts";
import { plainLine } from "../untrusted.ts";
import { changedTexts } from "./changed-texts.ts";
import type { SubmissionFacts } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import type { Observation } from "./observations.ts";
import { addedLines, removedLines } from "./patch.ts";
import type { ChangedFile, Missing, SubmissionSnapshot } from "./snapshot.ts";
import { languageOf } from "./source/languages.ts";
import { checksNothing } from "./test-cases/checks.ts";
import { compareTests, type TestsOnSides } from "./test-cases/compare.ts";
import { isCounted, testsIn } from "./test-cases/read-tests.ts";
import { NO_TESTS } from "./test-cases/words.ts";

type Tests = SubmissionFacts["tests"];

/** Languages without test cases of their own, though files of theirs lie among tests. */
const WITHOUT_TESTS = new Set([
  ...["YAML", "JSON", "TOML", "INI", "HCL", "Makefile", "Dockerfile", "requirements", "go.mod"],
]);
/** Languages whose test cases may stand in any file, with an attribute at each. */
const TESTS_ANYWHERE: ReadonlyMap<string, RegExp> = new Map([
  ["Java", /@(?:\w+\.)*\w*(?:Test|Disabled|Ignore)/],
  ["Rust", /#\[(?:[\w:]+(?:test|case)|test|ignore)/],
]);

/** The counts of tests, what raises questions about them, and what was not read for them. */
export type TestsSeen = {
  readonly tests: Tests;
  /** Added cases that check something, and the first file with one. */
  readonly checking: { readonly count: number; readonly path: string };
  /** Whether code was added to any file of tests, for example to a case that was there before. */
  readonly isTouched: boolean;
  readonly missing: readonly Missing[];
};

/**
 * How the change affects tests, by the whole texts of the changed files and the syntax of their frameworks.
 * @param isWhole whether the snapshot's files are all that changed.
 */
export function testsOf(snapshot: SubmissionSnapshot, isWhole: boolean, fileKinds: FileKinds): TestsSeen {
  const { files } = snapshot;
  const textsOf = changedTexts(snapshot);
  const tests = files.filter(
    (file) => fileKinds.isTest(file.path) || fileKinds.isTest(file.previousPath ?? ""),
  );
  const readable = files.filter((file) => mayHoldTests(file, tests, fileKinds));
  const having = (...status: ChangedFile["status"][]) =>
    isWhole ? tests.filter((file) => status.includes(file.status)).length : null;
  const sides: TestsOnSides[] = [];
  const unread: string[] = [];
  const notCounted = files.flatMap((file) => notCountedIn(file, tests.includes(file), fileKinds));
  for (const file of readable) {
    const texts = textsOf(file);
    const read = (path: string, text: string | undefined) =>
      text === undefined ? NO_TESTS : testsIn(path, text, fileKinds.testWords);
    const before = texts && read(file.previousPath ?? file.path, texts.before);
    const after = texts && read(file.path, texts.after);
    const holds = (path: string) => isRun(path, fileKinds);
    if (!before || !after || (texts.before ?? texts.after) === undefined) unread.push(file.path);
    else {
      const [was, is] = [holds(file.previousPath ?? file.path), holds(file.path)];
      sides.push({
        path: file.path,
        before: was ? before : { ...before, cases: [] },
        after: is ? after : { ...after, cases: [] },
      });
      if (!is && after.cases.length > 0)
        notCounted.push(`${languageOf(file.path)?.name}, not collected by its name: ${plainLine(file.path)}`);
    }
  }
  const compared = compareTests(sides);
  const isRead = isWhole && unread.length === 0;
  const count = (n: number) => (isRead ? n : null);
  const checking = compared.added.filter(({ checks }) => !checksNothing(checks));
  return {
    tests: {
      files_added: having("added"),
      files_changed: having("modified", "renamed", "other"),
      files_removed: having("removed"),
      cases_added: count(compared.added.length),
      cases_removed: count(compared.removed.length),
      skipped_added: count(compared.skipped),
      focused_added: count(compared.focused),
      emptied: count(compared.emptied),
      not_counted: notCounted,
    },
    checking: { count: checking.length, path: plainLine(checking[0]?.path ?? "") },
    isTouched: tests.some((file) => addedLines(file.patch ?? "").some(({ text }) => text.trim() !== "")),
    missing:
      unread.length === 0
        ? []
        : [
            {
              part: "tests",
              why: `${pluralize(unread.length, "changed file")} with tests not read: ${unread
                .slice(0, MAX_NAMED)
                .map((path) => plainLine(path))
                .join(", ")}${unread.length > MAX_NAMED ? ` and ${unread.length - MAX_NAMED} more` : ""}`,
            },
          ],
  };
}

const MAX_NAMED = 3;

/** A file in which lines with test cases may have changed. */
function mayHoldTests(file: ChangedFile, tests: readonly ChangedFile[], fileKinds: FileKinds): boolean {
  const { path, previousPath = path, binary, patch } = file;
  // A name alone can keep a file from being collected.
  const isSame = patch === "" && isRun(path, fileKinds) === isRun(previousPath, fileKinds);
  if (binary || isSame || !(isCounted(path) || isCounted(previousPath))) return false;
  if (tests.includes(file)) return true;
  const sign = TESTS_ANYWHERE.get(languageOf(path)?.name ?? "");
  if (sign === undefined || fileKinds.areaOf(path) !== "source") return false;
  const changed = [...addedLines(patch ?? ""), ...removedLines(patch ?? "")];
  return patch === undefined || changed.some(({ text }) => sign.test(text));
}

/** Whether the frameworks run what stands in a file, by its name. */
function isRun(path: string, { isCollected, isTest }: FileKinds): boolean {
  const language = languageOf(path)?.name ?? "";
  if (language === "Python") return isCollected(path);
  return isCounted(path) && (TESTS_ANYWHERE.has(language) || isTest(path));
}

const NAMED_AS_TEST =
  /(?:[_.-](?:tests?|spec)|\.tftest)\.(?!json|md|txt|csv|tsv|snap|xml|html?|log|lock)\w{1,12}$/i;

/** What a changed file holds of tests that nothing here counts, because their framework is not known. */
function notCountedIn({ path, binary, patch }: ChangedFile, isTest: boolean, kinds: FileKinds): string[] {
  if (binary) return [];
  const { elsewhere, dbt, settings } = kinds.testWords.not_counted;
  const adds = (some: readonly string[]) =>
    addedLines(patch ?? "").some(({ text }) => some.some((word) => text.includes(word)));
  const named = (what: string) => [`${what}: ${plainLine(path)}`];
  if (kinds.isTestSetting(path) && adds(settings)) return named("settings of which tests run");
  const language = languageOf(path)?.name;
  const isCode = language !== undefined && !isCounted(path) && !WITHOUT_TESTS.has(language);
  const isNotebook = path.endsWith(".ipynb");
  const other = language ?? (isNotebook ? "Notebook" : path.slice(path.lastIndexOf(".") + 1));
  if (isTest)
    return isCode || isNotebook || (!isCounted(path) && NAMED_AS_TEST.test(path)) ? named(other) : [];
  if (kinds.isDbt(path) && adds(dbt)) return named("dbt");
  return (isCode || isNotebook) && adds(elsewhere) ? named(other) : [];
}

/** The same as observations, for requirements and questions. */
export function observeTests(
  { tests, checking, isTouched }: TestsSeen,
  protectedEdited: readonly string[],
): Observation[] {
  const { path } = checking;
  const isNone = tests.cases_added === 0 && tests.not_counted.length === 0 && !isTouched;
  return [
    ...((tests.cases_added ?? 0) > 0 && checking.count > 0
      ? [{ id: "tests_added" as const, path, values: { count: `${tests.cases_added}` } }]
      : []),
    ...(isNone ? [{ id: "no_tests" as const, path: "", values: {} }] : []),
    ...((tests.skipped_added ?? 0) > 0 ? [{ id: "tests_skipped" as const, path, values: {} }] : []),
    ...protectedEdited.map((at) => ({ id: "protected_edited" as const, path: at, values: { file: at } })),
  ];
}
