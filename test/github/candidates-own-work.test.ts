import { describe, expect, it } from "vitest";
import { type GithubSetup, send } from "../../examples/github/server.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { snapshotOf } from "../support/exercise-github.ts";
import type { MadeCommit } from "../support/made-repository.ts";
import { worksOnGithub } from "../support/works-on-github.ts";

const works = worksOnGithub();
const fileKinds = loadCatalog({}).fileKinds();
const WHERE = { owner: "acme", repo: "work", number: null };
const ask = { fileKinds, candidate: "zed-handle", signal: new AbortController().signal };
const BOT = { number: 3, author: "dependabot[bot]", author_type: "Bot" as const, head: "dependabot/pip/x" };
const WORK: MadeCommit = { message: "Work", files: { "src/app.py": "x = 1\n" } };

async function begin(setup: GithubSetup = {}) {
  const { local, git, github, push, openPull } = await works([], setup);
  return {
    ...{ local, git, github, push, openPull, start: git("rev-parse", "main") },
    answer: (startSha: string | undefined, more: object = {}) =>
      github.readAnswer(WHERE, startSha, { ...ask, ...more }),
    read: (startSha?: string, more: object = {}) => snapshotOf(github, WHERE, { ...ask, ...more }, startSha),
  };
}

describe("the answer in a registered repository", () => {
  it("is what was pushed to the default branch where the only pull request is a bot's", async () => {
    const { local, git, push, openPull, read, start } = await begin();
    push("dependabot/pip/x", [{ files: { "requirements.txt": "x==2\n" } }]);
    openPull(BOT);
    push("main", [WORK]);
    const snapshot = await read(start);
    expect(snapshot).toMatchObject({
      ...{
        source: "repository",
        number: null,
        branch: "main",
        baseSha: start,
        headSha: git("rev-parse", "main"),
      },
      baseWhy: "the start on record",
      beside: ["pull request 3 is by dependabot[bot], a bot, and was not counted"],
      missing: [],
    });
    expect(snapshot.files.map(({ path }) => path)).toEqual(["src/app.py"]);
    expect(local.requests.length).toBeLessThanOrEqual(11);
  });

  it.each([
    ["the candidate's own pull request, however late a bot's was opened", "zed-handle"],
    ["the pull request by the candidate, whose name is written in another case", "Zed-Handle"],
    ["the only person's pull request where no account is on record", undefined],
  ])("is %s", async (_name, candidate) => {
    const { push, openPull, read, start } = await begin();
    push("answer", [WORK]);
    openPull();
    push("dependabot/pip/x", [{ files: { "requirements.txt": "x==2\n" } }]);
    openPull(BOT);
    expect(await read(start, { candidate })).toMatchObject({
      number: 1,
      beside: ["pull request 3 is by dependabot[bot], a bot, and was not counted"],
    });
  });

  it("is never another person's pull request, which is named and whose author blind mode hides", async () => {
    const { push, openPull, read, start } = await begin();
    push("helper", [{ files: { "b.py": "b = 1\n" } }]);
    openPull({ number: 2, author: "someone-else", head: "helper" });
    push("main", [WORK]);
    const snapshot = await read(start);
    expect(snapshot.number).toBeNull();
    expect(snapshot.beside).toEqual([
      "pull request 2 is by someone-else, who is not the candidate on record, and was not counted",
    ]);
    expect(snapshot.identities).toContain("someone-else");
  });

  it("is asked for where the candidate has two, with their states and the dates of their heads", async () => {
    const { push, openPull, answer, start } = await begin();
    push("answer", [{ ...WORK, at: "2026-11-18T10:00:00Z" }]);
    push("other", [{ files: { "c.py": "c = 1\n" }, at: "2026-11-19T10:00:00Z" }]);
    openPull();
    openPull({ number: 2, head: "other", draft: true });
    expect(await answer(start)).toEqual({
      choices: [
        {
          number: 2,
          branch: "other",
          author: "zed-handle",
          state: "draft",
          sha: expect.stringMatching(/^[0-9a-f]{40}$/),
          headAt: "2026-11-19T10:00:00+00:00",
        },
        {
          number: 1,
          branch: "answer",
          author: "zed-handle",
          state: "open",
          sha: expect.stringMatching(/^[0-9a-f]{40}$/),
          headAt: "2026-11-18T10:00:00+00:00",
        },
      ],
    });
  });

  it("is the open one where another was closed without being merged", async () => {
    const { push, openPull, read, start } = await begin();
    push("answer", [WORK]);
    push("tried", [{ files: { "c.py": "c = 1\n" } }]);
    openPull({ number: 1, head: "tried", state: "closed" });
    openPull({ number: 2 });
    expect(await read(start)).toMatchObject({
      number: 2,
      beside: ["pull request 1 is closed without being merged, and was not counted"],
    });
  });

  it("is on the one other branch where the default branch is still at the start", async () => {
    const { push, read, start } = await begin();
    push("develop", [WORK]);
    expect(await read(start)).toMatchObject({
      branch: "develop",
      beside: ["the default branch, main, is still at the start, so develop was read"],
    });
  });

  it("is asked for where two other branches hold work and the default branch none", async () => {
    const { push, answer, start } = await begin();
    push("develop", [WORK]);
    push("trunk", [{ files: { "t.py": "t = 1\n" } }]);
    expect(await answer(start)).toMatchObject({ choices: [{ branch: "develop" }, { branch: "trunk" }] });
  });

  it("names a branch that is ahead of the default branch", async () => {
    const { push, read, start } = await begin();
    push("main", [WORK], "refs/heads/main");
    push("more", [{ files: { "m.py": "m = 1\n" } }], "refs/heads/main");
    expect((await read(start)).beside).toEqual([
      "branch more is 1 commit ahead of main, and was not counted",
    ]);
  });

  it("is not there where nothing came after the start, whoever registered it when", async () => {
    const { answer, start } = await begin();
    await expect(answer(start)).rejects.toMatchObject({
      code: "precondition_failed",
      message: /no commit after the start, so nothing was stored/,
    });
  });

  it("is found in the candidate's own repository that was registered after the work", async () => {
    const { git, push, read } = await begin();
    push("main", [WORK, { files: { "src/b.py": "b = 1\n" } }]);
    const snapshot = await read(git("rev-parse", "main"), { candidate: "acme" });
    expect(snapshot).toMatchObject({ base: "nothing", baseWhy: /start on record is the head itself/ });
    expect(snapshot.totals).toEqual({ commits: 3, files: 3, added: 3, removed: 0 });
  });

  it("begins where a fork left its parent, where no start is on record", async () => {
    const { local, git, push, read, start } = await begin();
    push("main", [WORK], "refs/heads/main");
    git("update-ref", "refs/network/upstream/main", start);
    local.change("acme", "work", { parent: "upstream/work", archived: true });
    expect(await read(undefined)).toMatchObject({
      baseSha: start,
      baseWhy: "no start is on record; compared with where the fork left upstream/work",
    });
  });

  it("is asked for where a fork has nothing that its parent does not have", async () => {
    const { local, git, read, start } = await begin();
    git("update-ref", "refs/network/upstream/main", start);
    local.change("acme", "work", { parent: "upstream/work" });
    await expect(read(undefined)).rejects.toMatchObject({
      message: /not known at which commit the work began/,
    });
  });

  it("begins with nothing, where no start is on record and the history is its own", async () => {
    const { push, read, git } = await begin();
    push("main", [WORK], "refs/heads/main");
    const snapshot = await read(undefined);
    expect(snapshot.baseWhy).toBe(
      "no start is on record, and the history begins in this repository: read from the first commit on",
    );
    expect(snapshot.commits.map(({ sha }) => sha)).toEqual(git("rev-list", "--reverse", "main").split("\n"));
    expect(snapshot.files).toMatchObject([
      { path: "README.md", status: "added", added: 1, patch: "@@ -0,0 +1,1 @@\n+Start" },
      { path: "src/app.py", added: 1 },
    ]);
  });

  it("begins at the first commit of what was made from a template", async () => {
    const { local, push, read, start } = await begin();
    push("main", [WORK], "refs/heads/main");
    local.change("acme", "work", { template: "acme/starter" });
    expect(await read(undefined)).toMatchObject({ baseSha: start, baseWhy: /the template acme\/starter/ });
  });
});

describe("a pull request given by hand", () => {
  it.each([
    ["a bot", BOT, "this pull request is by dependabot[bot], a bot"],
    [
      "somebody else",
      { number: 3, author: "someone-else" },
      "this pull request is by someone-else, who is not the candidate on record",
    ],
  ])("by %s is read, and its author is said", async (_name, changed, text) => {
    const { github, push, openPull } = await begin();
    push("answer", [WORK]);
    openPull({ ...changed, head: "answer" });
    expect(await snapshotOf(github, { ...WHERE, number: 3 }, ask)).toMatchObject({
      number: 3,
      beside: [text],
    });
  });
});

describe("an address of a branch or of a comparison", () => {
  it.each([
    ["a branch", { branch: "feature/x" }, "the start on record"],
    ["a comparison", { range: { base: "main", head: "feature/x" } }, "the start that the address names"],
  ])("reads %s", async (_name, part, why) => {
    const { github, push, start } = await begin();
    push("feature/x", [WORK]);
    const snapshot = await snapshotOf(github, { ...WHERE, ...part }, ask, start);
    expect(snapshot).toMatchObject({ branch: "feature/x", baseSha: start, baseWhy: why });
    expect(snapshot.files.map(({ path }) => path)).toEqual(["src/app.py"]);
  });
});

describe("when a head arrived", () => {
  const withActivity = (status: number, list: unknown = {}) => ({
    intercept: (request: { url?: string | undefined }, response: Parameters<typeof send>[0]) => {
      if (!/\/activity\?/.test(request.url ?? "")) return false;
      send(response, status, list);
      return true;
    },
  });

  it("is not known from the time of the last push to the whole repository", async () => {
    const { github, push, openPull } = await begin(withActivity(404));
    push("answer", [WORK]);
    openPull({ updated_at: "2027-01-05T00:00:00Z" });
    const snapshot = await snapshotOf(github, { ...WHERE, number: 1 }, ask);
    expect(snapshot.pushedAt).toBeNull();
    expect(snapshot.missing).toContainEqual({
      part: "pushes",
      why: "GitHub's record of pushes was not read (GitHub shows nothing at this address)",
    });
  });

  it.each([
    [
      "a merge on GitHub",
      { activity_type: "pr_merge" },
      "the head came by a merge on GitHub, which is no push",
    ],
    ["a bot", { actor: { login: "x[bot]" } }, "the head was pushed by a bot"],
    [
      "another account",
      { actor: { login: "team-member" } },
      "the head was pushed by another account than the candidate's",
    ],
  ])("is not told from what %s did", async (_name, changed, why) => {
    const setup: { list: unknown[] } = { list: [] };
    const { git, push, read, start } = await begin(withActivity(200, setup.list));
    push("main", [WORK], "refs/heads/main");
    setup.list.push({
      ...{
        id: 1,
        after: git("rev-parse", "main"),
        ref: "refs/heads/main",
        timestamp: "2026-12-30T00:00:00Z",
      },
      ...{ activity_type: "push", actor: { login: "zed-handle" }, ...changed },
    });
    const snapshot = await read(start);
    expect(snapshot.pushedAt).toBeNull();
    expect(snapshot.missing).toContainEqual({ part: "pushes", why });
  });

  it("is the first time, where the same head was pushed twice", async () => {
    const setup: { list: unknown[] } = { list: [] };
    const { git, push, read, start } = await begin(withActivity(200, setup.list));
    push("main", [WORK], "refs/heads/main");
    const of = (timestamp: string) => ({
      ...{ id: 1, after: git("rev-parse", "main"), ref: "refs/heads/main", timestamp, activity_type: "push" },
      actor: { login: "zed-handle" },
    });
    setup.list.push(of("2026-12-30T00:00:00Z"), of("2026-11-20T00:00:00Z"));
    expect((await read(start)).pushedAt).toBe("2026-11-20T00:00:00Z");
  });
});
