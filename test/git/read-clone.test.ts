import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commitFiles, git, place, put, read, repository } from "../support/clones.ts";

const { folder, remove } = place();
afterAll(remove);
let made = 0;
const nextPlace = (name = `r${made++}`) => join(folder, name);

/** A repository with one commit on main, and one more on a branch that is checked out. */
function withBranch(branch = "fix", at = nextPlace()): string {
  repository(at, { "a.py": "x = 1\n" });
  git(at, "checkout", "--quiet", "-b", branch);
  commitFiles(at, { "b.py": "y = 2\n" });
  return at;
}

function cloneOf(source: string, ...options: string[]): string {
  const at = nextPlace();
  git(folder, "clone", "--quiet", ...options, `file://${source}`, at);
  return at;
}

const bundleOf = (at: string, ...refs: string[]): string => {
  const file = `${nextPlace()}.bundle`;
  git(at, "bundle", "create", "--quiet", file, ...refs);
  return file;
};

const startMissing = (missing: readonly { part: string; why: string }[]) =>
  missing.find(({ part }) => part === "starting point")?.why;

describe("where the work began", () => {
  it("is an empty folder where one commit holds everything", async () => {
    const at = repository(nextPlace(), {
      "app.py": "x = 1\n",
      "tests/test_a.py": "def test_a():\n    assert 1\n",
    });
    const { base, baseWhy, totals, files, missing } = await read(at);
    expect([base, baseWhy]).toEqual(["an empty folder", "one commit holds everything"]);
    expect(totals).toEqual({ commits: 1, files: 2, added: 3, removed: 0 });
    expect(files.map(({ status }) => status)).toEqual(["added", "added"]);
    expect(startMissing(missing)).toBeUndefined();
  });

  it.each(["main", "master", "develop", "trunk"])("is where the branch left %s", async (branch) => {
    const at = repository(nextPlace(), { "a.py": "x\n" }, branch);
    git(at, "checkout", "--quiet", "-b", "feature/answer");
    commitFiles(at, { "b.py": "y\n" });
    const { base, baseWhy, totals } = await read(at);
    expect([base, baseWhy]).toEqual([branch, "where feature/answer left it"]);
    expect(totals).toMatchObject({ commits: 1, files: 1 });
  });

  it("is where it left the branch that it is nearest to", async () => {
    const at = repository(nextPlace(), { "a.py": "x\n" });
    git(at, "checkout", "--quiet", "-b", "develop");
    commitFiles(at, { "team.py": "x\n" });
    git(at, "checkout", "--quiet", "-b", "answer");
    commitFiles(at, { "b.py": "y\n" });
    const { base, files } = await read(at);
    expect([base, files.map(({ path }) => path)]).toEqual(["develop", ["b.py"]]);
    git(at, "checkout", "--quiet", "develop");
    expect(await read(at)).toMatchObject({ base: "main", totals: { files: 1 } });
  });

  it("is where it left the remote's branch, where there is none of its own", async () => {
    const at = cloneOf(withBranchAndMain(), "--branch", "fix");
    const { base, totals } = await read(at);
    expect([base, totals.files]).toEqual(["origin/main", 1]);
  });

  it("is what the remote had, where work was done on main", async () => {
    const at = cloneOf(repository(nextPlace(), { "a.py": "x\n" }));
    commitFiles(at, { "b.py": "y\n" });
    commitFiles(at, { "c.py": "z\n" });
    expect(await read(at)).toMatchObject({ base: "origin/main", totals: { commits: 2, files: 2 } });
    git(at, "checkout", "--quiet", "-b", "more");
    commitFiles(at, { "d.py": "z\n" });
    expect(await read(at)).toMatchObject({ base: "origin/main", totals: { commits: 3, files: 3 } });
  });

  it("is a branch that is named as a start", async () => {
    const at = repository(nextPlace(), { "a.py": "x\n" }, "starter");
    git(at, "checkout", "--quiet", "-b", "main");
    commitFiles(at, { "b.py": "y\n" });
    expect(await read(at)).toMatchObject({ base: "starter", totals: { commits: 1, files: 1 } });
  });

  it("is the first commit where somebody else made it, and an empty folder where the same person did", async () => {
    const given = nextPlace();
    mkdirSync(given);
    git(given, "init", "--quiet", "-b", "main");
    commitFiles(given, { "a.py": "x\n" }, "Example Hiring <hiring@example.com>");
    commitFiles(given, { "b.py": "y\n" });
    expect(await read(given)).toMatchObject({ base: "the first commit", totals: { commits: 1, files: 1 } });
    const own = repository(nextPlace(), { "a.py": "x\n" });
    commitFiles(own, { "b.py": "y\n" });
    expect(await read(own)).toMatchObject({ base: "an empty folder", totals: { commits: 2, files: 2 } });
  });

  it("is found otherwise where the recorded start is the head itself, and that is said", async () => {
    const at = withBranch();
    const { base, totals, missing } = await read(at, { startSha: git(at, "rev-parse", "HEAD") });
    expect([base, totals.files]).toEqual(["main", 1]);
    expect(startMissing(missing)).toBe("the recorded one is the commit read itself; compared with main");
    const single = repository(nextPlace(), { "a.py": "x\n" });
    const whole = await read(single, { startSha: git(single, "rev-parse", "HEAD") });
    expect(whole.totals).toMatchObject({ commits: 1, files: 1 });
    expect(startMissing(whole.missing)).toMatch(/compared with an empty folder/);
  });

  it("is the recorded start of the one branch that goes on from it, where HEAD does not", async () => {
    const at = withBranch("solution");
    git(at, "checkout", "--quiet", "main");
    const startSha = git(at, "rev-parse", "main");
    const { branch, base, baseWhy, totals } = await read(at, { startSha });
    expect({ branch, base, totals }).toMatchObject({
      ...{ branch: "solution", base: "the recorded start", totals: { commits: 1, files: 1 } },
    });
    expect(baseWhy).toMatch(/solution is read, because HEAD is still at the recorded start/);
    git(at, "checkout", "--quiet", "-b", "second", "main");
    commitFiles(at, { "c.py": "z\n" });
    git(at, "checkout", "--quiet", "main");
    await expect(read(at, { startSha })).rejects.toMatchObject({
      message: expect.stringMatching(/several branches go on from it: second, solution/),
      hint: expect.stringMatching(/git checkout BRANCH/),
    });
  });

  it("is said not to be in it, or not in its history, where that is so", async () => {
    const at = withBranch();
    const lost = await read(at, { startSha: "1".repeat(40) });
    expect(startMissing(lost.missing)).toBe("the recorded one is not in it; compared with main");
    git(at, "checkout", "--quiet", "main");
    const aside = commitFiles(at, { "m.py": "m\n" });
    git(at, "checkout", "--quiet", "fix");
    const { totals, base, missing } = await read(at, { startSha: aside });
    expect([base, totals.files]).toEqual(["the last commit in common with the recorded start", 1]);
    expect(startMissing(missing)).toMatch(/not in the history/);
  });

  it("is not looked for in a history that has nothing in common, and that is said", async () => {
    const at = repository(nextPlace(), { "a.py": "x\n" });
    const startSha = git(at, "rev-parse", "HEAD");
    git(at, "checkout", "--quiet", "--orphan", "work");
    commitFiles(at, { "b.py": "y\n" });
    const { base, missing } = await read(at);
    expect([base, startMissing(missing)]).toEqual([
      "an empty folder",
      "main has no commit in common with the one read; compared with an empty folder",
    ]);
    const recorded = await read(at, { startSha });
    expect(startMissing(recorded.missing)).toMatch(/recorded one has no commit in common/);
  });
});

/** The source of a clone: work on `fix`, and `main` checked out. */
function withBranchAndMain(): string {
  const at = withBranch();
  git(at, "checkout", "--quiet", "main");
  return at;
}

describe("beside the work", () => {
  it("tags with commits that no branch holds are named", async () => {
    const at = withBranchAndMain();
    git(at, "tag", "on-a-branch");
    git(at, "checkout", "--quiet", "--detach");
    commitFiles(at, { "c.py": "z = 3\n" });
    git(at, "tag", "answer");
    git(at, "checkout", "--quiet", "main");
    const { beside } = await read(at);
    expect(beside).toContain("tag `answer` holds 1 commit that no branch holds; it was not read");
    expect(beside.join()).not.toContain("on-a-branch");
  });

  it("other branches that hold more are named", async () => {
    const { beside, totals } = await read(withBranchAndMain());
    expect(beside).toEqual([
      "branch `fix` holds 1 commit more than the branch read (main); it is read when it is checked out",
    ]);
    expect(totals).toMatchObject({ commits: 1, files: 1 });
  });

  it("long lists of branches are cut, and the rest is counted", async () => {
    const at = withBranchAndMain();
    for (let n = 0; n < 8; n += 1) {
      git(at, "checkout", "--quiet", "-b", `b${n}`, "main");
      commitFiles(at, { [`f${n}.py`]: "x\n" });
    }
    git(at, "checkout", "--quiet", "main");
    const { beside } = await read(at);
    expect(beside).toHaveLength(6);
    expect(beside.at(-1)).toBe("and 4 more branches");
  });

  it("what programs did that keep a repository is named and not counted", async () => {
    const at = withBranch();
    commitFiles(
      at,
      { "lock.txt": "1\n", "b.py": "y = 3\n" },
      "dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>",
    );
    commitFiles(at, { "k8s/a.yaml": "a: 1\n", "x.bin": "\0" }, "renovate <bot@renovateapp.com>");
    const { beside, totals, commits, files, after } = await read(at);
    expect(files.map(({ path }) => path)).toEqual(["b.py"]);
    expect([totals.commits, commits.length, totals.files]).toEqual([1, 1, 1]);
    expect(after.map(({ path }) => path)).toEqual(["k8s/a.yaml"]);
    expect(beside).toEqual([
      "2 commits by dependabot[bot], renovate: not counted, nor 3 files that nobody else changed; 1 file changed by both counted whole",
    ]);
  });

  it("other authors are named and counted, and one person under two addresses is one", async () => {
    const at = withBranch();
    commitFiles(at, { "c.py": "c\n" }, "Zed Candidate <zed@work.example>");
    commitFiles(at, { "d.py": "d\n" }, "zed <zed@work.example>");
    expect((await read(at)).beside).toEqual([]);
    commitFiles(at, { "e.py": "e\n" }, "Example Friend <friend@example.test>");
    commitFiles(at, { "f.py": "f\n" }, "helper[bot] <helper@example.test>");
    const { beside, totals } = await read(at);
    expect(totals).toMatchObject({ commits: 5, files: 5 });
    expect(beside).toEqual([
      "1 commit of 5 by a bot (helper[bot]), counted with the rest",
      "1 commit of 5 by another author (Example Friend), counted with the rest",
    ]);
  });

  it("work that is not committed is named, and what tools leave there is not", async () => {
    const at = withBranch();
    put(at, { ".gitignore": "*.log\n" });
    commitFiles(at, {});
    put(at, {
      "a.py": "x = 2\n",
      "new.py": "n\n",
      "out.log": "l\n",
      "node_modules/m/i.js": "m\n",
      "b.py": null,
    });
    const { beside } = await read(at);
    expect(beside).toEqual([
      "the working tree holds changes that were not read, because they are not committed: " +
        "1 modified, 1 not tracked, 1 removed of 3 files (a.py, new.py, b.py)",
    ]);
  });

  it.each([
    ["nothing was changed", () => undefined],
    ["nothing is checked out", (at: string) => put(at, { "a.py": null, "b.py": null })],
    ["lines end as on another system", (at: string) => put(at, { "a.py": "x = 1\r\n", "b.py": "y = 2\r\n" })],
    ["files were only touched", (at: string) => put(at, { "a.py": "x = 1\n" })],
  ])("no uncommitted work is told where %s", async (_name, change) => {
    const at = withBranch();
    change(at);
    expect((await read(at)).beside).toEqual([]);
  });

  it("a submodule that moved is told as one", async () => {
    const inner = repository(nextPlace(), { "a.py": "x\n" });
    const at = withBranch();
    git(at, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "vendor/inner");
    commitFiles(at, {});
    const { beside } = await read(at);
    const sha = git(inner, "rev-parse", "HEAD").slice(0, 12);
    expect(beside).toEqual([`submodule vendor/inner: from nothing to ${sha}, whose contents are elsewhere`]);
  });
});

describe("what people send", () => {
  it("is read the same as a folder, packed, bare, linked, copied and bundled", async () => {
    const at = withBranch();
    const plain = await read(at);
    const linked = nextPlace();
    git(at, "worktree", "add", "--quiet", "--detach", linked, "fix");
    const bare = cloneOf(at, "--bare");
    const packed = nextPlace();
    cpSync(at, packed, { recursive: true });
    git(packed, "gc", "--quiet");
    const bundles = [["--all"], ["main", "fix"], ["HEAD", "main"], ["HEAD", "main", "fix"]];
    const places = [linked, bare, packed, ...bundles.map((refs) => bundleOf(at, ...refs))];
    for (const other of places) {
      const { files, totals, headSha, baseSha, base, history } = await read(other);
      expect({ files, totals, headSha, baseSha, base, history }, other).toEqual({
        ...{ files: plain.files, totals: plain.totals, headSha: plain.headSha, baseSha: plain.baseSha },
        ...{ base: "main", history: plain.history },
      });
    }
  });

  it("is read with the other kind of hashes", async () => {
    const at = nextPlace();
    mkdirSync(at);
    git(at, "init", "--quiet", "-b", "main", "--object-format=sha256");
    commitFiles(at, { "a.py": "x\n" });
    for (const path of [at, bundleOf(at, "--all")])
      expect(await read(path)).toMatchObject({ base: "an empty folder", totals: { files: 1 } });
  });

  it("is the commit at HEAD where it is on no branch", async () => {
    const at = withBranch();
    git(at, "checkout", "--quiet", "--detach");
    expect(await read(at)).toMatchObject({ branch: "HEAD", base: "main", totals: { files: 1 } });
  });

  it("is to be chosen from where a bundle has no HEAD and several branches", async () => {
    const at = withBranch("one");
    git(at, "checkout", "--quiet", "-b", "two", "main");
    commitFiles(at, { "c.py": "z\n" });
    await expect(read(bundleOf(at, "main", "one", "two"))).rejects.toMatchObject({
      message: expect.stringMatching(/several branches could be meant: one, two/),
    });
  });

  it("of a partial clone is read as far as it goes, and what is absent is named", async () => {
    const source = repository(nextPlace(), { "a.py": "x = 1\n", "k.yaml": "a: 1\n" });
    git(source, "config", "uploadpack.allowFilter", "true");
    git(source, "checkout", "--quiet", "-b", "fix");
    commitFiles(source, { "a.py": "x = 2\n", "k.yaml": "a: 2\n", "new.py": "n\n" });
    const at = cloneOf(source, "--filter=blob:none");
    const { files, totals, unread, missing, history } = await read(at);
    expect(files.map(({ path, patch, binary }) => [path, patch, binary])).toEqual([
      ["a.py", undefined, false],
      ["k.yaml", undefined, false],
      ["new.py", "@@ -0,0 +1 @@\n+n", false],
    ]);
    expect(totals).toEqual({ commits: 1, files: 3, added: null, removed: null });
    expect(unread).toEqual(["k.yaml", "a.py"]);
    expect(missing.map(({ part }) => part)).toEqual(
      expect.arrayContaining(["differences", "infrastructure", "history"]),
    );
    expect(missing.find(({ part }) => part === "differences")?.why).toMatch(
      /partial clone.*--filter.*\(a\.py, k\.yaml\)/,
    );
    expect(history).toBeNull();
  });

  it("of a shallow clone is read where it reaches back to the start", async () => {
    const source = withBranchAndMain();
    const at = cloneOf(source, "--depth", "2", "--branch", "fix", "--no-single-branch");
    expect(await read(at)).toMatchObject({ base: "origin/main", totals: { commits: 1, files: 1 } });
  });

  const refusals: readonly (readonly [string, () => string, RegExp, RegExp])[] = [
    [
      "a shallow clone",
      () => cloneOf(withBranchAndMain(), "--depth", "1", "--branch", "fix"),
      /shallow/,
      /git fetch --unshallow/,
    ],
    [
      "a range",
      () => bundleOf(withBranch(), "main..fix"),
      /range of commits/,
      /git bundle create work\.bundle main fix/,
    ],
    [
      "a range of HEAD",
      () => bundleOf(withBranch(), "main..HEAD"),
      /range of commits/,
      /create work\.bundle --all/,
    ],
    ["a folder inside", () => folderInside(), /inside a clone/, /Give its top folder: .*r\d+$/],
    ["a folder around", () => dirAround(), /the clone is a folder inside/, /Give that folder: .*inner$/],
    ["an archive", () => fileNamed("work.tar.gz"), /archive/, /Unpack it/],
    ["a zip", () => fileNamed("Work.ZIP"), /archive/, /Unpack it/],
    ["no commit", () => noCommit(), /no repository with a commit.*no commit yet/, /git add -A && git commit/],
    ["a linked .git", () => linkedGit(), /links are not followed/, /./],
    [
      "a work tree copied alone",
      () => lonelyWorkTree(),
      /names a repository that is not there/,
      /git bundle create/,
    ],
    [
      "no trees",
      () => cloneOf(filtering(), "--filter=tree:0", "--no-checkout"),
      /partial clone/,
      /git bundle create/,
    ],
  ];
  it.each(refusals)("is refused for %s, with what makes a readable one", async (_name, make, why, mend) => {
    await expect(read(make())).rejects.toMatchObject({
      message: expect.stringMatching(why),
      hint: expect.stringMatching(mend),
    });
  });
});

function folderInside(): string {
  const at = withBranch();
  commitFiles(at, { "src/deep/a.py": "x\n" });
  return join(at, "src", "deep");
}

function dirAround(): string {
  const at = nextPlace();
  withBranch("fix", join(at, "inner"));
  return at;
}

function fileNamed(name: string): string {
  writeFileSync(nextPlace(name), "x");
  return join(folder, name);
}

function noCommit(): string {
  const at = nextPlace();
  mkdirSync(at);
  git(at, "init", "--quiet");
  return at;
}

function linkedGit(): string {
  const at = withBranch();
  renameSync(join(at, ".git"), nextPlace("elsewhere.git"));
  symlinkSync(join(folder, "elsewhere.git"), join(at, ".git"));
  return at;
}

function lonelyWorkTree(): string {
  const [source, at] = [withBranch(), nextPlace()];
  git(source, "worktree", "add", "--quiet", at, "main");
  rmSync(source, { recursive: true });
  return at;
}

function filtering(): string {
  const at = withBranch();
  git(at, "config", "uploadpack.allowFilter", "true");
  return at;
}
