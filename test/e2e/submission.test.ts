import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { bareFromFolder, gitIn, pushAnswer } from "../../examples/github/repository.ts";
import { RawClient } from "../packaging/raw-client.ts";
import { type AnyClient, connect, freshEnv, PROGRAM, run } from "../support/clients.ts";
import { type ExerciseGithub, KITS, OWNER, startExerciseGithub } from "../support/exercise-github.ts";

const KIT = "overprovisioned-serving";
const folder = mkdtempSync(join(tmpdir(), "greenflag-submission-"));
let github: ExerciseGithub;
beforeAll(async () => {
  github = await startExerciseGithub();
});
afterAll(async () => {
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

const env = () =>
  freshEnv({
    GITHUB_API_URL: github.url,
    GITHUB_TOKEN: "for-the-loopback",
    GREENFLAG_GITHUB_OWNER: OWNER,
    ...(inject("databaseUrl") ? { DATABASE_URL: inject("databaseUrl") ?? "" } : {}),
  });

async function must(client: AnyClient, name: string, args: object) {
  const answer = await client.call(name, args);
  expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
  return answer;
}

/** The program over stdio, with a role of its own and one candidate. */
async function begin(key: string): Promise<AnyClient> {
  const client = await connect({ command: [PROGRAM], env: env() }, "2.x, 2026-07-28");
  await must(client, "open_role", {
    ...{ template: "mlops-engineer", level: "senior", location: "Lisbon", key },
    lane: "serving_reliability",
  });
  await must(client, "add_candidate", { role: key, name: "Zed Candidate", email: "zed@example.test" });
  return client;
}

describe("an exercise over stdio", () => {
  it("goes from a template repository to facts in numbers, kept without the network", async () => {
    const client = await begin("EXA");
    await must(client, "assign_exercise", {
      ...{ application: "EXA-1", exercise: KIT, github_username: "zed-handle" },
    });
    github.handIn(`${KIT}-exa-1`, KIT, "good");
    const { text } = await must(client, "summarize_submission", { application: "EXA-1" });
    expect(text).toMatch(/Requested GPU: 8 to 2, minus 75%/);
    const kept = await must(client, "get_candidate", { application: "EXA-1", include: ["submission"] });
    expect(kept.facts.submission.infrastructure.requested.gpu.percent.at_least).toBe(-75);
    await client.close();
  });

  it("goes from a clone to a bundle on this machine, for any git host", async () => {
    const [bare, clone, bundle] = ["origin.git", "clone", "answer.bundle"].map((n) => join(folder, n));
    if (!bare || !clone || !bundle) throw new Error("three places");
    bareFromFolder(`${KITS}${KIT}/starter`, bare, "2026-11-01T08:00:00Z");
    gitIn(folder)("clone", "--quiet", bare, clone);
    const client = await begin("EXB");
    await must(client, "assign_exercise", { application: "EXB-1", exercise: KIT, repository: clone });
    pushAnswer(bare, `${KITS}${KIT}/answers/good`, {
      ...{ branch: "answer", at: "2026-11-26T18:00:00Z", message: "Answer" },
      author: "Zed Candidate <zed@example.test>",
    });
    gitIn(clone)("pull", "--quiet", "origin", "answer");
    gitIn(clone)("bundle", "create", "-q", bundle, "HEAD", "main");
    for (const url of [undefined, bundle]) {
      const { text } = await must(client, "summarize_submission", {
        application: "EXB-1",
        ...(url === undefined ? {} : { url }),
      });
      expect(text).toMatch(/Requested GPU: 8 to 2, minus 75%/);
    }
    await client.close();
  });

  it("is read from an Enterprise server by the address of the tab that lists its changes", async () => {
    const enterprise = await startExerciseGithub({ apiPath: "/api/v3" });
    const repo = `${KIT}-changes`;
    await fetch(`${enterprise.url}/repos/${OWNER}/${KIT}/generate`, {
      method: "POST",
      body: JSON.stringify({ owner: OWNER, name: repo }),
    });
    const url = `${enterprise.handIn(repo, KIT, "good")}/changes`;
    const host = new RawClient(process.execPath, [PROGRAM], {
      cwd: folder,
      env: { ...process.env, ...env(), GITHUB_API_URL: enterprise.url },
    });
    await host.initialize();
    const { text } = await host.call("summarize_submission", { url });
    expect(enterprise.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v3$/);
    expect(text).toMatch(/pull request 1 \(open\)/);
    expect(text).toMatch(/Requested GPU: 8 to 2, minus 75%/);
    expect(await host.close()).toBe(0);
    await enterprise.close();
  });

  it("is read by doctor too, which prints what it found and stores nothing", async () => {
    const repo = `${KIT}-doctor`;
    await fetch(`${github.url}/repos/${OWNER}/${KIT}/generate`, {
      method: "POST",
      body: JSON.stringify({ owner: OWNER, name: repo }),
    });
    const url = github.handIn(repo, KIT, "good");
    const read = await run(["doctor", "--github", url], env());
    expect(read.stdout).toMatch(
      /ok {4}GitHub.*ok {4}submission.*pull request 1.*Requested GPU: 8 to 2, minus 75%/s,
    );
    expect(read.code, read.stdout).toBe(0);
  });

  it.each([
    [
      "what GitHub does not show",
      () => `${github.url}/${OWNER}/none/pull/9`,
      /WRONG .*shows nothing at this/,
    ],
    ["another host", () => "https://evil.example/o/r/pull/1", /WRONG .*only 127/],
  ])("is wrong to doctor for %s", async (_name, address, why) => {
    const read = await run(["doctor", "--github", address()], env());
    expect(read.stdout).toMatch(why);
    expect(read.code).toBe(1);
  });
});
