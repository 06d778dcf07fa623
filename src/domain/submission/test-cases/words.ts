import * as z from "zod";
import type { Range } from "../source/lexical.ts";

const words = z.array(z.string()).min(1);

/** The words of the frameworks of tests, as the catalogue lists them. */
export const TestWords = z.strictObject({
  files: words,
  python: z.strictObject({ files: words, skips: words, skip_callers: words, ignores: words, no_case: words }),
  javascript: z.strictObject({
    cases: words,
    groups: words,
    modifiers: words,
    tables: words,
    skips: words,
    focuses: words,
    skip_callers: words,
  }),
  java: z.strictObject({
    cases: words,
    skips: words,
    skip_beginnings: words,
    assumptions: words,
    skip_exceptions: words,
  }),
  go: z.strictObject({ cases: words, skips: words }),
  rust: z.strictObject({ cases: words, skips: words }),
  not_counted: z.strictObject({
    elsewhere: words,
    dbt_files: words,
    dbt: words,
    settings_files: words,
    settings: words,
  }),
  assertions: words,
  plain_assertions: words,
  truths: words,
  unfinished: words,
  failures: words,
  quiet: words,
});
export type TestWords = z.infer<typeof TestWords>;

/**
 * One test case: where it stands within its file, its own name, and its body. `skipped` and `focused` are of the file.
 */
export type TestCase = {
  /** The names of classes or groups around it and its own, and the types of its parameters where names may repeat. */
  readonly id: string;
  readonly name: string;
  /** The body without blanks, to know a case again that was moved and renamed around. */
  readonly body: string;
  readonly checks: Checks;
  /** Where it is written, with its name. */
  readonly place: Range;
};

/** What a body calls. */
export type Checks = {
  /** Assertions that can fail. */
  readonly assertions: number;
  /** Names of functions that are called for nothing but what they do, which may be to assert. */
  readonly bare: readonly string[];
  /** Names of functions whose value is used. */
  readonly used: readonly string[];
};

/** What one file holds of tests. A mark is named by the case or group that it stands at. */
export type TestFile = {
  readonly cases: readonly TestCase[];
  readonly skips: readonly string[];
  readonly focuses: readonly string[];
};

export const NO_TESTS: TestFile = { cases: [], skips: [], focuses: [] };

/** Names within each other, as one text. */
export const pathText = (names: readonly string[]): string => names.join(" > ");
