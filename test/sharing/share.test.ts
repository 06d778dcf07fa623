import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { READ } from "../../src/domain/access.ts";
import { DomainError } from "../../src/domain/errors.ts";
import type { Log } from "../../src/log.ts";
import type { Services } from "../../src/services/services.ts";
import type { Caller, Session } from "../../src/services/session.ts";
import type { ServiceSettings } from "../../src/services/settings.ts";
import { createEmbeddedDatabase, type Database } from "../../src/sharing/database.ts";
import { greetingFrame, messageFrame } from "../../src/sharing/frames.ts";
import { shareServices } from "../../src/sharing/share.ts";
import { enterDirectory } from "../../src/store/database/directory-lock.ts";
import type { Store } from "../../src/store/store.ts";

const NOW = new Date("2026-11-24T09:00:00Z");
const RELEASE = { version: "1.0.0", schema: 9 };
const fresh = () => mkdtempSync(join(tmpdir(), "greenflag-sharing-"));
const databases: Database[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.close();
});

/** A use case of the test: `team.list` says what it was given, and does what the test has it do. */
type Act = (session: Session, input: unknown) => unknown;

/** A program on a directory, without a database: what is carried out is `act`, and `trail` says by whom. */
function program(directory: string, name: string, act: Act, release = RELEASE) {
  const trail: string[] = [];
  const warnings: string[] = [];
  const note = (_: unknown, text?: string) => void warnings.push(text ?? "");
  const log = { debug: () => {}, info: () => {}, warn: note, error: note } as unknown as Log;
  const settings: ServiceSettings = {
    ...{
      member: `${name}@example.test`,
      allowFiles: name === "stdio",
      templatesDir: undefined,
      company: name,
    },
    ...{ githubToken: undefined, githubApiUrl: "http://127.0.0.1:9", githubOwner: undefined },
  };
  const servicesFor = async (of: ServiceSettings) =>
    ({
      startSession: async ({ signal, ...caller }: Caller) => {
        trail.push(`session of ${of.member}`);
        return { ...caller, signal, now: NOW, workspaceId: "w", scope: "all", member: { email: of.member } };
      },
      startUpkeep: async ({ signal }: { signal: AbortSignal }) => ({ signal, workspaceId: "w" }),
      catalog: { list: () => ["here"] },
      team: { list: act },
    }) as unknown as Services;
  const open = async (giveUp: () => Promise<void>) => ({ close: giveUp }) as unknown as Store;
  const deps = { directory, command: name, release, settings, servicesFor, log, open };
  const database = createEmbeddedDatabase(deps);
  databases.push(database);
  const services = servicesFor(settings).then((local) => shareServices(local, database));
  const call = async (input: unknown, caller: Partial<Caller> = {}) => {
    const { startSession, team } = await services;
    const signal = new AbortController().signal;
    const session = await startSession({ client: name, tool: "list", access: READ, signal, ...caller });
    return (team.list as unknown as Act)(session, input);
  };
  return { database, services, call, trail, warnings };
}

/** A holder that greets, and ends when it is asked for anything but a session. */
async function dyingHolder(directory: string): Promise<void> {
  const entry = await enterDirectory(directory, "dying", NOW);
  if (!("held" in entry)) throw new Error("the directory is held already");
  entry.held.onPeer((peer) => {
    let frames = 0;
    peer.on("data", () => {
      frames += 1;
      if (frames === 1) peer.write(greetingFrame({ welcome: true }));
      if (frames === 2) peer.write(messageFrame({ id: 1, answer: { workspaceId: "w", now: NOW } }));
      if (frames === 3) {
        peer.destroy();
        void entry.held.release();
      }
    });
  });
}

describe("two processes on one directory", () => {
  it("have the second one's calls carried out by the first, as the second one's member", async () => {
    const directory = fresh();
    const first = program(directory, "serve", () => "by the first");
    await first.database.store();
    const second = program(directory, "stdio", () => "never here");
    expect(await second.call({})).toBe("by the first");
    expect(first.trail.at(-1)).toBe("session of stdio@example.test");
    expect(await second.database.store()).toBeUndefined();
    expect((await second.services).catalog.list()).toEqual(["here"]);
  });

  it("carry input and answer across as they are", async () => {
    const directory = fresh();
    const input = { since: NOW, bytes: new Uint8Array([1, 2]), gone: undefined };
    await program(directory, "serve", (session, given) => [
      session.tool,
      session.client,
      given,
    ]).database.store();
    const second = program(directory, "stdio", () => "never here");
    expect(await second.call(input)).toStrictEqual(["list", "stdio", input]);
  });

  it("hold the second one's calls to what its sign-in was narrowed to", async () => {
    const directory = fresh();
    await program(directory, "serve", (session) => Reflect.get(session, "scopes")).database.store();
    const second = program(directory, "stdio", () => "never here");
    const scopes = ["greenflag:read"];
    expect(await second.call({}, { scopes })).toEqual(scopes);
    expect(await second.call({})).toBeUndefined();
  });

  it("carry our errors across in full, and of a defect nothing but where to look", async () => {
    const directory = fresh();
    const ours = new DomainError("conflict", "It was moved.", { do: "repeat_move", from: "screen" });
    const first = program(directory, "serve", (_, given) => {
      throw given === "defect" ? new Error("secret") : ours;
    });
    await first.database.store();
    const second = program(directory, "stdio", () => "never here");
    await expect(second.call("ours")).rejects.toMatchObject({
      ...{ name: "DomainError", code: "conflict", message: "It was moved." },
      remedy: { do: "repeat_move", from: "screen" },
    });
    await expect(second.call("defect")).rejects.toThrow(/^a defect in .*: [0-9a-f]{8}$/);
    expect(first.warnings).toEqual(["a call of another process failed on a defect"]);
  });

  it("cancel in the holder what the caller no longer waits for", async () => {
    const directory = fresh();
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const first = program(directory, "serve", ({ signal }) => {
      begun();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve("cancelled")));
    });
    await first.database.store();
    const call = new AbortController();
    const answer = program(directory, "stdio", () => "never here").call({}, { signal: call.signal });
    await isBegun;
    call.abort();
    expect(await answer).toBe("cancelled");
  });

  it("let what is under way finish when the holder ends, and take what it has not begun to the next one", async () => {
    const directory = fresh();
    let finish = (_: string) => {};
    let begun = () => {};
    const isBegun = new Promise<void>((resolve) => (begun = resolve));
    const first = program(directory, "serve", () => {
      begun();
      return new Promise((resolve) => (finish = resolve));
    });
    await first.database.store();
    const second = program(directory, "stdio", (_, input) => `here: ${input}`);
    const early = second.call("early");
    await isBegun;
    const closing = first.database.close();
    const late = second.call("late");
    finish("by the first");
    expect(await early).toBe("by the first");
    await closing;
    expect(await late).toBe("here: late");
    expect(await second.database.connection()).toBeUndefined();
  });

  it("repeat a read whose holder ended, and open the database themselves", async () => {
    const directory = fresh();
    await dyingHolder(directory);
    const second = program(directory, "stdio", (_, input) => `here: ${input}`);
    expect(await second.call("read", { isRead: true })).toBe("here: read");
  });

  it("do not repeat a write whose holder ended, and say that nobody knows", async () => {
    const directory = fresh();
    await dyingHolder(directory);
    const second = program(directory, "stdio", (_, input) => `here: ${input}`);
    await expect(second.call("write")).rejects.toMatchObject({
      message: expect.stringMatching(/not known whether this was saved/),
      hint: expect.stringMatching(/Repeating the call is safe/),
    });
    expect(await second.call("write")).toBe("here: write");
  });

  it("ask again where the holder turned them away, and do not wait for an answer that cannot come", async () => {
    const directory = fresh();
    const entry = await enterDirectory(directory, "leaving", NOW);
    if (!("held" in entry)) throw new Error("the directory is held already");
    let turnedAway = 0;
    entry.held.onPeer((peer) => {
      turnedAway += 1;
      peer.destroy();
      if (turnedAway === 3) void entry.held.release();
    });
    const second = program(directory, "stdio", (_, input) => `here: ${input}`);
    expect(await second.call("write")).toBe("here: write");
    expect(turnedAway).toBe(3);
  });

  it("of two versions say so on both sides", async () => {
    const directory = fresh();
    const first = program(directory, "serve", () => "never");
    await first.database.store();
    const second = program(directory, "stdio", () => "never", { version: "1.1.0", schema: 10 });
    await expect(second.call({})).rejects.toMatchObject({
      message: expect.stringMatching(
        /serve, process \d+, has .* version 1\.0\.0 .*; this is version 1\.1\.0/,
      ),
      hint: expect.stringMatching(/Restart the host/),
    });
    expect(first.warnings).toEqual([expect.stringMatching(/another version .* was refused/)]);
  });

  it("elect one holder among many that start at once, and every call is carried out by it", async () => {
    const directory = fresh();
    const all = Array.from({ length: 6 }, (_, n) => program(directory, `p${n}`, () => n));
    const answers = await Promise.all(all.map(({ call }) => call({}, { isRead: true })));
    expect(new Set(answers).size).toBe(1);
    const stores = await Promise.all(all.map(({ database }) => database.store()));
    expect(stores.filter((store) => store !== undefined)).toHaveLength(1);
  });
});

describe("the local socket", () => {
  it("lies where only this user can enter, and stands whatever is sent to it", async () => {
    const directory = fresh();
    const first = program(directory, "serve", () => "still here");
    await first.database.store();
    const lock = join(directory, "lock");
    expect(statSync(lock).mode & 0o777).toBe(0o700);
    const socket = readdirSync(lock).find((name) => name.startsWith("s")) ?? "";
    const hostile = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.from([255, 255, 255, 255]),
      greetingFrame({}),
      greetingFrame({ greenflag: { version: "1.0.0" } }),
      Buffer.concat([greetingFrame({ greenflag: { ...RELEASE, wire: 15 } }), messageFrame({ id: "x" })]),
    ];
    for (const bytes of hostile) {
      const peer = connect(join(lock, socket));
      peer.on("error", () => {}).resume();
      peer.write(bytes);
      await new Promise((resolve) => peer.once("close", resolve));
    }
    expect(first.warnings).toHaveLength(hostile.length);
    expect(await program(directory, "stdio", () => "never").call({})).toBe("still here");
  });

  it("carries out use cases only", async () => {
    const directory = fresh();
    await program(directory, "serve", () => "listed").database.store();
    const second = program(directory, "stdio", () => "never");
    const connection = await second.database.connection();
    const { signal } = new AbortController();
    const caller = { client: "c", tool: "t", access: READ };
    for (const [group, method] of [
      ["catalog", "list"],
      ["team", "constructor"],
      ["__proto__", "toString"],
      ["startSession", "call"],
    ] as const)
      await expect(connection?.call({ group, method, caller, input: [] }, signal)).rejects.toThrow(
        /a defect/,
      );
  });
});
