import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commitFiles, git, place, read, repository } from "../support/clones.ts";

const { folder, remove } = place();
afterAll(remove);
let made = 0;
const nextPlace = () => join(folder, `r${made++}`);

function withBranch(): string {
  const at = repository(nextPlace(), { "a.py": "x = 1\n", "k.yaml": "a: 1\n" });
  git(at, "checkout", "--quiet", "-b", "fix");
  commitFiles(at, { "b.py": "y = 2\n" });
  return at;
}

describe("a clone that somebody else made", () => {
  it("fetches nothing and runs nothing for contents that it lacks", async () => {
    const source = withBranch();
    git(source, "config", "uploadpack.allowFilter", "true");
    const at = nextPlace();
    git(folder, "clone", "--quiet", "--filter=blob:none", "--no-checkout", `file://${source}`, at);
    const proof = join(folder, "was-fetched");
    const script = join(folder, "fetch.sh");
    writeFileSync(script, `#!/bin/sh\ntouch '${proof}'\n`);
    chmodSync(script, 0o755);
    git(at, "config", "remote.origin.url", `ext::${script}`);
    git(at, "config", "remote.origin.uploadpack", script);
    git(at, "config", "protocol.ext.allow", "always");
    const { files } = await read(at);
    expect(files).toMatchObject([{ path: "b.py", patch: undefined, binary: false }]);
    expect(existsSync(proof)).toBe(false);
  });

  it("with a configuration that git cannot read is read, because ours does not look at it", async () => {
    const at = withBranch();
    appendFileSync(join(at, ".git", "config"), "[broken\n\tcore = \n[include]\n\tpath = /etc/passwd\n");
    expect(await read(at)).toMatchObject({ base: "main", totals: { files: 1 } });
  });

  it("is left as it was", async () => {
    const at = withBranch();
    const listed = () => execFileSync("find", [at, "-newer", join(folder, "mark")], { encoding: "utf8" });
    writeFileSync(join(folder, "mark"), "");
    const before = readdirSync(join(at, ".git")).sort();
    await read(at);
    expect([listed(), readdirSync(join(at, ".git")).sort()]).toEqual(["", before]);
  });

  it("does not lead out of the folders that may be read", async () => {
    const outside = withBranch();
    const allowed = nextPlace();
    mkdirSync(join(allowed, "work"), { recursive: true });
    writeFileSync(join(allowed, "work", ".git"), `gitdir: ${outside}/.git\n`);
    await expect(read(join(allowed, "work"), { allowFiles: [allowed] })).rejects.toMatchObject({
      message: expect.stringMatching(/lies where nothing is read/),
    });
    const inside = repository(join(allowed, "linked"), { "a.py": "x\n" });
    rmSync(join(inside, ".git", "objects"), { recursive: true });
    symlinkSync(join(outside, ".git", "objects"), join(inside, ".git", "objects"));
    await expect(read(inside, { allowFiles: [allowed] })).rejects.toMatchObject({
      message: expect.stringMatching(/no repository/),
    });
  });

  it("has no reference that is a link, and none that is no reference", async () => {
    const at = withBranch();
    const heads = join(at, ".git", "refs", "heads");
    symlinkSync("/etc/hostname", join(heads, "linked"));
    writeFileSync(join(heads, "words"), "root:x:0:0\n");
    writeFileSync(join(heads, "absent"), `${"1".repeat(40)}\n`);
    expect(await read(at)).toMatchObject({ base: "main", beside: [], totals: { files: 1 } });
  });

  it("cannot change who its commits build on by files beside the objects", async () => {
    const at = withBranch();
    const [main, fix] = [git(at, "rev-parse", "main"), git(at, "rev-parse", "fix")];
    mkdirSync(join(at, ".git", "info"), { recursive: true });
    writeFileSync(join(at, ".git", "info", "grafts"), `${fix}\n`);
    git(at, "replace", fix, main);
    expect(await read(at)).toMatchObject({ headSha: fix, baseSha: main, totals: { commits: 1, files: 1 } });
  });

  it.each(["a file", "the list of files at the start"])(
    "is refused where %s is not what its hash stands for",
    async (what) => {
      const at = withBranch();
      const id = git(at, "rev-parse", what === "a file" ? "fix:b.py" : "main^{tree}");
      const other = what === "a file" ? git(at, "rev-parse", "fix:a.py") : git(at, "rev-parse", "fix^{tree}");
      const pathOf = (sha: string) => join(at, ".git", "objects", sha.slice(0, 2), sha.slice(2));
      chmodSync(pathOf(id), 0o644);
      copyFileSync(pathOf(other), pathOf(id));
      await expect(read(at)).rejects.toMatchObject({
        message: expect.stringMatching(/not what its commits stand for/),
        hint: expect.stringMatching(/git fsck/),
      });
    },
  );

  it("shows no link's target from its working tree", async () => {
    const at = withBranch();
    symlinkSync("/etc/passwd", join(at, "new-link"));
    rmSync(join(at, "k.yaml"));
    symlinkSync("/etc/passwd", join(at, "k.yaml"));
    const { beside } = await read(at);
    expect(beside).toEqual([
      expect.stringMatching(/1 modified, 1 not tracked of 2 files \(k\.yaml, new-link\)/),
    ]);
    expect(JSON.stringify(await read(at))).not.toMatch(/root:/);
  });

  it("is not made up by the names of its branches", async () => {
    const at = withBranch();
    git(at, "checkout", "--quiet", "-b", `${"x".repeat(180)};$(id)`, "main");
    commitFiles(at, { "c.py": "z\n" });
    git(at, "checkout", "--quiet", "fix");
    const { beside } = await read(at);
    expect(beside).toEqual([expect.stringMatching(/^branch `x{100}` holds 1 commit more/)]);
  });
});
