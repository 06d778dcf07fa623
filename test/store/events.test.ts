import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { appendEvent, brokenChains, listEvents } from "../../src/store/events.ts";
import type { Store } from "../../src/store/store.ts";
import { eventChains } from "../../src/store/tables.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();
const never = new AbortController().signal;
const AT = new Date("2026-11-24T09:00:00.123Z");

const append = (store: Store, chainId: string, kind: string, payload = {}) =>
  store.write(never, (tx) =>
    appendEvent(tx, {
      workspaceId: store.workspaceId,
      chainId,
      at: AT,
      kind,
      payload,
      memberId: uuidv7(),
      client: "test 1",
      tool: "test",
    }),
  );
const broken = (store: Store) => store.read((db) => brokenChains(db, store.workspaceId, 10));

/** Does what the triggers forbid, as somebody with the superuser's password could. */
async function tamper(change: Parameters<typeof database.db.execute>[0]): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`alter table events disable trigger all`);
    await tx.execute(change);
    await tx.execute(sql`alter table events enable trigger all`);
  });
}

describe("the event chain", () => {
  it("numbers a chain from one and links each event to the one before", async () => {
    const store = await database.workspace();
    const chain = uuidv7();
    for (const kind of ["a", "b", "c"]) await append(store, chain, kind);
    const rows = await store.read((db) => listEvents(db, store.workspaceId, chain));
    expect(rows.map((r) => [r.seq, r.kind])).toEqual([
      [1, "a"],
      [2, "b"],
      [3, "c"],
    ]);
    expect(new Set(rows.map((r) => r.hash)).size).toBe(3);
    expect(await broken(store)).toEqual([]);
  });

  it.each([
    ["update", sql`update events set kind = 'x'`],
    ["delete", sql`delete from events`],
    ["taking a payload without saying so", sql`update events set payload = '{}'`],
    [
      "changing what an erasure leaves",
      sql`update events set payload = '{}', erased = true, at = at + interval '1 hour'`,
    ],
    ["truncate", sql`truncate events`],
  ])("refuses %s", async (_name, statement) => {
    const store = await database.workspace();
    await append(store, uuidv7(), "a");
    await expect(database.db.execute(statement)).rejects.toThrow();
    expect(await broken(store)).toEqual([]);
  });

  it.each([
    [
      "a changed payload",
      (w: string) => sql`update events set payload = '{"to":"hired"}' where workspace_id = ${w} and seq = 2`,
    ],
    [
      "a changed time",
      (w: string) =>
        sql`update events set at = at + interval '1 microsecond' where workspace_id = ${w} and seq = 2`,
    ],
    [
      "a payload that was taken without an erasure on record",
      (w: string) =>
        sql`update events set payload = '{}', erased = true where workspace_id = ${w} and seq = 2`,
    ],
    ["a removed row", (w: string) => sql`delete from events where workspace_id = ${w} and seq = 2`],
    ["a removed tail", (w: string) => sql`delete from events where workspace_id = ${w} and seq = 3`],
    ["a removed head", (w: string) => sql`delete from event_chains where workspace_id = ${w}`],
  ])("shows %s", async (_name, change) => {
    const store = await database.workspace();
    const chain = uuidv7();
    for (const kind of ["a", "b", "c"]) await append(store, chain, kind);
    await tamper(change(store.workspaceId));
    expect((await broken(store)).map((b) => b.chainId)).toContain(chain);
  });

  it("computes the hash of an event that claims to be an erased one", async () => {
    const store = await database.workspace();
    const chain = uuidv7();
    await append(store, chain, "a");
    await database.db.execute(sql`insert into events (workspace_id, chain_id, seq, at, kind, member_id, client, tool, payload, hash, erased)
      select workspace_id, chain_id, 2, at, 'forged', member_id, client, tool, '{}', 'ab', true from events where chain_id = ${chain}`);
    const rows = await store.read((db) => listEvents(db, store.workspaceId, chain));
    expect(rows[1]?.hash).toHaveLength(64);
    expect((await broken(store)).map((b) => b.chainId)).toEqual([chain]);
  });

  it("keeps one order when many append at once", async () => {
    const store = await database.workspace();
    const chain = uuidv7();
    await Promise.all(Array.from({ length: 30 }, (_, i) => append(store, chain, `k${i}`)));
    const rows = await store.read((db) => listEvents(db, store.workspaceId, chain));
    expect(rows.map((r) => r.seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(await broken(store)).toEqual([]);
    const head = await database.db.select().from(eventChains).where(eq(eventChains.chainId, chain));
    expect(head[0]?.seq).toBe(30);
  });
});
