import { afterEach, describe, expect, it } from "vitest";
import { connect, freshEnv, run, serve } from "../support/clients.ts";
import { type Host, startHost } from "../support/host.ts";

const GRACE = "grace@example.test";
const open: { stop(): Promise<unknown> }[] = [];
const holders: Host[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()));
  for (const holder of holders.splice(0)) holder.kill();
});

async function started(env: Record<string, string>) {
  const server = await serve(env);
  open.push(server);
  return server;
}

const said = async (env: Record<string, string>, ...args: string[]) => {
  const { stdout, stderr } = await run(args, env);
  return stdout + stderr;
};
const tokenIn = (text: string) => /^greenflag_[\w-]{43}$/m.exec(text)?.[0] ?? "";
const asMember = (url: string, token: string) =>
  connect({ url, headers: { Authorization: `Bearer ${token}` } }, "2.x, 2026-07-28");
const addGrace = ["member", "add", GRACE, "--name", "Grace", "--access", "recruiter"];

describe("a token that the command makes", () => {
  it.each(["the server", "another program"])(
    "works in a server that runs already, until it is revoked, while %s has the database open",
    async (holder) => {
      const env = freshEnv();
      if (holder === "another program") {
        const program = startHost(env);
        holders.push(program);
        await program.call("get_pipeline");
      }
      const { url } = await started(env);
      const before = await connect({ url }, "1.x");
      expect((await before.call("get_agenda")).facts.member).toBe("ada@example.test");
      expect(await said(env, "doctor")).toMatch(
        /ok {4}tokens: none; calls over HTTP act for the member of the/,
      );
      await said(env, ...addGrace);
      const made = await said(
        env,
        "token",
        "add",
        GRACE,
        "--name",
        "laptop",
        "--host",
        "cursor",
        "--url",
        url,
      );
      const token = tokenIn(made);
      expect(made).toMatch(/named "laptop", good until .* shown this once.*It is the first one/s);
      expect(made).toContain(`"Authorization": "Bearer ${token}"`);
      await expect(before.call("get_agenda")).rejects.toThrow();
      const grace = await asMember(url, token);
      expect((await grace.call("get_agenda")).facts.member).toBe(GRACE);
      const listed = await said(env, "token", "list");
      expect(listed).toMatch(
        /^grace@example\.test {2}"laptop" {2}made \S+, (last|never) used.* good until \S+$/m,
      );
      expect(listed).not.toContain(token);
      expect(await said(env, "token", "add", GRACE, "--name", "laptop")).toMatch(
        /has a token named "laptop"/,
      );
      expect(await said(env, "token", "add", GRACE, "--days", "5000")).toMatch(/days: 5000.*1 to 3650/s);
      expect(await said(env, "token", "add", GRACE, "--name", "x", "--host", "emacs")).toMatch(
        /emacs.*cursor/s,
      );
      // A member makes their own; somebody else's takes an admin.
      const hers = { ...env, GREENFLAG_MEMBER: GRACE };
      expect(tokenIn(await said(hers, "token", "add", GRACE, "--name", "desk"))).not.toBe("");
      expect(await said(hers, "token", "list", "ada@example.test")).toMatch(/tokens of somebody else/);
      expect(await said(env, "doctor")).toMatch(/ok {4}tokens: 2 good; every call over HTTP needs one/);
      expect(await said(env, "token", "revoke", GRACE)).toMatch(
        /Revoked.*"laptop", "desk" of grace@example\.test/,
      );
      await expect(grace.call("get_agenda")).rejects.toThrow();
      expect((await fetch(url, { method: "POST" })).status).toBe(401);
      expect(await said(env, "doctor")).toMatch(
        /tokens: 0 good, 2 revoked or expired; every call over HTTP needs one/,
      );
    },
  );

  it("is needed from the start on an address of a network, under whatever name the server is reached", async () => {
    const env = freshEnv({ GREENFLAG_HOST: "0.0.0.0" });
    const server = await started(env);
    const url = server.url.replace("0.0.0.0", "127.0.0.1");
    const answer = await fetch(url, { method: "POST" });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      401,
      'Bearer realm="greenflag"',
    ]);
    expect(await said(env, "doctor")).toMatch(/ok {4}tokens: none; every call over HTTP needs one/);
    const token = tokenIn(await said(env, "token", "add", "ada@example.test"));
    const client = await asMember(url.replace("127.0.0.1", "localhost"), token);
    expect((await client.call("get_agenda")).facts.member).toBe("ada@example.test");
    const evil = { authorization: `Bearer ${token}`, origin: "https://evil.example" };
    expect((await fetch(url, { method: "POST", headers: evil })).status).toBe(403);
  });
});
