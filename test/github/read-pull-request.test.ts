import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type Intercept, type LocalGithub, send, startGithub } from "../../examples/github/server.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { createGithub } from "../../src/github/client.ts";
import { snapshotOf } from "../support/exercise-github.ts";

const file = (path: string): string =>
  fileURLToPath(new URL(`../../examples/github/${path}`, import.meta.url));
const REF = { owner: "example-hiring", repo: "serving-exercise-mle-1", number: 1 };
/** No limit on this machine, however slow it is. */
const PATIENT_MS = 300_000;
const fileKinds = loadCatalog({}).fileKinds();
const never = new AbortController().signal;

const open: LocalGithub[] = [];
afterEach(async () => {
  for (const github of open.splice(0)) await github.close();
});

async function begin(intercept?: Intercept, deadlineMs = PATIENT_MS) {
  const local = await startGithub({
    bundle: file("serving-exercise.bundle"),
    fixture: file("pull-request.json"),
    ...(intercept ? { intercept } : {}),
  });
  open.push(local);
  const github = createGithub({ token: "for-the-loopback", apiUrl: local.url, deadlineMs });
  return { local, github, read: () => snapshotOf(github, REF, { fileKinds, signal: never }) };
}

/** Answers every request whose address matches with a fault. */
const fault =
  (
    on: RegExp,
    status: number,
    headers: Record<string, string> = {},
    body: unknown = { message: "s3cret upstream text" },
  ): Intercept =>
  (request, response) => {
    if (!on.test(request.url ?? "")) return false;
    send(response, status, body, headers);
    return true;
  };

describe("readPullRequest", () => {
  it("reads what git says, in at most ten requests and one for each commit", async () => {
    const { local, read } = await begin();
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", local.repository, ...args], { encoding: "utf8" }).trim();
    const snapshot = await read();
    expect(snapshot.headSha).toBe(git("rev-parse", "submission"));
    expect(snapshot.baseSha).toBe(git("rev-parse", "main"));
    expect(snapshot.commits.map((c) => c.sha)).toEqual(
      git("rev-list", "--reverse", "main..submission").split("\n"),
    );
    const numstat = git("diff", "--numstat", "main...submission")
      .split("\n")
      .map((line) => line.split("\t"));
    expect(snapshot.files.map((f) => [String(f.added), String(f.removed), f.path])).toEqual(numstat);
    expect(snapshot.totals).toMatchObject({ commits: 5, files: numstat.length });
    expect(snapshot.missing).toEqual([]);
    expect(local.requests.length).toBeLessThanOrEqual(10 + 5);
  });

  it.each([
    ["a refused token", fault(/./, 401), "unavailable", /GITHUB_TOKEN/],
    [
      "a used-up limit",
      fault(/./, 403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795600000" }),
      "unavailable",
      /after 2026-\d\d-\d\dT.*GITHUB_TOKEN/,
    ],
    ["a secondary limit", fault(/./, 403, { "retry-after": "60" }), "unavailable", /in 60 seconds/],
    ["no permission", fault(/./, 403), "unavailable", /read access/],
    [
      "a token without single sign-on",
      fault(/./, 403, { "x-github-sso": "required; url=https://evil.example" }),
      "unavailable",
      /Authorize GITHUB_TOKEN/,
    ],
    ["an address that is gone", fault(/./, 410), "not_found", /Check the address/],
    ["what is not there", fault(/./, 404), "not_found", /private repository needs GITHUB_TOKEN/],
    ["too much", fault(/./, 406), "unavailable", /./],
    ["what it will not process", fault(/./, 422), "unavailable", /./],
    ["a fault", fault(/./, 500), "unavailable", /few minutes/],
    [
      "a page instead of an answer",
      fault(/./, 502, { "content-type": "text/html" }, "<html>s3cret</html>"),
      "unavailable",
      /few minutes/,
    ],
  ])(
    "answers %s with an error of its own words, without asking on and on",
    async (_name, intercept, code, hint) => {
      const { local, read } = await begin(intercept);
      const error = await read().catch((e: unknown) => e);
      expect(error).toMatchObject({ code, hint: expect.stringMatching(hint) });
      expect(String(error)).not.toMatch(/s3cret/);
      expect(local.requests.length).toBeLessThanOrEqual(2);
    },
  );

  it.each([
    ["hangs", () => true],
    ["drops the line", (request) => Boolean(request.socket.destroy())],
  ] as [string, Intercept][])("gives up in time when GitHub %s", async (_name, intercept) => {
    const { read } = await begin(intercept, 500);
    await expect(read()).rejects.toMatchObject({ code: "unavailable" });
  });

  it.each([
    ["a page", "text/html", "<html><title>s3cret sign-in</title></html>"],
    ["JSON that was cut off", "application/json", '{"number": 1, "title": "s3cre'],
    ["nothing", "application/json", ""],
    ["an empty object", "application/json", "{}"],
    ["a list", "application/json", "[]"],
    ["fields of another service", "application/json", '{"head": null, "base": {"sha": 1}}'],
  ])("says that the answer could not be read when success carries %s", async (_, type, body) => {
    const { read } = await begin((_request, response) => {
      response.writeHead(200, { "content-type": type, etag: '"kept"' }).end(body);
      return true;
    });
    for (let round = 0; round < 2; round += 1)
      await expect(read()).rejects.toMatchObject({
        code: "unavailable",
        message: "GitHub's answer could not be read.",
        hint: expect.stringMatching(/GITHUB_API_URL/),
      });
  });

  it("stops when the caller goes away", async () => {
    const { github } = await begin(() => true);
    const caller = new AbortController();
    const reading = snapshotOf(github, REF, { fileKinds, signal: caller.signal });
    setTimeout(() => caller.abort(), 50);
    await expect(reading).rejects.toMatchObject({ code: "unavailable" });
  });

  it.each([
    ["commits", /\/commits\?/, "GitHub failed (500)"],
    ["files", /\/files\?/, "GitHub failed (500)"],
    ["checks", /check-runs/, "check runs were not read: GitHub failed (500)"],
    ["checks", /\/status\?/, "commit statuses were not read: GitHub failed (500)"],
  ])("gives the rest when %s cannot be read (%s), and says so", async (part, on, why) => {
    const { read } = await begin(fault(on, 500));
    const snapshot = await read();
    expect(snapshot.missing).toContainEqual({ part, why });
    expect(snapshot.title).toBe("Right-size the serving stack");
  });
});
