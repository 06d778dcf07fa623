import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Fixture, type GithubSetup, type Intercept, send } from "../../examples/github/server.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { computeFacts } from "../../src/domain/submission/compute-facts.ts";
import type { MadeCommit } from "../support/made-repository.ts";
import { worksOnGithub } from "../support/works-on-github.ts";

const works = worksOnGithub();
const fileKinds = loadCatalog({}).fileKinds();
const APP = "apiVersion: v1\nkind: Service\nmetadata: { name: app }\n";

async function begin(
  commits: readonly MadeCommit[],
  changed: Partial<Fixture> = {},
  setup: GithubSetup & { hasToken?: boolean } = {},
) {
  const work = await works(commits, { start: { "run.sh": "true\n" }, pull: changed, ...setup });
  work.openPull();
  const at = { owner: "acme", repo: "work" };
  return {
    ...{ local: work.local, git: work.git },
    read: async () => (await work.read({ ...at, number: 1 })).snapshot,
    /** The branch against main, as a repository is read. */
    compare: async () => (await work.branch()).snapshot,
  };
}

const answering =
  (on: RegExp, status: number, body: unknown, headers: Record<string, string> = {}): Intercept =>
  (request, response) => {
    if (!on.test(request.url ?? "")) return false;
    send(response, status, body, headers);
    return true;
  };

const csv = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`data/${n}.csv`, `${n}\n`]));

describe("a comparison of more than 300 files", () => {
  const files = {
    ...csv(320),
    "README.md": "Changed\n",
    "tests/test_app.py": "def test_app():\n    assert 1 + 1 == 2\n",
    "serving/app.yaml": APP,
  };

  it("lists each changed path as git does, and reads what is new", async () => {
    const { git, compare } = await begin([{ files }]);
    const snapshot = await compare();
    expect(snapshot.files.map(({ path }) => path).sort()).toEqual(
      git("diff", "--name-only", "main...answer").split("\n").sort(),
    );
    expect(snapshot.files.find(({ path }) => path.startsWith("tests/"))?.patch).toMatch(/\+def test_app/);
    expect(snapshot.after.map(({ path }) => path)).toContain("serving/app.yaml");
    expect(snapshot.totals).toMatchObject({ files: 323, added: 326 });
  });

  it("gives no sum of lines that would need the difference of a file that is not on the list", async () => {
    // The file that sorts last is not on GitHub's list, and a changed file cannot be told from its new text.
    const { compare } = await begin([{ files: { ...csv(320), "run.sh": "false\n" } }]);
    const snapshot = await compare();
    expect(snapshot.totals).toMatchObject({ files: 321, added: null, removed: null });
    expect(snapshot.missing).toEqual([
      { part: "differences", why: "the lines of 1 file are not in GitHub's answer" },
    ]);
    const facts = computeFacts(snapshot, { fileKinds, blind: false });
    expect(facts.areas?.map(({ added }) => added)).toContain(null);
  });

  it("says so where a tree is cut as well, and takes nothing for unchanged", async () => {
    const { compare } = await begin(
      [{ files }],
      {},
      {
        intercept: answering(/\/git\/trees\//, 200, { sha: "0", url: "", truncated: true, tree: [] }),
      },
    );
    const snapshot = await compare();
    expect(snapshot.totals).toMatchObject({ files: null, added: null });
    expect(snapshot.missing.map(({ part }) => part)).toContain("files");
    const facts = computeFacts(snapshot, { fileKinds, blind: false });
    expect([facts.areas, facts.tests.files_added, facts.repository.files]).toEqual([null, null, null]);
  });
});

describe("a file without a difference", () => {
  it("is binary only where its content says so: not when empty, and not when its mode alone changed", async () => {
    const { read } = await begin([
      { files: { "src/__init__.py": "", "img.png": Buffer.from([137, 80, 0, 1]), "run.sh": "true\n" } },
    ]);
    const snapshot = await read();
    expect(snapshot.files.map(({ path, binary, patch }) => [path, binary, patch])).toEqual([
      ["img.png", true, undefined],
      ["src/__init__.py", false, ""],
    ]);
    expect(snapshot.missing).toEqual([]);
  });

  it("has no changed line where its mode alone changed", async () => {
    const made = await begin([{ files: { "a.py": "a = 1\n" } }]);
    const blob = made.git("rev-parse", "answer:run.sh");
    const index = join(tmpdir(), `greenflag-index-${process.pid}`);
    const { execFileSync } = await import("node:child_process");
    const env = { ...process.env, GIT_INDEX_FILE: index };
    const run = (...args: string[]) =>
      execFileSync("git", ["-C", made.local.bare("acme", "work"), ...args], { env, encoding: "utf8" }).trim();
    run("read-tree", "answer");
    run("update-index", "--cacheinfo", `100755,${blob},run.sh`);
    const who = ["-c", "user.name=Zed", "-c", "user.email=zed@example.test"];
    const commit = run(...who, "commit-tree", run("write-tree"), "-p", "answer", "-m", "Mode");
    run("update-ref", "refs/heads/answer", commit);
    rmSync(index, { force: true });
    const snapshot = await made.read();
    expect(snapshot.files.find(({ path }) => path === "run.sh")).toMatchObject({
      ...{ status: "modified", binary: false, patch: "", added: 0, removed: 0 },
    });
    expect(snapshot.totals.files).toBe(2);
  });

  it("that GitHub cut is not taken for whole", async () => {
    const { read } = await begin(
      [{ files: { "run.sh": "a\nb\nc\n" } }],
      {},
      {
        answered(operation, body) {
          if (!operation.endsWith("/files")) return;
          for (const file of body as { patch?: string | undefined }[])
            file.patch = file.patch?.split("\n").slice(0, 3).join("\n");
        },
      },
    );
    const snapshot = await read();
    expect(snapshot.files).toMatchObject([{ path: "run.sh", added: 3, removed: 1 }]);
    expect(snapshot.files[0]?.patch).toBeUndefined();
    expect(snapshot.missing).toMatchObject([{ part: "differences" }]);
  });

  it("that is a submodule or a pointer of Git LFS is told as what it is", async () => {
    const sha = "1".repeat(40);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 7340032\n`;
    const { read } = await begin([
      { files: { "vendor/lib": { mode: "160000", is: sha }, "model.bin": pointer } },
    ]);
    expect(computeFacts(await read(), { fileKinds, blind: false }).beside).toEqual([
      "model.bin is a Git LFS pointer; the file of 7340032 bytes that it stands for was not read",
      `submodule vendor/lib was added at ${sha.slice(0, 12)}; what it holds was not read`,
    ]);
  });
});

describe("checks", () => {
  const run = (n: number, conclusion: string) => ({
    ...{ name: `check ${n}`, app: "GitHub Actions", status: "completed", conclusion },
    completed_at: "2026-11-20T12:30:00Z",
  });
  const work: MadeCommit[] = [{ files: { "a.py": "a = 1\n" } }];

  it("hold the older commit statuses", async () => {
    const { read } = await begin(work, {
      statuses: [
        { context: "ci/jenkins", state: "failure" },
        { context: "ci/slow", state: "pending" },
      ],
    });
    expect((await read()).checks).toEqual([
      {
        ...{ name: "ci/jenkins", app: "commit status", status: "completed", conclusion: "failure" },
        completedAt: "2026-11-20T13:00:00Z",
      },
      {
        ...{ name: "ci/slow", app: "commit status", status: "pending", conclusion: null },
        completedAt: null,
      },
    ]);
  });

  it("are read on every page", async () => {
    const checks = Array.from({ length: 140 }, (_, n) => run(n, n === 139 ? "failure" : "success"));
    const { read } = await begin(work, { checks });
    const snapshot = await read();
    expect(snapshot.checks).toHaveLength(140);
    expect(snapshot.checks.at(-1)).toMatchObject({ conclusion: "failure" });
    expect(snapshot.missing).toEqual([]);
  });

  it("beyond the limit are told as not read", async () => {
    const { read } = await begin(work, { checks: Array.from({ length: 520 }, (_, n) => run(n, "success")) });
    expect((await read()).missing).toEqual([{ part: "checks", why: "500 of 520 check runs were read" }]);
  });

  it("that failed to be read are not told as none", async () => {
    const { read } = await begin(work, {}, { intercept: answering(/\/(?:check-runs|status)\?/, 403, {}) });
    const facts = computeFacts(await read(), { fileKinds, blind: false });
    expect(facts.checks).toBeNull();
    expect(facts.missing.join()).toMatch(/checks: check runs were not read: GitHub does not allow it/);
  });
});

describe("a query that carries errors", () => {
  const manifest: MadeCommit[] = [{ files: { "serving/app.yaml": APP, "serving/b.yaml": APP } }];
  const reset = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795600000" };

  it.each([
    [
      "that the limit is used up",
      { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] },
      reset,
      "2 manifests were not read: GitHub's hourly limit is used up until 2026-11-25T09:46:40.000Z",
    ],
    [
      "that it is forbidden",
      { data: null, errors: [{ type: "FORBIDDEN", message: "s3cret" }] },
      {},
      "2 manifests were not read: GitHub does not allow it",
    ],
    [
      "and the half of the answer",
      {
        data: { repository: { f0: { text: APP, isTruncated: false, isBinary: false }, f1: null } },
        errors: [{ message: "s3cret timeout", path: ["repository", "f1"] }],
      },
      {},
      "1 manifest was not read: GitHub could not answer the query",
    ],
    ["and no JSON at all", "<html>", {}, "2 manifests were not read: GitHub's answer could not be read"],
  ])("%s leaves unread what it does not hold", async (_name, body, headers, why) => {
    const { read } = await begin(manifest, {}, { intercept: answering(/\/graphql/, 200, body, headers) });
    const snapshot = await read();
    expect(snapshot.missing).toEqual([{ part: "infrastructure", why }]);
    expect(snapshot.unread).toContain("serving/b.yaml");
  });

  it("is one of several where there are more than 80 files to be read whole", async () => {
    const files = Object.fromEntries(Array.from({ length: 170 }, (_, n) => [`serving/app-${n}.yaml`, APP]));
    const { local, read } = await begin([{ files }]);
    expect((await read()).after).toHaveLength(170);
    expect(local.requests.filter((request) => request.endsWith("/graphql"))).toHaveLength(3);
  });
});

it.each([
  [
    "says to whom for how long",
    403,
    { message: "You have exceeded a secondary rate limit" },
    { "retry-after": "30" },
    /in 30 seconds/,
  ],
  [
    "says nothing of a time",
    403,
    { message: "You have exceeded a secondary rate limit." },
    { "x-ratelimit-remaining": "4990" },
    /in a minute/,
  ],
  ["has another number", 429, { message: "s3cret" }, {}, /in a minute/],
])("calls a secondary limit a pause where it %s", async (_name, status, body, headers, hint) => {
  const { read } = await begin([], {}, { intercept: answering(/./, status, body, headers) });
  await expect(read()).rejects.toMatchObject({
    ...{ code: "unavailable", message: "GitHub asks for a pause.", hint },
  });
});

it("reads from an Enterprise server, whose addresses begin with a path", async () => {
  const { local, read } = await begin([{ files: { "serving/app.yaml": APP } }], {}, { apiPath: "/api/v3" });
  const snapshot = await read();
  expect(snapshot).toMatchObject({ webUrl: `${new URL(local.url).origin}/acme/work`, missing: [] });
  expect(snapshot.after.map(({ path }) => path)).toEqual(["serving/app.yaml"]);
});
