import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database/open.ts";
import { connect, freshEnv, run, serve } from "../support/clients.ts";
import { type Host, startHost } from "../support/host.ts";

const ROLE = { template: "mlops-engineer", level: "senior", location: "Lisbon" };
/** The long form has more processes and ten times the kills. */
const LONG = process.env.GREENFLAG_LONG_TESTS === "1";
const LONG_MS = 2 * 60 * 60_000;
const HOSTS = LONG ? 5 : 3;
const KILLS = LONG ? 100 : 10;
const WRITES_BETWEEN_KILLS = 4;

const hosts = new Set<Host>();
const start = (...args: Parameters<typeof startHost>): Host => {
  const host = startHost(...args);
  hosts.add(host);
  return host;
};
afterEach(() => {
  for (const host of hosts) host.kill();
  hosts.clear();
});

/** The process that holds the directory now, or held it last, as its newest lock file names it. */
function holderOf(directory: string): number {
  const lock = join(directory, "lock");
  const newest = Math.max(...readdirSync(lock).map((name) => Number(/^gen\.(\d+)$/.exec(name)?.[1] ?? 0)));
  return (JSON.parse(readFileSync(join(lock, `gen.${newest}`), "utf8")) as { pid: number }).pid;
}

const person = (n: number) => ({
  role: "MLE",
  name: `Person ${n}`,
  email: `p${n}@example.test`,
  resume_text: `Ran ${n} models in production.`,
});

async function storedEmails(directory: string): Promise<string[]> {
  const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada" });
  const store = await openStore({ directory, command: "test", firstAdmin });
  const rows = await store.read((db) => db.query.candidates.findMany({ columns: { email: true } }));
  await store.close();
  return rows.map(({ email }) => email ?? "").sort();
}

describe("several programs on one embedded database", () => {
  it("are two hosts and every command at once, and one works on when the other ends", async () => {
    const env = freshEnv();
    const first = start(env);
    const second = start({ ...env, GREENFLAG_MEMBER: "grace@example.test" });
    expect((await first.call("open_role", ROLE))?.isError).toBe(false);
    const add = ["member", "add", "grace@example.test", "--name", "Grace", "--access", "recruiter"];
    expect((await run(add, env)).stdout).toMatch(/grace@example\.test is on the team/);
    expect((await second.call("add_candidate", person(1)))?.text).toMatch(/Added Person 1/);
    // Each program acts as its own member, whoever carries the call out.
    const refused = await second.call("move_candidate", {
      ...{ application: "MLE-1", to: "rejected", reason: "no reason" },
    });
    expect(refused?.text).toMatch(/grace@example\.test has recruiter access/);
    expect((await first.call("get_candidate", { application: "MLE-1" }))?.text).toMatch(/Person 1/);
    const said = async (...args: string[]) => {
      const { stdout, stderr } = await run(args, env);
      return stdout + stderr;
    };
    expect(await said("member", "availability", "grace@example.test", "--timezone", "Europe/Berlin")).toMatch(
      /Europe\/Berlin/,
    );
    expect(await said("suppress", "stop@example.test")).toMatch(/not written to any more/);
    expect(await said("suppress", "--list")).toMatch(/stop@example\.test/);
    expect(await said("impact", "on")).toMatch(/is on, for admins/);
    expect(await said("doctor")).toMatch(
      /ok {4}database: embedded.*ok {4}schema.*ok {4}history.*ok {4}member/s,
    );
    expect(holderOf(env.GREENFLAG_DATA_DIR ?? "")).toBe(first.pid);
    expect(await first.end()).toBe(0);
    expect((await second.call("add_candidate", person(2)))?.text).toMatch(/Added Person 2/);
    expect(holderOf(env.GREENFLAG_DATA_DIR ?? "")).toBe(second.pid);
  });

  it("read files where the program that was asked may, whoever carries the call out", async () => {
    const [elsewhere, folder] = [freshFolder(), freshFolder()];
    // Neither home nor the temporary directory covers the folder in which the second host works.
    const env = freshEnv({ HOME: elsewhere, TMPDIR: elsewhere });
    const resume_file = join(folder, "resume.txt");
    writeFileSync(resume_file, "Ran 40 models in production.");
    const holder = start(env, { cwd: elsewhere });
    await holder.call("open_role", ROLE);
    const withFile = (n: number) => {
      const { resume_text: _, ...named } = person(n);
      return { ...named, resume_file };
    };
    const add = withFile(1);
    expect((await holder.call("add_candidate", add))?.text).toMatch(/only your home/);
    const server = await serve(env);
    const client = await connect({ url: server.url }, "1.x");
    // Over HTTP nobody's files are at hand, so the answer is a page that takes them.
    const linked = (await client.call("add_candidate", withFile(2))).text;
    expect(linked).toMatch(/Added Person 2.*open this page on any device: http:\S+\/upload#/s);
    const kept = (await client.call("get_candidate", { application: "MLE-1" })).text;
    expect(kept).toContain("Person 2");
    expect(kept).not.toContain("40 models");
    await client.close();
    await server.stop();
    const second = start(env, { cwd: folder });
    expect((await second.call("add_candidate", add))?.text).toMatch(/Added Person 1/);
  });

  it("of two versions are told so, the one that comes second in its answer and the first in its log", async () => {
    const env = freshEnv();
    const holder = start(env);
    await holder.call("open_role", ROLE);
    const second = start(env, { program: otherVersion("99.0.0") });
    const answer = await second.call("get_pipeline");
    expect(answer?.text).toMatch(/greenflag stdio, process \d+, has .* this is version 99\.0\.0.*Restart/s);
    expect(holder.log()).toMatch(/99\.0\.0.*another version/);
  });

  it(
    `lose nothing that was acknowledged while the one that holds it is killed ${KILLS} times`,
    async () => {
      const env = freshEnv();
      const directory = env.GREENFLAG_DATA_DIR ?? "";
      const starter = start(env);
      await starter.call("open_role", ROLE);
      const slots = Array.from({ length: HOSTS }, () => start(env));
      const acknowledged: string[] = [];
      const attempted: string[] = [];
      let notKnown = 0;
      let stop = false;
      let lastPerson = 0;
      const write = async (slot: number) => {
        while (!stop) {
          lastPerson += 1;
          const next = person(lastPerson);
          attempted.push(next.email);
          for (;;) {
            const answer = await slots[slot]?.call("add_candidate", next);
            if (answer?.isError === false) break;
            if (answer === undefined) slots[slot] = start(env);
            else {
              expect(answer.text).toMatch(/not known whether this was saved.*Repeating the call is safe/);
              notKnown += 1;
            }
          }
          acknowledged.push(next.email);
        }
      };
      const writers = slots.map((_, slot) => write(slot));
      const failed = Promise.all(writers).then(() => {});
      let killed = 0;
      let last = starter.pid;
      starter.kill();
      while (killed < KILLS) {
        const goal = acknowledged.length + WRITES_BETWEEN_KILLS;
        while (acknowledged.length < goal) await Promise.race([failed, pause(20)]);
        const pid = holderOf(directory);
        const holder = [...hosts].find((host) => host.pid === pid);
        if (pid === last || !holder) continue;
        holder.kill();
        last = pid;
        killed += 1;
      }
      stop = true;
      await failed;
      for (const slot of slots) expect(await slot.end()).toBe(0);
      const stored = await storedEmails(directory);
      expect(stored).toEqual([...new Set(acknowledged)].sort());
      expect(new Set(attempted).size).toBe(acknowledged.length);
      console.info(
        `${acknowledged.length} writes acknowledged and stored, ${killed} kills, ${notKnown} not known`,
      );
      expect((await run(["doctor"], env)).stdout).toMatch(/ok {4}history/);
    },
    ...(LONG ? [LONG_MS] : []),
  );
});

const freshFolder = () => mkdtempSync(join(tmpdir(), "greenflag-folder-"));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The built program as another release of it would be installed. */
function otherVersion(version: string): string {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const place = mkdtempSync(join(tmpdir(), "greenflag-other-"));
  for (const name of ["dist", "migrations"]) cpSync(join(root, name), join(place, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as object;
  writeFileSync(join(place, "package.json"), JSON.stringify({ ...manifest, version }));
  return join(place, "dist", "cli.js");
}
