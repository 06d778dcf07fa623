import { languageOf } from "../source/languages.ts";
import { type Parsed, parse } from "../source/tree.ts";
import { goTests, rustTests } from "./go-rust.ts";
import { javaTests } from "./java.ts";
import { javascriptTests } from "./javascript.ts";
import { pythonTests } from "./python.ts";
import { NO_TESTS, type TestFile, type TestWords } from "./words.ts";

type Reader = (parsed: Parsed, words: TestWords) => TestFile;

/** The languages whose test cases are counted, and what a text with a case or a mark in it must contain. */
const READERS: ReadonlyMap<string, { readonly read: Reader; readonly sign: RegExp }> = new Map([
  ["Python", { read: pythonTests, sign: /\btest|skip|collect_ignore/i }],
  [
    "JavaScript",
    { read: javascriptTests, sign: /\b(?:it|test|specify|[fx](?:it|test|describe)|describe)\b/ },
  ],
  [
    "TypeScript",
    { read: javascriptTests, sign: /\b(?:it|test|specify|[fx](?:it|test|describe)|describe)\b/ },
  ],
  ["Java", { read: javaTests, sign: /@|TestCase/ }],
  ["Go", { read: goTests, sign: /\bfunc\b/ }],
  ["Rust", { read: rustTests, sign: /#\[/ }],
]);

export const isCounted = (path: string): boolean => READERS.has(languageOf(path)?.name ?? "");

/** The tests in a file of a language that is counted. Undefined where the text is over the limits of the parsers. */
export function testsIn(path: string, text: string, words: TestWords): TestFile | undefined {
  const reader = READERS.get(languageOf(path)?.name ?? "");
  if (reader === undefined || !reader.sign.test(text)) return NO_TESTS;
  const parsed = parse(path, text);
  return parsed && reader.read(parsed, words);
}
