import { changedTexts } from "./changed-texts.ts";
import type { FileKinds } from "./file-kinds.ts";
import { addedLines, type DiffLine, removedLines } from "./patch.ts";
import type { ChangedFile, SubmissionSnapshot } from "./snapshot.ts";
import { codeOf } from "./source/code.ts";
import { languageOf } from "./source/languages.ts";
import { liveCodeOf } from "./source/live.ts";
import { checksNothing } from "./test-cases/checks.ts";
import { testsIn } from "./test-cases/read-tests.ts";

/** A line that a change added or took away. `text` is the line as it was written. */
type Place = { readonly path: string; readonly line: number; readonly text: string };

/** Where phrases stand in the change. */
export type Hits = {
  /** In what has an effect when it runs or is applied. */
  readonly live: readonly Place[];
  /** In comments, texts, names alone and prose. */
  readonly claimed: readonly Place[];
  /** Whether they stand where it cannot be told, because the file was not read whole or its language is not known. */
  readonly isUnknown: boolean;
};

type Side = "added" | "removed";

/** Looks for phrases in the lines of a change. */
export type TraceFinder = {
  /** @param isProseMeant whether prose in this file is what is looked for. */
  hits(file: ChangedFile, side: Side, phrases: readonly string[], isProseMeant: boolean): Hits;
};

const NOTHING: Hits = { live: [], claimed: [], isUnknown: false };
/** What begins a line that is a comment in most languages. */
const COMMENT_LINE = /^\s*(?:#|\/\/|\/?\*|--|"""|''')/;
/** Files of an unknown language that hold no code. */
const NO_CODE =
  /\.(?:md|mdx|rst|adoc|txt|csv|tsv|jsonl|html?|svg|xml|log|lock|sum|tex|css|scss)$|(?:^|\/)[^.]*$/i;

/** A finder for one snapshot. Each file is parsed at most once for a side, and only where a phrase stands in it. */
export function traceFinder(snapshot: SubmissionSnapshot, fileKinds: FileKinds): TraceFinder {
  const { files } = snapshot;
  const textsOf = changedTexts(snapshot);
  const written = {
    added: new Set(files.flatMap(({ patch }) => addedLines(patch ?? "").map(({ text }) => text.trim()))),
    removed: new Set(files.flatMap(({ patch }) => removedLines(patch ?? "").map(({ text }) => text.trim()))),
  };
  const isUsed = usedNames(snapshot, files);
  const lives = new Map<string, readonly string[] | undefined>();
  const liveLines = (file: ChangedFile, side: Side): readonly string[] | undefined => {
    const key = `${side}\0${file.path}`;
    if (!lives.has(key)) {
      const text = textsOf(file)?.[side === "added" ? "after" : "before"];
      const path = side === "added" ? file.path : (file.previousPath ?? file.path);
      lives.set(key, text === undefined ? undefined : liveOf(path, text)?.split("\n"));
    }
    return lives.get(key);
  };
  const liveOf = (path: string, text: string): string | undefined => {
    const empty = fileKinds.isTest(path)
      ? (testsIn(path, text, fileKinds.testWords)?.cases ?? []).filter(({ checks }) => checksNothing(checks))
      : [];
    return liveCodeOf(
      path,
      text,
      (name) => isUsed(name, path),
      empty.map(({ place }) => place),
    );
  };
  return {
    hits(file, side, phrases, isProseMeant) {
      const lines = (side === "added" ? addedLines : removedLines)(file.patch ?? "");
      // A line that only moved is neither new nor gone.
      const other = written[side === "added" ? "removed" : "added"];
      const hits = lines.filter(({ text }) => holds(text, phrases) && !other.has(text.trim()));
      if (hits.length === 0) return NOTHING;
      const places = hits.map(({ line, text }: DiffLine): Place => ({ path: file.path, line, text }));
      if (languageOf(file.path) === undefined) {
        if (isProseMeant) return { ...NOTHING, live: places };
        const isProse = fileKinds.areaOf(file.path) === "docs" || NO_CODE.test(file.path);
        return isProse ? { ...NOTHING, claimed: places } : { ...NOTHING, isUnknown: true };
      }
      const code = liveLines(file, side);
      if (code !== undefined) {
        const isLive = ({ line }: Place) => holds(code[line - 1] ?? "", phrases);
        return { ...NOTHING, live: places.filter(isLive), claimed: places.filter((place) => !isLive(place)) };
      }
      const claimed = places.filter(({ text }) => COMMENT_LINE.test(text));
      return { ...NOTHING, claimed, isUnknown: claimed.length < places.length };
    },
  };
}

/** Whether a line holds one of the phrases, in any case of letters. No phrase at all stands for any code. */
function holds(text: string, phrases: readonly string[]): boolean {
  const line = text.toLowerCase();
  return phrases.length === 0
    ? line.trim() !== ""
    : phrases.some((phrase) => line.includes(phrase.toLowerCase()));
}

/** Whether a name is used in the code of another file that was read. Words are counted once, when first asked for. */
function usedNames({ after }: SubmissionSnapshot, files: readonly ChangedFile[]) {
  let words: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const wordsOf = (path: string, text: string) =>
    new Set(codeOf(path, text, { withoutStrings: true })?.match(/\w+/g));
  return (name: string, path: string): boolean => {
    words ??= new Map(
      after
        .filter((file) => files.some((changed) => changed.path === file.path))
        .map((file) => [file.path, wordsOf(file.path, file.text)]),
    );
    return [...words].some(([other, set]) => other !== path && set.has(name));
  };
}
