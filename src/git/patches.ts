/** The part of a diff about one file, as git prints it. */
export type Section = {
  /** The names that its header gives. Undefined where it gives none, or `/dev/null`. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The blobs that its header gives. Undefined where the content is the same. */
  readonly ids: readonly [before: string, after: string] | undefined;
  readonly binary: boolean;
  /** From the first hunk on, without the last line end. Empty where no line differs. */
  readonly hunks: string;
};

/** A commit and the sections about it. */
export type CommitSections = { readonly commit: string; readonly sections: readonly Section[] };

/**
 * Where a part begins. Each line of a file's text is printed behind a mark of one character, and lines end with a line
 * feed alone, so no content can look like this; a carriage return does not end a line.
 */
const PART = /\n(?=diff --(?:git|cc|combined) |commit [0-9a-f]{40,64}\n)/;
const HUNK = /\n@@+ /;

/** @param isCut whether the text ends too early: the last section is then left out, because it may not be whole. */
export function sectionsIn(text: string, isCut = false): Section[] {
  const parts = partsOf(text, isCut);
  return parts.filter((part) => part.startsWith("diff ")).map(sectionOf);
}

/** The sections of `git log -p --format=commit %H`, by commit. */
export function sectionsByCommit(text: string, isCut: boolean): CommitSections[] {
  const commits: { commit: string; sections: Section[] }[] = [];
  for (const part of partsOf(text, isCut)) {
    if (part.startsWith("diff ")) commits.at(-1)?.sections.push(sectionOf(part));
    else commits.push({ commit: part.slice("commit ".length).trim(), sections: [] });
  }
  return commits;
}

function partsOf(text: string, isCut: boolean): string[] {
  const [, ...parts] = `\n${text}`.split(PART);
  return isCut ? parts.slice(0, -1) : parts;
}

function sectionOf(part: string): Section {
  const start = part.search(HUNK);
  const [header, hunks] = start < 0 ? [part, ""] : [part.slice(0, start), part.slice(start + 1)];
  const lines = header.split("\n");
  const after = (mark: string) => lines.find((line) => line.startsWith(mark))?.slice(mark.length);
  const ids = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(lines.find((line) => line.startsWith("index ")) ?? "");
  const from = nameIn(after("rename from ")) ?? nameIn(after("--- "), "a/");
  const to = nameIn(after("rename to ")) ?? nameIn(after("+++ "), "b/");
  const title = from ?? to ?? nameInTitle(lines[0] ?? "");
  return {
    from: from ?? (to === undefined ? title : undefined),
    to: to ?? (from === undefined ? title : undefined),
    ids: ids ? [ids[1] ?? "", ids[2] ?? ""] : undefined,
    binary: lines.some((line) => line.startsWith("Binary files ")),
    hunks: hunks.endsWith("\n") ? hunks.slice(0, -1) : hunks,
  };
}

/** The one name in the first line, where no other line gives it: both sides of it are then the same. */
function nameInTitle(line: string): string | undefined {
  const [, kind, names = ""] = /^diff --(git|cc|combined) (.*)$/s.exec(line) ?? [];
  if (kind !== "git") return nameIn(names);
  return nameIn(names.slice((names.length + 1) / 2), "b/");
}

/** A name as git prints it: behind a prefix, with a tab behind it where it holds a blank, or quoted as in C. */
function nameIn(printed: string | undefined, prefix = ""): string | undefined {
  if (printed === undefined || printed === "/dev/null") return undefined;
  const name = printed.startsWith('"') ? unquoted(printed) : printed.replace(/\t$/, "");
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

function unquoted(quoted: string): string {
  const inner = quoted.slice(1, quoted.lastIndexOf('"'));
  const bytes: Buffer[] = [];
  for (const [whole, octal, letter] of inner.matchAll(/\\([0-3][0-7]{2})|\\(.)|[^\\]+/g)) {
    if (octal !== undefined) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== undefined) bytes.push(Buffer.from(ESCAPES[letter] ? [ESCAPES[letter]] : letter));
    else bytes.push(Buffer.from(whole));
  }
  return Buffer.concat(bytes).toString("utf8");
}
