import { describe, expect, it } from "vitest";
import { gitIn } from "../../../examples/github/repository.ts";
import type { Fixture } from "../../../examples/github/server.ts";
import { OWNER } from "../../support/exercise-github.ts";
import { REPO, SERVING, useExercises } from "../../support/exercises.ts";
import { importCommits } from "../../support/made-repository.ts";

const { begin } = useExercises();
const APPLICATION = { application: "MLE-1" };
const pull = (number: number, head: string): Fixture => ({
  ...{
    owner: OWNER,
    repo: REPO,
    number,
    title: "Answer",
    body: "",
    author: "zed-handle",
    base: "main",
    head,
  },
  ...{ checks: [], created_at: "2026-11-20T12:00:00Z", updated_at: "2026-11-20T13:00:00Z" },
});

async function withTwo() {
  const made = await begin();
  await made.greenflag.ok("assign_exercise", SERVING);
  const bare = made.local.bare(OWNER, REPO);
  for (const [n, head] of ["first", "second"].entries()) {
    importCommits(bare, head, [{ files: { [`${head}.py`]: "x = 1\n" }, at: `2026-11-1${n + 1}T10:00:00Z` }]);
    made.local.openPull(pull(n + 1, head));
  }
  return made;
}

const stored = async (greenflag: Awaited<ReturnType<typeof withTwo>>["greenflag"]) =>
  (await greenflag.ok("get_candidate", { ...APPLICATION, include: ["submission"] })).submission;

describe("two pull requests of the candidate's", () => {
  it("are listed to choose from, none is stored, and what was chosen is read from then on", async () => {
    const { local, greenflag } = await withTwo();
    const address = `${local.url}/${OWNER}/${REPO}/pull`;
    const text = await greenflag.refused("summarize_submission", APPLICATION);
    expect(text).toMatch(/2 pull requests may be the answer, and none was stored/);
    expect(text).toContain(`${address}/1 (by zed-handle, open, head of 2026-11-11 as the commit claims)`);
    expect(text).toContain(`${address}/2 (by zed-handle, open, head of 2026-11-12 as the commit claims)`);
    expect((await stored(greenflag)).at).toBeNull();
    await greenflag.ok("summarize_submission", { ...APPLICATION, url: `${address}/2` });
    const again = await greenflag.ok("summarize_submission", APPLICATION);
    expect(again.submission.identity.pull_request).toBe(2);
  });

  it("are listed without a name in the blind round, and chosen by number", async () => {
    const { greenflag } = await withTwo();
    await greenflag.agreed("move_candidate", {
      ...{ ...APPLICATION, to: "exercise", override: true, reason: "Test" },
    });
    const text = await greenflag.refused("summarize_submission", APPLICATION);
    expect(text).toMatch(/url: one of #2 \(open, head of 2026-11-12 as the commit claims\); #1 \(/);
    expect(text).not.toMatch(/zed-|acme-hiring|127\.0\.0\.1/);
    const { submission } = await greenflag.ok("summarize_submission", { ...APPLICATION, url: "#1" });
    expect(submission.identity.pull_request).toBe(1);
  });
});

it("lists branches that may be the answer without a name in the blind round, and takes one by its head", async () => {
  const { local, greenflag } = await begin();
  await greenflag.ok("assign_exercise", SERVING);
  await greenflag.agreed("move_candidate", {
    ...{ ...APPLICATION, to: "exercise", override: true, reason: "Test" },
  });
  const bare = local.bare(OWNER, REPO);
  for (const name of ["zed-handle/one", "zed-handle/two"])
    importCommits(bare, name, [{ files: { "a.py": `x = "${name}"\n` } }]);
  const text = await greenflag.refused("summarize_submission", APPLICATION);
  expect(text).toMatch(
    /2 branches may be the answer.*url: one of #[0-9a-f]{12} \(ahead\); #[0-9a-f]{12} \(/s,
  );
  expect(text).not.toMatch(/zed-|acme-hiring|127\.0\.0\.1/);
  const two = gitIn(bare)("rev-parse", "zed-handle/two").trim();
  const url = `#${two.slice(0, 12)}`;
  const { submission } = await greenflag.ok("summarize_submission", { ...APPLICATION, url });
  expect(submission.identity.head_sha).toBe(two);
  expect(JSON.stringify(submission)).not.toMatch(/zed-|acme-hiring|127\.0\.0\.1/);
  importCommits(bare, "zed-handle/two", [{ files: { "b.py": "y = 1\n" } }], "refs/heads/zed-handle/two");
  const again = await greenflag.ok("summarize_submission", APPLICATION);
  expect(again.submission.identity.head_sha).toBe(gitIn(bare)("rev-parse", "zed-handle/two").trim());
  expect(await greenflag.refused("summarize_submission", { ...APPLICATION, url: "#000000000000" })).toMatch(
    /no branch there has this head any more/,
  );
});

it("stores nothing for a repository in which nothing was done since the start", async () => {
  const { greenflag } = await begin();
  await greenflag.ok("assign_exercise", SERVING);
  expect(await greenflag.refused("summarize_submission", APPLICATION)).toMatch(
    /no commit after the start, so nothing was stored.*summarize_submission with url/s,
  );
  expect((await stored(greenflag)).at).toBeNull();
});

it("takes the name of today of a repository that was renamed for the one on record", async () => {
  const { local, greenflag } = await begin();
  await greenflag.ok("assign_exercise", SERVING);
  importCommits(local.bare(OWNER, REPO), "answer", [{ files: { "a.py": "a = 1\n" } }]);
  local.openPull(pull(1, "answer"));
  local.rename(OWNER, REPO, "renamed");
  const url = `${local.url}/${OWNER}/renamed/pull/1`;
  const { submission } = await greenflag.ok("summarize_submission", { ...APPLICATION, url });
  expect(submission.identity).toMatchObject({ repository: `${OWNER}/renamed`, pull_request: 1 });
});

it("names the commands that make a clone of what is on another host", async () => {
  const { local, greenflag } = await begin();
  expect(
    await greenflag.refused("summarize_submission", {
      url: "https://gitlab.com/acme/work/-/merge_requests/5",
    }),
  ).toMatch(
    /`git clone https:\/\/gitlab\.com\/acme\/work\.git`.*merge-requests\/5\/head.*summarize_submission with url: the path of its folder/,
  );
  expect(
    await greenflag.refused("assign_exercise", { ...SERVING, repository: "git@bitbucket.org:acme/work.git" }),
  ).toMatch(/git clone https:\/\/bitbucket\.org\/acme\/work\.git.*assign_exercise with repository/);
  expect(local.requests).toEqual([]);
});
