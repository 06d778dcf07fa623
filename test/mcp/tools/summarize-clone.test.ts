import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bareFromFolder, commit, gitIn, pushAnswer } from "../../../examples/github/repository.ts";
import { useDatabase } from "../../support/database.ts";
import { KITS } from "../../support/exercise-github.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const folder = mkdtempSync(join(tmpdir(), "greenflag-clones-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const begin = async (allowFiles = true) =>
  startWithCandidate({ store: await database.workspace(), allowFiles });
const git = (at: string, ...args: string[]) => gitIn(at)(...args).trim();

/** A kit as a candidate has it: a clone of its starting point, and the bare repository behind it. */
function given(kit: string): { bare: string; clone: string } {
  const at = mkdtempSync(join(folder, "kit-"));
  const [bare, clone] = [join(at, "origin.git"), join(at, "clone")];
  bareFromFolder(`${KITS}${kit}/starter`, bare, "2026-11-01T08:00:00Z");
  git(at, "clone", "--quiet", bare, clone);
  return { bare, clone };
}

function answered(kit: string, answer: "good" | "bad", at: { bare: string; clone: string }): string {
  pushAnswer(at.bare, `${KITS}${kit}/answers/${answer}`, {
    ...{ branch: "answer", at: "2026-11-26T18:00:00Z", message: "Answer" },
    author: "Zed Candidate <zed@example.test>",
  });
  git(at.clone, "pull", "--quiet", "origin", "answer");
  return at.clone;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever fields the answer has
const statusOf = (submission: any): Record<string, string> =>
  Object.fromEntries(submission.coverage.map((c: { id: string; status: string }) => [c.id, c.status]));

describe("a clone", () => {
  it.each(["overprovisioned-serving", "broken-retraining-pipeline"])(
    "of %s is read against where it stood when it was registered, with facts that equal git's",
    async (kit) => {
      const greenflag = await begin();
      const place = given(kit);
      const start = git(place.clone, "rev-parse", "HEAD");
      const { submission: registered } = await greenflag.ok("assign_exercise", {
        ...{ application: "MLE-1", exercise: kit, repository: place.clone },
      });
      expect(registered).toMatchObject({ status: "created", start_sha: start, repository: place.clone });
      const clone = answered(kit, "good", place);
      const { submission: s, stored } = await greenflag.ok("summarize_submission", {
        application: "MLE-1",
        detail: "full",
      });
      const numstat = git(clone, "diff", "--numstat", "-M", start, "HEAD")
        .split("\n")
        .map((line) => line.split("\t").map(Number));
      const sum = (column: number) => numstat.reduce((total, row) => total + (row[column] ?? 0), 0);
      expect(stored).toBe(true);
      expect(s.identity).toMatchObject({
        ...{ source: "clone", base_sha: start, head_sha: git(clone, "rev-parse", "HEAD"), exercise: kit },
      });
      expect(s.totals).toEqual({ files: numstat.length, added: sum(0), removed: sum(1) });
      expect(s.timeline.commits).toBe(Number(git(clone, "rev-list", "--count", `${start}..HEAD`)));
      expect(Object.values(statusOf(s)).every((status) => status === "met_by")).toBe(true);
      expect(s.missing).toEqual(["checks, CI runs, pushes, force pushes: a clone does not hold them"]);
      expect(JSON.stringify(s.coverage)).not.toContain("http");
    },
  );

  it("is read as a bundle, in another place than where it was registered, as the other readers read it", async () => {
    const greenflag = await begin();
    const place = given("overprovisioned-serving");
    await greenflag.ok("assign_exercise", {
      ...{ application: "MLE-1", exercise: "overprovisioned-serving", repository: place.clone },
    });
    const bundle = join(folder, "answer.bundle");
    git(answered("overprovisioned-serving", "bad", place), "bundle", "create", "-q", bundle, "HEAD", "main");
    const { submission: s } = await greenflag.ok("summarize_submission", {
      ...{ application: "MLE-1", url: bundle },
    });
    expect(s.protected_edited).toEqual([".github/workflows/ci.yml", "tests/starter/test_manifests.py"]);
    expect(statusOf(s)).toMatchObject({ autoscaling: "not_seen", probes: "not_seen" });
  });

  it("without a start on record is read from where it left main, and says so", async () => {
    const greenflag = await begin();
    const place = given("overprovisioned-serving");
    const start = git(place.clone, "rev-parse", "HEAD");
    git(place.clone, "checkout", "--quiet", "-b", "work");
    const { submission: s } = await greenflag.ok("summarize_submission", {
      url: answered("overprovisioned-serving", "good", place),
      detail: "full",
    });
    expect(s.identity).toMatchObject({ base: "main", base_why: "where work left it", base_sha: start });
  });

  it("runs nothing that the repository names: hooks, filters, drivers, monitors", async () => {
    const greenflag = await begin();
    const place = given("overprovisioned-serving");
    const clone = answered("overprovisioned-serving", "good", place);
    const proof = join(folder, "was-run");
    const script = join(clone, "run.sh");
    writeFileSync(script, `#!/bin/sh\ntouch '${proof}'\ncat\n`);
    chmodSync(script, 0o755);
    appendFileSync(join(clone, ".gitattributes"), "* diff=evil filter=evil\n*.yaml -diff\n");
    git(clone, "add", "--all");
    commit(gitIn(clone), "Attributes", "2026-11-26T19:00:00Z");
    appendFileSync(join(clone, "README.md"), "Not committed\n");
    const settings: Record<string, string> = {
      ...{ "core.fsmonitor": script, "core.pager": script, "core.sshCommand": script },
      ...{ "diff.evil.textconv": script, "diff.evil.command": script, "diff.external": script },
      ...{ "filter.evil.smudge": script, "filter.evil.clean": script, "uploadpack.packObjectsHook": script },
      ...{
        "filter.evil.process": script,
        "filter.evil.required": "true",
        "core.alternateRefsCommand": script,
      },
    };
    for (const [key, value] of Object.entries(settings)) git(clone, "config", key, value);
    for (const hook of ["post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"])
      symlinkSync(script, join(clone, ".git", "hooks", hook));
    const { submission: s } = await greenflag.ok("summarize_submission", { url: clone, detail: "full" });
    expect(() => execFileSync("test", ["-e", proof])).toThrow();
    // Nor does an attribute hide a difference.
    expect(s.without_diff).toEqual([]);
    expect(s.beside).toContainEqual(
      expect.stringMatching(/working tree holds changes.*1 modified.*README\.md/),
    );
  });

  it("is not made up by what a commit message holds", async () => {
    const greenflag = await begin();
    const place = given("overprovisioned-serving");
    const start = git(place.clone, "rev-parse", "HEAD");
    const forged = `Fix\u001e${"0".repeat(40)}\u001f\u001f2020-01-01T00:00:00Z\u001f2020-01-01T00:00:00Z\u001fForged`;
    await greenflag.ok("assign_exercise", {
      ...{ application: "MLE-1", exercise: "overprovisioned-serving", repository: place.clone },
    });
    commit(gitIn(place.clone), forged, "2026-11-26T19:00:00Z");
    const { submission: s } = await greenflag.ok("summarize_submission", { application: "MLE-1" });
    expect(s.timeline.commits).toBe(Number(git(place.clone, "rev-list", "--count", `${start}..HEAD`)));
    expect(s.timeline.first).toBe("2026-11-26T19:00:00.000Z");
  });

  const empty = () => {
    const at = mkdtempSync(join(folder, "empty-"));
    git(at, "init", "--quiet");
    return at;
  };
  it.each([
    ["a folder without a repository", () => mkdtempSync(join(folder, "no-")), /no repository with a commit/],
    ["a repository with no commits", empty, /no repository with a commit/],
    ["what is not there", () => join(folder, "none"), /no file at this path/],
    ["a relative path", () => "./clone", /absolute path/],
    ["a hidden folder", () => `${empty()}/.git`, /hidden/],
    ["what lies elsewhere", () => "/etc/ssl", /only your home/],
    [
      "a file that is no bundle",
      () => {
        writeFileSync(join(folder, "notes.txt"), "x");
        return join(folder, "notes.txt");
      },
      /neither a clone nor a bundle/,
    ],
    [
      "an archive",
      () => {
        writeFileSync(join(folder, "work.zip"), "x");
        return join(folder, "work.zip");
      },
      /archive.*Unpack it/s,
    ],
    [
      "a bundle that is none",
      () => {
        writeFileSync(join(folder, "false.bundle"), "# v2 git bundle\nnonsense");
        return join(folder, "false.bundle");
      },
      /no repository with a commit/,
    ],
    [
      "a link",
      () => {
        symlinkSync(empty(), join(folder, "link"));
        return join(folder, "link");
      },
      /not a link/,
    ],
    ["a command for git", () => "ext::sh -c touch% /tmp/x", /only 127/],
    ["an option for git", () => "--upload-pack=/bin/sh", /absolute path/],
  ])("is refused for %s", async (_name, make, why) => {
    const greenflag = await begin();
    expect(await greenflag.refused("summarize_submission", { url: make() })).toMatch(why);
  });

  it("is only read where the caller sits at this machine", async () => {
    const greenflag = await begin(false);
    const { clone } = given("overprovisioned-serving");
    expect(await greenflag.refused("summarize_submission", { url: clone })).toMatch(/over stdio/);
  });
});
