import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { openStore } from "../../../src/store/database/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { start } from "../../support/harness.ts";
import { makeDatabase } from "../../support/own-database.ts";
import { startWire, type Wire } from "../../support/wire.ts";

const url = inject("databaseUrl");
const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });
const open = (databaseUrl: string) => openStore({ databaseUrl, directory: "", command: "test", firstAdmin });
const LIMIT_MS = 15_000;
/** The limit, and as much again for a busy machine. */
const TEST_MS = 60_000;

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

describe.skipIf(url === undefined)("a network to the PostgreSQL server that fails", () => {
  let line: Wire;
  let store: Store;
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  beforeAll(async () => {
    database = await makeDatabase(url ?? "", `greenflag_silent_${process.pid}`);
    line = await startWire(new URL(database.url));
    store = await open(line.url);
  });
  afterEach(() => line.mend());
  afterAll(async () => {
    await store.close();
    line.close();
    await database.drop();
  });

  it(
    "ends a read, a write and a look at the database within the limit when it falls silent",
    async () => {
      const never = new AbortController().signal;
      await store.ping();
      line.silence();
      const silent = { code: "unavailable", message: expect.stringMatching(/did not answer/) };
      const took = await msOf(() =>
        Promise.all([
          expect(store.ping()).rejects.toMatchObject(silent),
          expect(store.read((db) => db.execute("select 1"))).rejects.toMatchObject(silent),
          expect(store.write(never, (tx) => tx.execute("select 1"))).rejects.toMatchObject(silent),
        ]),
      );
      expect(took).toBeLessThan(LIMIT_MS);
      line.mend();
      await store.ping();
    },
    TEST_MS,
  );

  it(
    "ends a write within the limit when it falls silent in the middle",
    async () => {
      const took = await msOf(async () => {
        const writing = store.write(new AbortController().signal, async (tx) => {
          await tx.execute("select 1");
          line.silence();
          return tx.execute("select 1");
        });
        await expect(writing).rejects.toMatchObject({
          message: expect.stringMatching(/nothing was changed/),
        });
      });
      expect(took).toBeLessThan(LIMIT_MS);
    },
    TEST_MS,
  );

  it(
    "ends an opening within the limit",
    async () => {
      line.silence();
      const took = await msOf(() =>
        expect(open(line.url)).rejects.toMatchObject({ message: expect.stringMatching(/did not answer/) }),
      );
      expect(took).toBeLessThan(LIMIT_MS);
    },
    TEST_MS,
  );

  it("does not say that nothing was changed when only the answer to the commit was lost", async () => {
    const greenflag = await start({ store });
    const role = { template: "mlops-engineer", level: "senior", location: "Lisbon", key: "LOST" };
    await greenflag.ok("open_role", role);
    const candidate = { role: "LOST", name: "Zoë", email: "zoe@example.test" };
    line.loseNextCommitAnswer();
    const text = await greenflag.refused("add_candidate", candidate);
    expect(text).toMatch(/It is not known whether this was saved; repeating is safe\./);
    expect(text).not.toMatch(/nothing was changed/);
    await greenflag.ok("add_candidate", candidate);
    expect((await greenflag.ok("find_candidates", { role: "LOST" })).total).toBe(1);
  });
});

describe.skipIf(url === undefined)("a PostgreSQL server that refuses", () => {
  const name = `greenflag_faults_${process.pid}`;
  const login = `${name}_rw`;
  const admin = new pg.Client({ connectionString: url });
  let database: Awaited<ReturnType<typeof makeDatabase>>;
  const with_ = (change: { username?: string; pathname?: string }): string =>
    Object.assign(new URL(database.url), change).href;
  const asLogin = () => with_({ username: login });
  beforeAll(async () => {
    database = await makeDatabase(url ?? "", name);
    await admin.connect();
    await admin.query(`create role ${login} login`);
  });
  afterAll(async () => {
    await database.drop();
    await admin.query(`drop role ${login}`);
    await admin.end();
  });

  it("says that the database does not exist, without its address", async () => {
    const nowhere = with_({ pathname: "/none_such" });
    await expect(open(nowhere)).rejects.toMatchObject({
      message: expect.stringMatching(/does not exist/),
      hint: expect.not.stringMatching(/127\.0\.0\.1|none_such/),
    });
  });

  it("says that the sign-in was refused", async () => {
    const nobody = with_({ username: "nobody_such" });
    await expect(open(nobody)).rejects.toMatchObject({
      message: expect.stringMatching(/refused the sign-in/),
    });
  });

  it("says which rights a login lacks that may not make tables, and serves it once they are made and granted", async () => {
    await expect(open(asLogin())).rejects.toMatchObject({
      message: expect.stringMatching(/lacks rights/),
      hint: expect.stringMatching(/CREATE on the database/),
    });
    await (await open(database.url)).close();
    const granted = new pg.Client({ connectionString: database.url });
    await granted.connect();
    await granted.query(`grant select, insert, update, delete on all tables in schema public to ${login}`);
    await expect(open(asLogin())).rejects.toMatchObject({ hint: expect.stringMatching(/schema.* drizzle/) });
    await granted.query(`grant usage on schema drizzle to ${login}`);
    await granted.query(`grant select on drizzle.__drizzle_migrations to ${login}`);
    await granted.end();
    await (await open(asLogin())).close();
  });
});
