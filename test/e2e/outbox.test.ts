import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { type LocalSmtp, startSmtp } from "../../examples/smtp/server.ts";
import { openStore } from "../../src/store/database/open.ts";
import { outbox } from "../../src/store/tables.ts";
import { type AnyClient, connect, freshEnv, PROGRAM, run, serve } from "../support/clients.ts";

const databaseUrl = inject("databaseUrl");
let smtp: LocalSmtp;
beforeAll(async () => {
  smtp = await startSmtp();
});
afterAll(() => smtp.close());
beforeEach(() => {
  smtp.onText = undefined;
  smtp.fault = undefined;
  (smtp.received as unknown[]).length = 0;
});

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const mailEnv = (more: Record<string, string> = {}) =>
  freshEnv({
    SMTP_URL: smtp.url,
    GREENFLAG_MAIL_FROM: "hiring@acme.example",
    GREENFLAG_SEND_DELAY: "0",
    ...more,
  });

async function client(where: Parameters<typeof connect>[0]): Promise<AnyClient> {
  const connected = await connect(where, "2.x, 2026-07-28");
  stops.push(() => connected.close());
  return connected;
}
async function ok(caller: AnyClient, name: string, args: object) {
  const answer = await caller.call(name, args);
  if (answer.isError) throw new Error(answer.text);
  return answer.facts;
}

async function openRole(caller: AnyClient) {
  await ok(caller, "open_role", { template: "mlops-engineer", level: "senior", location: "Zurich" });
}
async function confirmOne(caller: AnyClient, n: number): Promise<string> {
  const person = { role: "MLE", name: `Zoë Okafor ${"ABCDEFGHIJKL"[n]}`, email: `zoe${n}@example.test` };
  const { application } = await ok(caller, "add_candidate", person);
  const ask = { application: application.ref, purpose: "status_update" };
  const { message } = await ok(caller, "draft_outreach", ask);
  const { confirmation } = await ok(caller, "send_message", { message: message.id });
  await ok(caller, "send_message", { message: message.id, confirm: confirmation.code });
  return message.id;
}
const stateOf = async (caller: AnyClient, application: string, id: string) => {
  const { messages } = await ok(caller, "get_candidate", { application, include: ["messages"] });
  return messages.find((message: { id: string }) => message.id === id);
};
/** Makes everything due that a program which has ended left to be sent within the hour. */
async function anHourLater(directory: string): Promise<void> {
  const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });
  const store = await openStore({ directory, command: "test", firstAdmin });
  const due = new Date(Date.now() - 1_000);
  await store.write(new AbortController().signal, (tx) => tx.update(outbox).set({ sendAt: due }));
  await store.close();
}

/** Waits for what comes to pass sooner or later. */
const until = <T>(look: () => Promise<T | false>) => vi.waitUntil(look, { interval: 50, timeout: 300_000 });

describe("the program with a mail server", () => {
  it("sends what was confirmed, by itself", async () => {
    const program = await client({ command: [PROGRAM], env: mailEnv({ GREENFLAG_COMPANY: "Kestrel" }) });
    await openRole(program);
    const id = await confirmOne(program, 0);
    await ok(program, "update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
    const ask = { application: "MLE-1", purpose: "source" };
    expect((await ok(program, "draft_outreach", ask)).message.body).toContain("At Kestrel I am hiring");
    const sent = await until(async () => {
      const found = await stateOf(program, "MLE-1", id);
      return found.status === "sent" && found;
    });
    expect(sent.outcome).toBe("The mail server took it.");
    expect(smtp.received.map(({ recipients }) => recipients)).toEqual([["zoe0@example.test"]]);
  });

  it("sends on its next start what was still waiting when it ended", async () => {
    const env = mailEnv({ GREENFLAG_SEND_DELAY: "3600" });
    const first = await connect({ command: [PROGRAM], env }, "1.x");
    await openRole(first);
    const id = await confirmOne(first, 0);
    await first.close();
    expect(smtp.received).toEqual([]);
    await anHourLater(env.GREENFLAG_DATA_DIR ?? "");
    // Nobody calls a tool: the server looks by itself.
    const second = await client({ command: [PROGRAM], env });
    await until(async () => smtp.received.length > 0);
    expect(smtp.received[0]?.mail.messageId).toBe(`<${id}@acme.example>`);
    expect(await until(async () => (await stateOf(second, "MLE-1", id)).status === "sent")).toBe(true);
    expect(smtp.received).toHaveLength(1);
  });

  it("does not send again what was handed over when it was killed before it could write that down", async () => {
    const env = mailEnv();
    const first = await serve(env);
    const before = await connect({ url: first.url }, "2.x, 2026-07-28");
    await openRole(before);
    // The whole message is in the server's hands, and the answer never reaches the program.
    const killed = new Promise<void>((resolve) => {
      smtp.onText = () => {
        process.kill(first.pid, "SIGKILL");
        resolve();
      };
    });
    const id = await confirmOne(before, 0);
    await killed;
    await before.close().catch(() => {});
    await first.stop();
    expect(smtp.received).toHaveLength(1);

    smtp.onText = undefined;
    const second = await serve(env);
    stops.push(() => second.stop());
    const after = await client({ url: second.url });
    const found = await until(async () => {
      const state = await stateOf(after, "MLE-1", id);
      return state.status === "unknown" && state;
    });
    expect(found.outcome).toMatch(
      /ended while the message was being handed over.*not sent again unless a person/,
    );
    // What is confirmed after it goes out, and it does not.
    const next = await confirmOne(after, 1);
    await until(async () => (await stateOf(after, "MLE-2", next)).status === "sent");
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual(
      [id, next].map((sent) => `<${sent}@acme.example>`),
    );
    expect((await stateOf(after, "MLE-1", id)).status).toBe("unknown");
  });

  it("sends once what was confirmed in another process on the same embedded database", async () => {
    const env = mailEnv();
    const holder = await client({ command: [PROGRAM], env });
    await openRole(holder);
    const other = await client({ command: [PROGRAM], env });
    const id = await confirmOne(other, 0);
    await until(async () => (await stateOf(other, "MLE-1", id)).status === "sent");
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${id}@acme.example>`]);
  });

  it("sends from the process that takes over what its predecessor left waiting", async () => {
    const env = mailEnv({ GREENFLAG_SEND_DELAY: "5" });
    const holder = await connect({ command: [PROGRAM], env }, "1.x");
    await openRole(holder);
    const other = await client({ command: [PROGRAM], env });
    const id = await confirmOne(other, 0);
    await holder.close();
    await until(async () => (await stateOf(other, "MLE-1", id)).status === "sent");
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${id}@acme.example>`]);
  });

  it("keeps a list of who is not written to", async () => {
    const env = mailEnv();
    const program = await connect({ command: [PROGRAM], env }, "1.x");
    await openRole(program);
    const person = { role: "MLE", name: "Zoë Okafor", email: "zoe@example.test" };
    await ok(program, "add_candidate", person);
    const ask = { application: "MLE-1", purpose: "status_update" };
    const { message } = await ok(program, "draft_outreach", ask);
    await program.close();
    const suppress = async (...args: string[]) => (await run(["suppress", ...args], env)).stdout;
    expect(await suppress(message.id)).toBe("zoe@example.test is not written to any more.\n");
    expect(await suppress("ZOE@example.test")).toMatch(/nothing was changed/);
    expect(await suppress("--list")).toMatch(/zoe@example\.test {2}asked for it/);
    const again = await connect({ command: [PROGRAM], env }, "1.x");
    expect((await again.call("send_message", { message: message.id })).text).toMatch(
      /asked not to be written to/,
    );
    await ok(again, "add_document", { application: "MLE-1", kind: "email", text: "Please stop mailing me." });
    await again.close();
    expect(await suppress("zoe@example.test", "--remove")).toMatch(
      /may be written to again\.\nOn record: somebody has looked at 1 mail that/,
    );
    const { code, stderr } = await run(["suppress", "zoe@example.test,eve@evil.example"], env);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/neither an e-mail address nor/)]);
  });

  it("is examined by doctor, which greets the server, sends nothing and prints no password", async () => {
    expect((await run(["doctor"], mailEnv())).stdout).toMatch(/ok {4}mail: 127\.0\.0\.1:\d+ answers\n/);
    const guarded = await startSmtp({ user: "ada", password: "s3cret" });
    try {
      const right = await run(["doctor"], mailEnv({ SMTP_URL: guarded.url }));
      expect(right.stdout).toMatch(/ok {4}mail: .* answers and takes the sign-in/);
      const wrong = await run(["doctor"], mailEnv({ SMTP_URL: guarded.url.replace("s3cret", "s3cret2") }));
      expect(wrong.code).toBe(1);
      expect(wrong.stdout).toMatch(/WRONG mail: .*Signing in to the mail server failed \(535\)/);
      for (const { stdout, stderr } of [right, wrong])
        expect(stdout + stderr).not.toMatch(/s3cret|who is that/);
      expect(guarded.received).toEqual([]);
    } finally {
      await guarded.close();
    }
    expect((await run(["doctor"], freshEnv())).stdout).toMatch(
      /ok {4}mail: no server \(SMTP_URL is not set\)/,
    );
  });

  it("names the variable that is wrong, and never its value", async () => {
    for (const [name, value] of [
      ["SMTP_URL", "http://u:s3cret@x.test"],
      ["SMTP_URL", "smtp://u:s3cret@x.test?pool=true"],
      ["GREENFLAG_MAIL_FROM", "s3cret, eve@evil.example"],
      ["GREENFLAG_COMPANY", "Acme\nBcc: s3cret"],
      ["GREENFLAG_SEND_DELAY", "-1"],
      ["GREENFLAG_UNSUBSCRIBE_URL", "http://s3cret.test"],
    ] as const) {
      const { code, stderr } = await run([], freshEnv({ [name]: value }));
      expect(code).toBe(1);
      expect(stderr).toContain(name);
      expect(stderr).not.toContain("s3cret");
    }
  });
});

describe.skipIf(databaseUrl === undefined)(
  "two programs on one PostgreSQL server (skipped without TEST_DATABASE_URL: the embedded database takes one)",
  () => {
    it("hand every message over once", async () => {
      const name = `greenflag_outbox_${process.pid}`;
      const admin = new pg.Client({ connectionString: databaseUrl });
      await admin.connect();
      await admin.query(`create database ${name}`);
      const url = new URL(databaseUrl ?? "");
      url.pathname = `/${name}`;
      const env = mailEnv({ DATABASE_URL: url.href, GREENFLAG_DATA_DIR: mkdtempSync(join(tmpdir(), "gf-")) });
      const one = await serve(env);
      const two = await serve(env);
      const [first, second] = [await client({ url: one.url }), await client({ url: two.url })];
      await openRole(first);
      smtp.fault = "slow";
      const ids: string[] = [];
      for (let n = 0; n < 10; n += 1) ids.push(await confirmOne(n % 2 === 0 ? first : second, n));
      await until(async () => smtp.received.length >= ids.length);
      // They end once nothing is under way any more.
      for (const stop of stops.splice(0).reverse()) await stop();
      await Promise.all([one.stop(), two.stop()]);
      expect(smtp.received.map(({ mail }) => mail.messageId).sort()).toEqual(
        ids.map((id) => `<${id}@acme.example>`).sort(),
      );
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    });
  },
);
