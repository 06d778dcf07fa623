import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KITS, OWNER } from "../../support/exercise-github.ts";
import { git, REPO, SERVING, useExercises } from "../../support/exercises.ts";

const { begin } = useExercises();

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
    await greenflag.agreed("move_candidate", {
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
    expect(local.requests.length - before).toBeLessThanOrEqual(11);
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
