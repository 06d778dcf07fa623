import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { ChangedFile } from "../../src/domain/submission/snapshot.ts";
import { commitFiles, git, place, read, repository } from "../support/clones.ts";
import { importCommits } from "../support/made-repository.ts";

const { folder, remove } = place();
afterAll(remove);
let made = 0;
const nextPlace = () => join(folder, `r${made++}`);

type Content = string | { readonly mode: "100755" | "120000" | "160000"; readonly is: string };
const SUBMODULES = ["1".repeat(40), "2".repeat(40)];

/** Lines that would mislead a reader who looks for the marks of a diff, and pieces that part lines. */
const PIECES = [
  "diff --git a/x b/x\n",
  "\rdiff --git a/x b/x\r@@ -1 +1 @@\r+fine\n",
  "\u2028diff --git a/x b/x\u2028index 1..2\n",
  "@@ -1 +1 @@\n",
  "@@@ -1 -1 +1 @@@\n",
  "--- a/one.txt\n",
  "+++ b/one.txt\n",
  "Binary files a/x and b/x differ\n",
  `commit ${"3".repeat(40)}\n`,
  `index ${"1".repeat(40)}..${"2".repeat(40)} 100644\n`,
  "rename from one.txt\n",
  "\\ No newline at end of file\n",
  "Subproject commit 1\n",
  "a\r\n",
  "b \t\n",
  "\n",
  "\f\v\u0085\n",
  "same\n",
  "end without a line end",
  "é \u202e \u{1f600}\n",
];
const PATHS = [
  ...[
    "one.txt",
    "a b.txt",
    "tab\tname",
    'quo"te.txt',
    "new\nline.txt",
    "é.txt",
    "back\\slash",
    "diff --git a",
  ],
  ...["x => y", " lead", "trail ", ":0:odd", "b/b/b", "dev/null", "i/carriage\rreturn", "\u2028line"],
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(""));
const content = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: text.map((is): Content => ({ mode: "100755", is })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("one.txt", "/etc/passwd").map((is): Content => ({ mode: "120000", is })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...SUBMODULES).map((is): Content => ({ mode: "160000", is })) },
  { weight: 1, arbitrary: text.map((start) => `${start}\0${"x".repeat(3)}`) },
);
const tree = fc.dictionary(fc.constantFrom(...PATHS), content, { noNullPrototype: true });

const textOf = (side: Content | undefined): string => {
  if (side === undefined) return "";
  if (typeof side === "string") return side;
  return side.mode === "160000" ? `Subproject commit ${side.is}\n` : side.is;
};
const kindOf = (side: Content | undefined): string =>
  side === undefined ? "none" : typeof side === "string" || side.mode === "100755" ? "file" : side.mode;
const linesOf = (whole: string): string[] => whole.split(/(?<=\n)/).filter((line) => line !== "");

/** What a patch makes of a text. */
function patched(before: string, patch: string): string {
  const old = linesOf(before);
  const now: string[] = [];
  let at = 0;
  for (const line of patch.split("\n")) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === "0" ? 0 : 1);
      now.push(...old.slice(at, start));
      at = start;
    } else if (line.startsWith("+")) now.push(`${line.slice(1)}\n`);
    else if (line.startsWith("-")) at += 1;
    else if (line.startsWith(" ")) {
      now.push(old[at] ?? "");
      at += 1;
    } else if (line.startsWith("\\") && now.at(-1)?.endsWith("\n") && at === old.length)
      now.push((now.pop() ?? "").replace(/\n$/, ""));
  }
  return [...now, ...old.slice(at)].join("");
}

const sided = (mark: string, { patch = "" }: ChangedFile) =>
  patch
    .split("\n")
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(1));

function expectRight(file: ChangedFile, before: Content | undefined, after: Content | undefined): void {
  const [old, now] = [textOf(before), textOf(after)];
  const isBinary = [old, now].some((side) => side.includes("\0"));
  expect(file.binary, file.path).toBe(isBinary);
  expect(file.patch === undefined, file.path).toBe(isBinary);
  if (isBinary) return;
  expect([file.added, file.removed], file.path).toEqual([sided("+", file).length, sided("-", file).length]);
  const bare = (side: string) => linesOf(side).map((line) => line.replace(/\n$/, ""));
  if (kindOf(before) !== kindOf(after) || file.status === "other") {
    expect(sided("+", file), file.path).toEqual(bare(now));
    expect(sided("-", file), file.path).toEqual(bare(old));
  } else expect(bare(patched(old, file.patch ?? "")), file.path).toEqual(bare(now));
}

describe("each file of a change", () => {
  it("has its own lines, whatever names and contents the repository holds", async () => {
    await fc.assert(
      fc.asyncProperty(tree, tree, async (before, after) => {
        const bare = nextPlace();
        mkdirSync(bare);
        git(bare, "init", "--bare", "--quiet", "-b", "work");
        const gone = Object.keys(before).filter((path) => !(path in after));
        importCommits(bare, "main", [{ files: { "kept.txt": "kept\n", ...before } }], null);
        importCommits(bare, "work", [
          { files: { ...Object.fromEntries(gone.map((path) => [path, null])), ...after } },
        ]);
        const { files, totals } = await read(bare);
        const differs = (path: string) => JSON.stringify(before[path]) !== JSON.stringify(after[path]);
        const paths = Object.keys({ ...before, ...after }).filter(differs);
        const named = files.flatMap(({ path, previousPath }) => [
          path,
          ...(previousPath ?? path).split("\0"),
        ]);
        expect([...new Set(named)].sort()).toEqual(paths.sort());
        expect(totals.files).toBe(files.length);
        for (const file of files) expectRight(file, before[file.previousPath ?? file.path], after[file.path]);
      }),
      { numRuns: 20, seed: 21 },
    );
  });

  it("is a link now, and no other file takes its lines", async () => {
    const bare = nextPlace();
    mkdirSync(bare);
    git(bare, "init", "--bare", "--quiet", "-b", "work");
    importCommits(bare, "main", [{ files: { "a-link": "one\n", "b.md": "x\n", "c.py": "k = 1\n" } }], null);
    importCommits(bare, "work", [
      { files: { "a-link": { mode: "120000", is: "b.md" }, "b.md": "x\ny\n", "c.py": "k = 2\n" } },
    ]);
    const { files } = await read(bare);
    expect(files.map(({ path, patch }) => [path, patch])).toEqual([
      ["a-link", "@@ -1 +0,0 @@\n-one\n@@ -0,0 +1 @@\n+b.md\n\\ No newline at end of file"],
      ["b.md", "@@ -1 +1,2 @@\n x\n+y"],
      ["c.py", "@@ -1 +1 @@\n-k = 1\n+k = 2"],
    ]);
  });

  it("with no line that differs has an empty difference, and is not binary", async () => {
    const at = repository(nextPlace(), { "run.sh": "x\n", "old/name.py": "y = 1\nz = 2\n" });
    git(at, "checkout", "--quiet", "-b", "work");
    chmodSync(join(at, "run.sh"), 0o755);
    git(at, "mv", "old/name.py", "name.py");
    commitFiles(at, { "pkg/__init__.py": "" });
    const { files } = await read(at);
    expect(files.map(({ path, status, binary, patch }) => [path, status, binary, patch])).toEqual([
      ["name.py", "renamed", false, ""],
      ["pkg/__init__.py", "added", false, ""],
      ["run.sh", "modified", false, ""],
    ]);
  });

  it("that was moved and changed has both names and only the lines that changed", async () => {
    const body = Array.from({ length: 20 }, (_, n) => `line ${n}\n`).join("");
    const at = repository(nextPlace(), { "a b.py": body, "other.txt": "x\n" });
    git(at, "checkout", "--quiet", "-b", "work");
    commitFiles(at, { "a b.py": null, "c/d e.py": `${body}more\n` });
    const { files } = await read(at);
    expect(files).toMatchObject([
      { path: "c/d e.py", previousPath: "a b.py", status: "renamed", added: 1, removed: 0 },
    ]);
    expect(files[0]?.patch).toMatch(/\n\+more$/);
  });

  it("over the limit is named, its lines are counted, and the others are read", async () => {
    const at = repository(nextPlace(), { "a.py": "x\n" });
    git(at, "checkout", "--quiet", "-b", "work");
    commitFiles(at, {
      "data.csv": "1,2,3,4\n".repeat(600_000),
      "a.py": "y\n",
      "model.bin": new Uint8Array(5_000_000),
    });
    const { files, totals, missing } = await read(at);
    expect(files).toMatchObject([
      { path: "a.py", patch: "@@ -1 +1 @@\n-x\n+y" },
      { path: "data.csv", binary: false, patch: undefined, added: 600_000 },
      { path: "model.bin", binary: true, patch: undefined },
    ]);
    expect(totals.added).toBe(600_001);
    expect(missing).toContainEqual({
      part: "differences",
      why: expect.stringMatching(/1 file over 4 MB.*\(data\.csv\)/),
    });
  });

  it("that is no UTF-8 text is said to be so", async () => {
    const at = repository(nextPlace(), { "a.txt": "x\n", "k.yaml": "a: 1\n" });
    git(at, "checkout", "--quiet", "-b", "work");
    const latin = Buffer.from("a: caf\xe9\n", "latin1");
    commitFiles(at, { "a.txt": "real \ufffd\n", "b.txt": latin, "k.yaml": latin });
    const { files, missing, unread, after } = await read(at);
    expect(files.find(({ path }) => path === "b.txt")).toMatchObject({ added: 1, binary: false });
    expect(missing).toContainEqual({
      part: "differences",
      why: expect.stringMatching(/no UTF-8 text.*b\.txt, k\.yaml/),
    });
    expect([unread, after]).toEqual([["k.yaml"], []]);
  });
});
