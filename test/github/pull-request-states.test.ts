import { describe, expect, it } from "vitest";
import type { MadeCommit } from "../support/made-repository.ts";
import { worksOnGithub } from "../support/works-on-github.ts";

const begin = worksOnGithub();
const WORK: MadeCommit = { message: "Work", files: { "a.py": "a = 1\n" } };
const MORE: MadeCommit = { message: "More", files: { "b.py": "b = 1\n" } };
const REPOSITORY = { owner: "acme", repo: "work", number: null };

/** A pull request that was merged: by a merge, or squashed into one new commit on main. */
async function merged(how: "merged" | "squashed") {
  const made = await begin([WORK, MORE]);
  const [base, head] = [made.git("rev-parse", "main"), made.git("rev-parse", "answer")];
  if (how === "squashed")
    made.push("main", [{ message: "Work (#1)", files: { ...WORK.files, ...MORE.files } }]);
  else {
    made.merge("main", "answer", "answer");
    made.git("update-ref", "refs/heads/main", "refs/heads/answer");
    made.git("update-ref", "refs/heads/answer", head);
  }
  const at_merge = { head, base, commit: made.git("rev-parse", "main") };
  return { ...made, base, head, pull: { state: "closed" as const, merged: true, at_merge } };
}

describe.each(["merged", "squashed"] as const)("a pull request that was %s", (how) => {
  it("is read as it was merged", async () => {
    const { openPull, read, pull, base, head } = await merged(how);
    openPull(pull);
    const { snapshot } = await read(REPOSITORY, base, { candidate: "zed-handle" });
    expect(snapshot).toMatchObject({
      ...{ number: 1, state: "merged", headSha: head, baseSha: base, beside: [], missing: [] },
      totals: { commits: 2, files: 2, added: 2, removed: 0 },
    });
  });

  it("names what came after the merge on both branches, and does not count it", async () => {
    const { openPull, push, read, pull, base, head } = await merged(how);
    push("answer", [{ files: { "late.py": "x = 1\n" } }], "refs/heads/answer");
    push("main", [{ files: { "c.py": "c = 1\n" } }, { files: { "d.py": "d = 1\n" } }], "refs/heads/main");
    openPull(pull);
    const { snapshot } = await read(REPOSITORY, base, { candidate: "zed-handle" });
    expect(snapshot.beside).toEqual([
      "2 commits on branch main are later than the merge, and were not counted",
      "1 commit on branch answer is later than the merge, and was not counted",
    ]);
    expect(snapshot).toMatchObject({ headSha: head, totals: { files: 2 } });
  });

  it("says nothing of its branch where that was deleted, as is usual", async () => {
    const { git, openPull, read, pull } = await merged(how);
    git("update-ref", "-d", "refs/heads/answer");
    openPull(pull);
    const { snapshot } = await read({ ...REPOSITORY, number: 1 });
    expect(snapshot.beside).toEqual([]);
    expect(snapshot.totals).toMatchObject({ commits: 2, files: 2 });
  });
});

describe("several pull requests of the candidate's", () => {
  const part = (n: number) => ({ files: { [`part-${n}.py`]: `x = ${n}\n` } });

  it("that were all merged are read as the branch that holds them all", async () => {
    const { git, push, openPull, read } = await begin([]);
    const start = git("rev-parse", "main");
    for (const number of [1, 2]) {
      const base = git("rev-parse", "main");
      push(`part-${number}`, [part(number)]);
      push("main", [part(number)], "refs/heads/main");
      const [head, commit] = [git("rev-parse", `part-${number}`), git("rev-parse", "main")];
      const at_merge = { head, base, commit };
      openPull({ number, head: `part-${number}`, state: "closed", merged: true, at_merge });
    }
    const { snapshot } = await read(REPOSITORY, start, { candidate: "zed-handle" });
    expect(snapshot.files.map(({ path }) => path)).toEqual(["part-1.py", "part-2.py"]);
    expect(snapshot).toMatchObject({ number: null, branch: "main", baseSha: start });
    expect(snapshot.beside).toContain("pull requests 1 and 2 were merged into main, which was read");
  });

  it("of which one is still open are for a person to choose from", async () => {
    const { git, push, openPull, read } = await begin([WORK]);
    const at_merge = { head: git("rev-parse", "answer"), base: git("rev-parse", "main"), commit: "" };
    openPull({ state: "closed", merged: true, at_merge });
    push("second", [MORE]);
    openPull({ number: 2, head: "second" });
    await expect(read(REPOSITORY, undefined, { candidate: "zed-handle" })).rejects.toThrow(/2 may be/);
  });
});

it("that was closed and opened again is read as open", async () => {
  const { openPull, read } = await begin([WORK]);
  openPull({ state: "open", updated_at: "2026-11-25T12:00:00Z" });
  const { snapshot } = await read(REPOSITORY, undefined, { candidate: "zed-handle" });
  expect(snapshot).toMatchObject({ number: 1, state: "open", createdAt: "2026-11-20T12:00:00Z" });
});

it("that is a draft is read as the answer where there is no other", async () => {
  const { openPull, read } = await begin([WORK]);
  openPull({ draft: true });
  const { snapshot } = await read(REPOSITORY, undefined, { candidate: "zed-handle" });
  expect(snapshot).toMatchObject({ number: 1, state: "open", draft: true });
});

it("from a fork into its parent is read from the parent, and its push from the fork", async () => {
  const { local, push, openPull, read } = await begin([WORK]);
  const asked: string[] = local.requests;
  openPull({ head_repo: "zed-handle/work" });
  push("answer", [MORE], "refs/heads/answer");
  const { snapshot } = await read(REPOSITORY, undefined, { candidate: "zed-handle" });
  expect(snapshot).toMatchObject({ repository: "acme/work", number: 1, totals: { commits: 2 } });
  expect(snapshot.identities).toContain("zed-handle");
  expect(asked.filter((request) => request.includes("/activity"))).toEqual([
    expect.stringMatching(/\/repos\/zed-handle\/work\/activity/),
  ]);
});

it("in an archived repository is read as any other", async () => {
  const { local, pull } = await begin([WORK]);
  local.change("acme", "work", { archived: true });
  const { snapshot } = await pull();
  expect(snapshot).toMatchObject({ totals: { files: 1 }, missing: [] });
});

it("of more than 3,000 files is listed whole from the trees, with each path that git has", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3_050 }, (_, n) => [`data/${`${n}`.padStart(4, "0")}.csv`, `${n}\n`]),
  );
  const { git, pull } = await begin([{ files: { ...files, "z.py": "z = 1\n" } }]);
  const { snapshot, facts } = await pull();
  expect(snapshot.files.map(({ path }) => path).sort()).toEqual(
    git("diff", "--name-only", "main...answer").split("\n").sort(),
  );
  expect(snapshot).toMatchObject({ totals: { files: 3_051, added: 3_051 }, missing: [] });
  expect(facts.areas?.find(({ area }) => area === "data")).toMatchObject({ files: 3_050, added: 3_050 });
});

it("that moves a submodule and a pointer of Git LFS tells what each was and is", async () => {
  const pointer = (of: string, bytes: number) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${of.repeat(64)}\nsize ${bytes}\n`;
  const made = await begin([]);
  const at = (digit: string) => ({ mode: "160000" as const, is: digit.repeat(40) });
  made.push("main", [{ files: { lib: at("1"), "model.bin": pointer("a", 10) } }], "refs/heads/main");
  made.push("answer", [{ files: { lib: at("2"), "model.bin": pointer("b", 7_340_032) } }]);
  const { facts } = await made.pull();
  const text = facts.beside.join("; ");
  expect(text).toMatch(/submodule lib was moved from 1{12} to 2{12}/);
  expect(text).toMatch(/model\.bin is a Git LFS pointer; the file of 7340032 bytes/);
  expect(facts.repository).toMatchObject({ submodules: ["lib"], lfs_pointers: ["model.bin"] });
});
