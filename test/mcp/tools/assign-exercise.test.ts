import { describe, expect, it } from "vitest";
import { send } from "../../../examples/github/server.ts";
import { OWNER } from "../../support/exercise-github.ts";
import { git, REPO, SERVING, useExercises } from "../../support/exercises.ts";

const { begin } = useExercises();

describe("assign_exercise", () => {
  it("makes a private repository, invites, and records where the work begins and when it is due", async () => {
    const { local, greenflag } = await begin();
    const { submission, steps } = await greenflag.ok("assign_exercise", SERVING);
    expect(submission).toEqual({
      exercise: "overprovisioned-serving",
      form: "code",
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
