import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import type { GithubSetup } from "../../../examples/github/server.ts";
import { send } from "../../../examples/github/server.ts";
import { useDatabase } from "../../support/database.ts";
import {
  clientFor,
  type ExerciseGithub,
  KITS,
  OWNER,
  startExerciseGithub,
} from "../../support/exercise-github.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const open: ExerciseGithub[] = [];
afterEach(async () => {
  for (const github of open.splice(0)) await github.close();
});

async function begin(setup: GithubSetup = {}, options: { token?: boolean; owner?: boolean } = {}) {
  const local = await startExerciseGithub(setup);
  open.push(local);
  const greenflag = await startWithCandidate({
    store: await database.workspace(),
    github: clientFor(local, options.token),
    ...(options.owner === false ? {} : { githubOwner: OWNER }),
    allowFiles: true,
  });
  return { local, greenflag };
}

const SERVING = { application: "MLE-1", exercise: "overprovisioned-serving", github_username: "zed-handle" };
const REPO = "overprovisioned-serving-mle-1";
const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" }).trim();

describe("assign_exercise", () => {
  it("makes a private repository, invites, and records where the work begins and when it is due", async () => {
    const { local, greenflag } = await begin();
    const { submission, steps } = await greenflag.ok("assign_exercise", SERVING);
    expect(submission).toEqual({
      exercise: "overprovisioned-serving",
      repository: `${local.url}/${OWNER}/${REPO}`,
      status: "invited",
      github_username: "zed-handle",
      due: "2026-12-01T09:00:00.000Z",
      start_sha: git(local.bare(OWNER, REPO), "rev-parse", "main"),
    });
    expect(steps[0]).toMatch(/^Made the private repository/);
    expect(local.invited(OWNER, REPO)).toEqual(["zed-handle"]);
    expect(git(local.bare(OWNER, REPO), "ls-tree", "-r", "--name-only", "main")).not.toMatch(/answer/);
  });

  it("says with preview what it would do, and does nothing", async () => {
    const { local, greenflag } = await begin();
    const { steps, preview } = await greenflag.ok("assign_exercise", { ...SERVING, preview: true });
    expect(preview).toBe(true);
    expect(steps.join(" ")).toMatch(
      /Would make .*overprovisioned-serving-mle-1 from .* Would invite zed-handle/,
    );
    expect(local.requests).toEqual([]);
    const { submission } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["submission"],
    });
    expect(submission).toBeNull();
  });

  it("changes nothing when repeated, and moves the due day when another is given", async () => {
    const { local, greenflag } = await begin();
    const first = await greenflag.ok("assign_exercise", SERVING);
    const asked = local.requests.length;
    expect(await greenflag.ok("assign_exercise", SERVING)).toMatchObject({ submission: first.submission });
    expect(local.requests.length).toBe(asked);
    const later = await greenflag.ok("assign_exercise", { ...SERVING, due: "2026-12-05" });
    expect(later.submission.due).toBe("2026-12-05T23:59:59.000Z");
  });

  it.each([
    ["GitHub fails after it made the repository", /\/generate$/, "after"],
    ["GitHub fails before it makes one", /\/generate$/, "before"],
    ["the invitation fails", /\/collaborators\//, "before"],
  ])("goes on from where it stood when %s, and never makes a second repository", async (_name, on, when) => {
    let failures = 1;
    const { local, greenflag } = await begin({
      intercept(request, response) {
        if (!on.test(request.url ?? "") || failures === 0) return false;
        failures -= 1;
        if (when === "before") send(response, 502, {});
        else {
          // Done, and the answer lost.
          response.writeHead = () => response;
          response.end = () => response.destroy();
          return false;
        }
        return true;
      },
    });
    expect(await greenflag.refused("assign_exercise", SERVING)).toMatch(
      /GitHub (failed|could not be reached)/,
    );
    const { submission } = await greenflag.ok("assign_exercise", SERVING);
    expect(submission.status).toBe("invited");
    expect(local.invited(OWNER, REPO)).toEqual(["zed-handle"]);
    const made = local.requests.filter((r) => r.includes("/generate")).length;
    expect(made).toBe(when === "before" && on.source.includes("generate") ? 2 : 1);
  });

  it("makes one repository when asked twice at the same time", async () => {
    const { local, greenflag } = await begin();
    const both = await Promise.all([
      greenflag.ok("assign_exercise", SERVING),
      greenflag.ok("assign_exercise", SERVING),
    ]);
    expect(both.map((b) => b.submission.repository)).toEqual([
      `${local.url}/${OWNER}/${REPO}`,
      `${local.url}/${OWNER}/${REPO}`,
    ]);
    expect(local.invited(OWNER, REPO)).toEqual(["zed-handle"]);
  });

  it("waits for GitHub to fill the repository, and says so when that takes long", async () => {
    let empty = 3;
    const { greenflag } = await begin({
      intercept(request, response) {
        if (!/\/git\/ref\//.test(request.url ?? "") || empty === 0) return false;
        empty -= 1;
        send(response, 409, { message: "Git Repository is empty." });
        return true;
      },
    });
    expect((await greenflag.ok("assign_exercise", SERVING)).submission.status).toBe("invited");
  });

  it.each([
    [
      "an unknown exercise",
      { exercise: "nope" },
      /exercise: "nope" is not known.*broken-retraining-pipeline/,
    ],
    ["no user", { github_username: undefined }, /github_username: missing/],
    ["an address as user", { github_username: "a@b.example" }, /github_username: this is not a valid name/],
    ["a due day in the past", { due: "2026-11-01" }, /due: this is in the past/],
    ["a due day that is none", { due: "soon" }, /due: this is no date/],
    ["another host", { repository: "https://evil.example/o/r" }, /repository: only 127/],
    [
      "a repository that is not there",
      { repository: "ADDRESS/acme-hiring/none" },
      /repository: GitHub shows no such/,
    ],
  ])("refuses %s, and records nothing", async (_name, changed, text) => {
    const { local, greenflag } = await begin();
    const args = JSON.parse(
      JSON.stringify({ ...SERVING, ...changed }).replace("ADDRESS", local.url),
    ) as object;
    expect(await greenflag.refused("assign_exercise", args)).toMatch(text);
    const { submission } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["submission"],
    });
    expect(submission).toBeNull();
  });

  it("says what to set without a token or an owner, and offers registering by hand", async () => {
    const without = await begin({}, { token: false });
    expect(await without.greenflag.refused("assign_exercise", SERVING)).toMatch(
      /Without GITHUB_TOKEN.*pass its address as repository/,
    );
    const nobody = await begin({}, { owner: false });
    expect(await nobody.greenflag.refused("assign_exercise", SERVING)).toMatch(
      /GREENFLAG_GITHUB_OWNER.*pass its address as repository/,
    );
  });

  it("leaves a repository alone that has the name and is something else", async () => {
    const { local, greenflag } = await begin({
      intercept(request, response) {
        if (request.method !== "GET" || !request.url?.endsWith(REPO)) return false;
        send(response, 200, { default_branch: "main", private: false, template_repository: null });
        return true;
      },
    });
    expect(await greenflag.refused("assign_exercise", SERVING)).toMatch(
      /exists and is no private repository made from/,
    );
    expect(local.requests.filter((r) => r.startsWith("POST") || r.startsWith("PUT"))).toEqual([]);
  });

  it("registers a repository that exists, and reads what was pushed to it since", async () => {
    const { local, greenflag } = await begin();
    const repository = `${local.url}/${OWNER}/overprovisioned-serving`;
    const { submission } = await greenflag.ok("assign_exercise", {
      ...SERVING,
      github_username: undefined,
      repository,
    });
    expect(submission).toMatchObject({ status: "created", repository, github_username: null });
    local.handIn("overprovisioned-serving", "overprovisioned-serving", "good", "work");
    const bare = local.bare(OWNER, "overprovisioned-serving");
    git(bare, "update-ref", "refs/heads/main", "refs/heads/work");
    const intercepted = await greenflag.ok("summarize_submission", { application: "MLE-1" });
    expect(intercepted.submission.identity.head_sha).toBe(git(bare, "rev-parse", "main"));
  });

  it("takes one exercise for one application", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("assign_exercise", SERVING);
    const other = { ...SERVING, exercise: "broken-retraining-pipeline" };
    expect(await greenflag.refused("assign_exercise", other)).toMatch(
      /was given overprovisioned-serving already/,
    );
  });
});

describe("from assign_exercise to summarize_submission", () => {
  it("shows what a good answer to the serving kit changes, in numbers", async () => {
    const { local, greenflag } = await begin();
    await greenflag.ok("assign_exercise", SERVING);
    local.handIn(REPO, "overprovisioned-serving", "good");
    const { submission: s } = await greenflag.ok("summarize_submission", {
      application: "MLE-1",
      detail: "full",
    });
    expect(s.infrastructure.requested.gpu).toEqual({
      before: { at_least: 8, at_most: null },
      after: { at_least: 2, at_most: 4 },
      percent: { at_least: -75, at_most: null },
    });
    expect(s.coverage.map((c: { id: string; status: string }) => [c.id, c.status])).toEqual([
      ["right_sized", "met_by"],
      ["autoscaling", "met_by"],
      ["probes", "met_by"],
      ["pinned_images", "met_by"],
      ["zombies_closed", "met_by"],
      ["evidence", "met_by"],
      ["notes", "met_by"],
    ]);
    expect(s.identity).toMatchObject({ exercise: "overprovisioned-serving", late_by_days: 0 });
    expect(s.timeline).toMatchObject({ force_pushes: 1, single_commit: true });
    expect(s.workflows).toEqual([
      { name: "ci", runs: 2, first_green_at: "2026-11-26T18:05:00Z", last: "success" },
    ]);
    expect(s.follow_ups.map((q: { ask: string }) => q.ask).join("\n")).toMatch(
      /`ranker` goes from 8 GPU to 2/,
    );
    expect(s.missing).toEqual([]);
    expect(local.requests.filter((r) => !r.startsWith("PUT")).length).toBeLessThan(20);
  });

  it("shows what a bad answer leaves undone, without a verdict on the person", async () => {
    const { local, greenflag } = await begin();
    await greenflag.ok("assign_exercise", SERVING);
    local.handIn(REPO, "overprovisioned-serving", "bad");
    const { submission: s } = await greenflag.ok("summarize_submission", { application: "MLE-1" });
    const status = Object.fromEntries(
      s.coverage.map((c: { id: string; status: string }) => [c.id, c.status]),
    );
    expect(status).toMatchObject({
      autoscaling: "not_seen",
      probes: "not_seen",
      zombies_closed: "not_seen",
      notes: "not_seen",
    });
    expect(s.protected_edited).toEqual([".github/workflows/ci.yml", "tests/starter/test_manifests.py"]);
    expect(s.tests.skipped_added).toBe(1);
    expect(s.pipelines[0]).toMatchObject({ after: { unpinned: ["actions/checkout@main"], with_timeout: 0 } });
    expect(s.follow_ups.map((q: { ask: string }) => q.ask).join("\n")).toMatch(
      /`embedder` may run with one replica/,
    );
  });

  it("tells the good and the bad answer to the pipeline kit apart by facts", async () => {
    const answers: Record<string, string>[] = [];
    for (const answer of ["good", "bad"] as const) {
      const { local, greenflag } = await begin();
      await greenflag.ok("assign_exercise", { ...SERVING, exercise: "broken-retraining-pipeline" });
      local.handIn("broken-retraining-pipeline-mle-1", "broken-retraining-pipeline", answer);
      const { submission: s } = await greenflag.ok("summarize_submission", { application: "MLE-1" });
      answers.push(
        Object.fromEntries(s.coverage.map((c: { id: string; status: string }) => [c.id, c.status])),
      );
    }
    const [good = {}, bad = {}] = answers;
    expect(
      Object.values(good).every((status) => status === "met_by"),
      JSON.stringify(good),
    ).toBe(true);
    expect(
      Object.values(bad).filter((status) => status === "met_by").length,
      JSON.stringify(bad),
    ).toBeLessThanOrEqual(2);
  });

  it("refuses a copied link to somebody else's work", async () => {
    const { local, greenflag } = await begin();
    await greenflag.ok("assign_exercise", SERVING);
    const other = `${local.url}/${OWNER}/somebody-elses/pull/1`;
    expect(await greenflag.refused("summarize_submission", { application: "MLE-1", url: other })).toMatch(
      /not the repository in which the exercise was given/,
    );
  });

  it("is blind in the exercise round, permalinks included, and reports a head that moved", async () => {
    const { local, greenflag } = await begin();
    await greenflag.ok("move_candidate", {
      application: "MLE-1",
      to: "exercise",
      override: true,
      reason: "Test",
    });
    await greenflag.ok("assign_exercise", SERVING);
    local.handIn(REPO, "overprovisioned-serving", "bad");
    const first = await greenflag.call("summarize_submission", { application: "MLE-1", detail: "full" });
    for (const view of [first.text, JSON.stringify(first.facts.submission)])
      expect(view).not.toMatch(/zed-|zed@|Zed |acme-hiring|127\.0\.0\.1/);
    const bare = local.bare(OWNER, REPO);
    git(bare, "update-ref", "refs/heads/answer", "refs/heads/main");
    const { submission: s } = await greenflag.ok("summarize_submission", { application: "MLE-1" });
    expect(s.identity.previous_head_sha).toBe(first.facts.submission.identity.head_sha);
    const kept = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["submission"] });
    expect(JSON.stringify(kept.submission)).not.toMatch(/zed-handle|acme-hiring/);
    expect(kept.submission.assignment).toMatchObject({
      exercise: "overprovisioned-serving",
      status: "invited",
    });
  });

  it("asks GitHub again with tags, and what has not changed costs nothing", async () => {
    let unchanged = 0;
    const { local, greenflag } = await begin({
      intercept(request, response) {
        if (request.headers["if-none-match"])
          response.once("finish", () => (unchanged += Number(response.statusCode === 304)));
        return false;
      },
    });
    await greenflag.ok("assign_exercise", SERVING);
    local.handIn(REPO, "overprovisioned-serving", "good");
    await greenflag.ok("summarize_submission", { application: "MLE-1" });
    const before = local.requests.length;
    const again = await greenflag.ok("summarize_submission", { application: "MLE-1" });
    expect(again.submission.totals.files).toBeGreaterThan(5);
    expect(local.requests.length - before).toBeLessThanOrEqual(10);
    expect(unchanged).toBeGreaterThanOrEqual(7);
  });
});

describe("the kits", () => {
  it.each(["overprovisioned-serving", "broken-retraining-pipeline"])(
    "give away neither the answer key of %s nor its faults",
    async (kit) => {
      const { local, greenflag } = await begin();
      const given = await greenflag.call("assign_exercise", { ...SERVING, exercise: kit });
      const bare = local.bare(OWNER, `${kit}-mle-1`);
      const paths = git(bare, "ls-tree", "-r", "--name-only", "main").split("\n");
      const key = readFileSync(`${KITS}${kit}/answer-key.md`, "utf8");
      // What stands in the key's table between bars, in words long enough to be nobody else's.
      const faults = key
        .split("\n")
        .filter((line) => /^\| \d/.test(line))
        .flatMap((line) => line.split("|").map((cell) => cell.trim()))
        .filter((cell) => cell.split(" ").length > 3);
      expect(faults.length).toBeGreaterThan(5);
      expect(paths).toContain("README.md");
      expect(paths.filter((path) => /answer|key/i.test(path))).toEqual([]);
      const invite = await greenflag.call("draft_outreach", {
        ...{ application: "MLE-1", purpose: "exercise_invite" },
      });
      const texts = [given.text, invite.text, ...paths.map((path) => git(bare, "show", `main:${path}`))];
      for (const fault of faults) expect(texts.filter((text) => text.includes(fault))).toEqual([]);
    },
  );
});
