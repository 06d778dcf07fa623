import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { gitIn } from "../../examples/github/repository.ts";
import { type Fixture, type GithubSetup, send } from "../../examples/github/server.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import {
  clientFor,
  type ExerciseGithub,
  snapshotOf,
  startExerciseGithub,
} from "../support/exercise-github.ts";
import { importCommits, type MadeCommit } from "../support/made-repository.ts";

const folder = mkdtempSync(join(tmpdir(), "greenflag-odd-"));
writeFileSync(join(folder, "README.md"), "Start\n");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: ExerciseGithub[] = [];
afterEach(async () => {
  for (const github of open.splice(0)) await github.close();
});

const fileKinds = loadCatalog({}).fileKinds();
const ask = { fileKinds, signal: new AbortController().signal };
const WHERE = { owner: "acme", repo: "work" };
const PULL: Fixture = {
  ...{ ...WHERE, number: 1, title: "Answer", body: "", author: "zed-handle", base: "main", head: "answer" },
  ...{ created_at: "2026-11-20T12:00:00Z", updated_at: "2026-11-20T13:00:00Z", checks: [] },
};

/** A repository with one commit on main, and the given ones on `answer`, from which a pull request is open. */
async function begin(
  commits: readonly MadeCommit[],
  changed: Partial<Fixture> = {},
  setup: GithubSetup = {},
) {
  const local = await startExerciseGithub({ templates: { "acme/work": folder }, ...setup });
  open.push(local);
  const bare = local.bare("acme", "work");
  const git = (...args: string[]) => gitIn(bare)(...args).trim();
  if (commits.length > 0) importCommits(bare, "answer", commits);
  else git("branch", "answer", "main");
  local.openPull({ ...PULL, ...changed });
  const github = clientFor(local);
  return { local, git, github, read: () => snapshotOf(github, { ...WHERE, number: 1 }, ask) };
}

const many = (count: number, lines = 1): MadeCommit => ({
  files: Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`src/file-${n}.py`, `x = ${n}\n`.repeat(lines)]),
  ),
});

describe("a large pull request", () => {
  it("of 100 files takes ten requests at most", async () => {
    const { local, git, read } = await begin([many(100)]);
    const snapshot = await read();
    expect(snapshot.files.map((f) => f.path)).toEqual(
      git("diff", "--name-only", "main...answer").split("\n"),
    );
    expect(snapshot.missing).toEqual([]);
    expect(local.requests.length).toBeLessThanOrEqual(10);
  });

  it.each([101, 305])("of %i files is read page by page, in numbers that equal git's", async (count) => {
    const { git, read } = await begin([many(count, 3)]);
    const snapshot = await read();
    const numstat = git("diff", "--numstat", "main...answer").split("\n");
    expect(snapshot.files.map((f) => `${f.added}\t${f.removed}\t${f.path}`)).toEqual(numstat);
    expect(snapshot.totals).toMatchObject({ files: count, added: count * 3 });
    expect(snapshot.missing).toEqual([]);
  });

  it("of 260 commits counts all of them, though GitHub lists 250", async () => {
    const commits = Array.from({ length: 260 }, (_, n) => ({ files: { "a.txt": `${n}\n` } }));
    const { git, read } = await begin(commits);
    const snapshot = await read();
    expect(snapshot.totals.commits).toBe(Number(git("rev-list", "--count", "main..answer")));
    expect(snapshot.commits.map((c) => c.sha)).toEqual(
      git("rev-list", "--reverse", "main..answer").split("\n").slice(0, 250),
    );
  });

  it("whose list GitHub cuts short is made whole from the trees, and new files are read whole", async () => {
    const cut = (request: { url?: string | undefined }) => /\/pulls\/1\/files/.test(request.url ?? "");
    const { read } = await begin(
      [many(120)],
      {},
      {
        intercept(request, response) {
          if (!cut(request)) return false;
          send(response, 200, []);
          return true;
        },
      },
    );
    const snapshot = await read();
    expect([snapshot.files.length, snapshot.totals.files]).toEqual([120, 120]);
    expect(snapshot.files[0]).toMatchObject({ status: "added", added: 1, patch: "@@ -0,0 +1,1 @@\n+x = 0" });
  });
});

it("says that a tree was cut short, which is not the same as a small one", async () => {
  const manifest = { files: { "serving/app.yaml": "apiVersion: v1\nkind: Service\n" } };
  const { read } = await begin(
    [many(2), manifest],
    {},
    {
      intercept(request, response) {
        if (!/\/git\/trees\//.test(request.url ?? "")) return false;
        send(response, 200, { sha: "0", url: "", truncated: true, tree: [] });
        return true;
      },
    },
  );
  const snapshot = await read();
  expect(snapshot.missing).toEqual([{ part: "repository", why: "GitHub did not list every file" }]);
  expect(snapshot.after.map((file) => file.path)).toEqual(["serving/app.yaml"]);
});

describe("the state of a pull request", () => {
  it.each([
    ["closed", { state: "closed" as const }, { state: "closed", draft: false }],
    ["merged", { state: "closed" as const, merged: true }, { state: "merged" }],
    ["a draft", { draft: true }, { state: "open", draft: true }],
  ])("is told when it is %s", async (_name, changed, expected) => {
    const { read } = await begin([many(1)], changed);
    expect(await read()).toMatchObject(expected);
  });

  it("may be empty: no commit, no file, nothing missing", async () => {
    const { read } = await begin([]);
    expect(await read()).toMatchObject({
      commits: [],
      files: [],
      totals: { commits: 0, files: 0 },
      missing: [],
    });
  });

  it("may come from a fork that was deleted since", async () => {
    const { git, read } = await begin(
      [many(2)],
      { fork_gone: true, force_pushes: 2 },
      {
        // GitHub does give null here, which its own schema forbids.
        answered: () => {},
      },
    );
    const snapshot = await read();
    expect(snapshot).toMatchObject({ headSha: git("rev-parse", "answer"), forcePushes: 2, pushedAt: null });
    expect(snapshot.missing).toEqual([
      { part: "pushes", why: "the repository that it was pushed to is gone" },
      { part: "fork", why: "its repository is gone; GitHub still has the commits" },
    ]);
  });

  it("may have no commit in common with its base", async () => {
    const local = await startExerciseGithub({ templates: { "acme/work": folder } });
    open.push(local);
    importCommits(local.bare("acme", "work"), "answer", [many(1)], null);
    local.openPull(PULL);
    const failed = await snapshotOf(clientFor(local), { ...WHERE, number: 1 }, ask).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: "not_found" });
  });

  it("stays with the head that was met first when somebody pushes in between", async () => {
    const late: MadeCommit[] = [{ message: "Late", files: { "late.py": "x = 1\n" } }];
    let pushed = false;
    const made = await begin(
      [many(2)],
      {},
      {
        intercept(request) {
          if (pushed || !/\/pulls\/1\/commits/.test(request.url ?? "")) return false;
          pushed = true;
          importCommits(made.local.bare("acme", "work"), "answer", late, "refs/heads/answer");
          return false;
        },
      },
    );
    const first = made.git("rev-parse", "answer");
    const snapshot = await made.read();
    expect(pushed).toBe(true);
    expect(snapshot.headSha).toBe(first);
    expect(snapshot.commits.map((c) => c.sha)).toEqual([first]);
    expect(snapshot.files.map((f) => f.path)).toEqual(["src/file-0.py", "src/file-1.py"]);
    expect((await made.read()).files.map((f) => f.path)).toContain("late.py");
  });
});

describe("a repository against its start", () => {
  const readWhole = async (commits: readonly MadeCommit[], setup: GithubSetup = {}) => {
    const made = await begin(commits, {}, setup);
    const start = made.git("rev-parse", "main");
    made.git("update-ref", "refs/heads/main", "refs/heads/answer");
    return {
      ...made,
      start,
      read: () => snapshotOf(made.github, { ...WHERE, number: null, branch: "main" }, ask, start),
    };
  };

  it("equals git's", async () => {
    const { git, read, start } = await readWhole([many(3), { files: { "src/file-1.py": null } }]);
    const snapshot = await read();
    expect(snapshot.files.map((f) => f.path)).toEqual(git("diff", "--name-only", start, "main").split("\n"));
    expect(snapshot.commits.map((c) => c.sha)).toEqual(
      git("rev-list", "--reverse", `${start}..main`).split("\n"),
    );
    expect(snapshot).toMatchObject({ baseSha: start, headSha: git("rev-parse", "main"), missing: [] });
  });

  it("of more than 300 files is made whole from the trees, as GitHub compares no more", async () => {
    const { read } = await readWhole([many(310)]);
    const snapshot = await read();
    expect(snapshot.files).toHaveLength(310);
    expect(snapshot.totals).toMatchObject({ files: 310, added: 310, removed: 0 });
    expect(snapshot.missing).toEqual([]);
  });

  it("without a past in common says so", async () => {
    const { local, read } = await readWhole([many(1)]);
    importCommits(local.bare("acme", "work"), "main", [many(1)], null);
    await expect(read()).rejects.toMatchObject({ code: "precondition_failed", message: /no past in common/ });
  });

  it("without a commit says so", async () => {
    const { git, github } = await readWhole([many(1)]);
    for (const branch of ["main", "answer"]) git("update-ref", "-d", `refs/heads/${branch}`);
    await expect(snapshotOf(github, { ...WHERE, number: null }, ask, "0".repeat(40))).rejects.toMatchObject({
      message: /no commit yet/,
    });
    expect(await github.startingCommit(WHERE, "main", ask)).toBeUndefined();
  });
});

describe("a repository that has moved", () => {
  it("is followed to its new name on the same host, and called by it", async () => {
    const { local, read } = await begin([many(1)]);
    local.rename("acme", "work", "renamed");
    expect(await read()).toMatchObject({ repository: "acme/renamed", askedAs: "acme/work", missing: [] });
  });

  it.each([
    "https://evil.example/steal",
    "http://169.254.169.254/latest",
    "file:///etc/passwd",
    "//evil.example/",
  ])("is not followed to %s, and no token goes there", async (location) => {
    const { local, read } = await begin(
      [many(1)],
      {},
      {
        intercept(_request, response) {
          send(response, 301, {}, { location });
          return true;
        },
      },
    );
    await expect(read()).rejects.toMatchObject({ code: "not_found", message: /elsewhere/ });
    expect(local.requests).toHaveLength(1);
  });

  it("is given up when it leads in a circle", async () => {
    const { local, read } = await begin(
      [many(1)],
      {},
      {
        intercept(request, response) {
          send(response, 301, {}, { location: request.url ?? "/" });
          return true;
        },
      },
    );
    await expect(read()).rejects.toMatchObject({ message: /elsewhere/ });
    expect(local.requests.length).toBeLessThanOrEqual(3);
  });
});

it("waits for nobody when GitHub asks for a long pause (429)", async () => {
  const { local, read } = await begin(
    [many(1)],
    {},
    {
      intercept(_request, response) {
        send(response, 429, { message: "Too many requests" }, { "retry-after": "90" });
        return true;
      },
    },
  );
  await expect(read()).rejects.toMatchObject({ code: "unavailable", hint: /in 90 seconds/ });
  expect(local.requests).toHaveLength(1);
});
