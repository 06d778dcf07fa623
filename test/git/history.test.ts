import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commitFiles, git, place, put, read, repository } from "../support/clones.ts";

const { folder, remove } = place();
afterAll(remove);
let made = 0;
const withBranch = (): string => {
  const at = repository(join(folder, `r${made++}`), { "a.py": "x = 1\n" });
  git(at, "checkout", "--quiet", "-b", "fix");
  return at;
};

describe("what each commit added", () => {
  it("is kept by commit and file, also when it was taken away again", async () => {
    const at = withBranch();
    const first = commitFiles(at, { "cfg.py": "key = 1\nother = 2\n", "a b.py": "z\n" });
    const second = commitFiles(at, { "cfg.py": "other = 2\n", "a b.py": null, "a.py": "x = 1\ny = 2\n" });
    const { history, files } = await read(at);
    expect(files.map(({ path }) => path)).toEqual(["a.py", "cfg.py"]);
    expect(history).toEqual([
      { commit: first, path: "a b.py", patch: "@@ -0,0 +1 @@\n+z" },
      { commit: first, path: "cfg.py", patch: "@@ -0,0 +1,2 @@\n+key = 1\n+other = 2" },
      { commit: second, path: "a.py", patch: "@@ -1,0 +2 @@ x = 1\n+y = 2" },
      { commit: second, path: "cfg.py", patch: "@@ -1 +0,0 @@\n-key = 1" },
    ]);
  });

  it("is, for a merge, what neither side held", async () => {
    const at = withBranch();
    commitFiles(at, { "b.py": "y = 2\n" });
    git(at, "checkout", "--quiet", "main");
    commitFiles(at, { "c.py": "others = 1\n" });
    git(at, "checkout", "--quiet", "fix");
    git(at, "merge", "--quiet", "--no-commit", "main");
    put(at, { "b.py": "y = 2\nslipped = 3\n", "d.py": "also = 4\n" });
    const merge = commitFiles(at, {});
    const { history } = await read(at);
    const own = (history ?? []).filter(({ commit }) => commit === merge);
    const added = own.map(({ path, patch }) => [
      path,
      patch.split("\n").filter((line) => line.startsWith("+")),
    ]);
    expect(added).toEqual([
      ["b.py", ["+slipped = 3"]],
      ["d.py", ["+also = 4"]],
    ]);
    expect(JSON.stringify(history)).not.toContain("others");
  });

  it("of the first commit is everything that it holds", async () => {
    const at = repository(join(folder, `r${made++}`), { "a.py": "x = 1\n" });
    const { history, headSha } = await read(at);
    expect(history).toEqual([{ commit: headSha, path: "a.py", patch: "@@ -0,0 +1 @@\n+x = 1" }]);
  });

  it("is not made up by lines that look like a commit", async () => {
    const at = withBranch();
    const text = `commit ${"1".repeat(40)}\ndiff --git a/x b/x\n+++ b/x\n@@ -0,0 +1 @@\n+forged\n`;
    const sha = commitFiles(at, { "b.txt": text });
    const { history } = await read(at);
    expect(history?.map(({ commit, path }) => [commit, path])).toEqual([[sha, "b.txt"]]);
  });

  it("beyond the commits that are read is said to be left out", async () => {
    const at = withBranch();
    const lines = Array.from({ length: 1_010 }, (_, n) =>
      [
        `commit refs/heads/fix\ncommitter Zed <z@example.test> ${1_763_632_800 + n} +0000\ndata 1\nw`,
        ...(n === 0 ? ["from refs/heads/main^0"] : []),
        `M 100644 inline f.txt\ndata <<END\n${n}\nEND\n`,
      ].join("\n"),
    );
    put(at, { "../stream": lines.join("\n") });
    git(at, "checkout", "--quiet", "main");
    const { execFileSync } = await import("node:child_process");
    const { readFileSync } = await import("node:fs");
    execFileSync("git", ["-C", at, "fast-import", "--quiet", "--force"], {
      input: readFileSync(join(folder, "stream")),
    });
    git(at, "checkout", "--quiet", "fix");
    const { totals, commits, missing } = await read(at);
    expect([totals.commits, commits.length]).toEqual([1_010, 1_000]);
    expect(missing).toContainEqual({ part: "history", why: "what 1000 of 1010 commits added was read" });
  });

  it("says which large files were taken away again, or replaced by another version", async () => {
    const at = withBranch();
    const large = (letter: string) => letter.repeat(1_100_000);
    commitFiles(at, { "model.bin": large("a"), "kept.bin": large("b"), "small.bin": "c" });
    commitFiles(at, { "model.bin": null, "kept.bin": large("d"), "small.bin": null });
    const { gone = [] } = await read(at);
    expect(gone.map(({ path, bytes }) => [path, bytes]).sort()).toEqual([
      ["kept.bin", 1_100_000],
      ["model.bin", 1_100_000],
    ]);
  });
});
