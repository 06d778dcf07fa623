import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { LocalGithub } from "../../examples/github/server.ts";
import { type AnyClient, connect, ERAS, freshEnv, PROGRAM, serve, type Where } from "../support/clients.ts";
import { doWholeJob, startSubmission } from "../support/whole-job.ts";

let github: LocalGithub;
beforeAll(async () => {
  github = await startSubmission();
});
afterAll(() => github.close());

/** On a server every process of a test run shares one database, so a role of its own keeps each job apart. */
const env = () =>
  freshEnv({
    GITHUB_API_URL: github.url,
    ...(inject("databaseUrl") ? { DATABASE_URL: inject("databaseUrl") ?? "" } : {}),
  });

const agree = () => ({ action: "accept" as const, content: { agree: true } });
let jobs = 0;
const wholeJob = (client: AnyClient) =>
  doWholeJob(client, {
    key: `JOB${process.pid % 1000}${++jobs}`.slice(0, 10),
    pullRequestUrl: github.pullRequestUrl,
  });

describe.each(ERAS)("the whole job with a client %s", (era) => {
  it("over stdio", async () => {
    const client = await connect({ command: [PROGRAM], env: env() }, era, agree);
    await wholeJob(client);
    await client.close();
  });

  it("over HTTP", async () => {
    const server = await serve(env());
    try {
      const client = await connect({ url: server.url } satisfies Where, era, agree);
      await wholeJob(client);
      await client.close();
    } finally {
      expect(await server.stop()).toBe(0);
    }
  });
});
