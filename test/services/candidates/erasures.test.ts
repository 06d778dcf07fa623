import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { eraseListed } from "../../../src/services/candidates/erase-listed.ts";
import { keyedHash } from "../../../src/services/transfer/keyed-hash.ts";
import type { Upkeep } from "../../../src/services/upkeep.ts";
import { hashKeyOf } from "../../../src/store/candidates/erasures.ts";
import { brokenChains, rowsOf } from "../../../src/store/events.ts";
import { applications, candidates, erasures, events, members, offers } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { card, met } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";
import { columnsWith, fillRecord, personAt, QUILL, tablesOf } from "../../support/whole-record.ts";

const database = useDatabase();
const REPORTS = ["funnel", "time_in_stage", "time_to_fill", "sources", "offers", "owed", "agreement"];
const NAMES = ["Ana", "Bo", "Cy", "Dee", "Eve", "Fay", "Gil", "Hua", "Ida", "Jon", "Kim", "Lea"];

async function begin() {
  const people = NAMES.map((name) => ({
    name: `${name} Quist`,
    email: `${name.toLowerCase()}@example.test`,
    resume: `# ${name}`,
  }));
  const store = await seeded(await database.workspace(), people);
  return { store, greenflag: await start({ store }) };
}

/** Every report as a member reads it, and its figures. */
async function reports(greenflag: Harness): Promise<string> {
  const told = await Promise.all(REPORTS.map((report) => greenflag.call("get_report", { report })));
  return JSON.stringify(told.map(({ text, facts }) => [text, facts]));
}

/** Everybody at work for a while: sources, interviews with cards, a rejection, a withdrawal, an offer that was accepted. */
async function work(greenflag: Harness, store: Awaited<ReturnType<typeof begin>>["store"]): Promise<void> {
  await greenflag.ok("update_role", {
    role: "MLE",
    panel: [{ round: "screen", members: ["ada@example.test"] }],
  });
  const ref = (n: number) => `MLE-${n}`;
  for (const n of NAMES.keys()) {
    const application = ref(n + 1);
    const source = n === 0 ? "a word from Jon Quist" : ["LinkedIn", "career page"][n % 2];
    await greenflag.ok("update_candidate", { application, source });
    await greenflag.ok("score_candidate", { application });
    await greenflag.ok("move_candidate", { application, to: "screen" });
    await met(greenflag, "screen", { application });
    await greenflag.ok("submit_scorecard", card("screen", [1 + (n % 4)], "said so", { application }));
  }
  greenflag.clock.now = new Date("2026-12-03T09:00:00Z");
  const end = (n: number, to: string) =>
    greenflag.agreed("move_candidate", { application: ref(n), to, reason: "Little of what the role needs" });
  for (const [n, to] of [
    [1, "rejected"],
    [2, "withdrawn"],
    [3, "rejected"],
  ] as const)
    await end(n, to);
  const { workspaceId } = store;
  await store.write(new AbortController().signal, async (tx) => {
    const { applicationId } = await personAt(tx, workspaceId, "MLE-1");
    const [ada] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
    await tx.insert(offers).values({
      ...{ workspaceId, id: uuidv7(), applicationId, version: 1, status: "declined", base: 180_000 },
      ...{
        currency: "USD",
        period: "year",
        note: "She may want more.",
        recordedBy: ada?.id ?? "",
        client: "test",
      },
      ...{ extendedAt: new Date("2026-11-25T09:00:00Z"), answeredAt: new Date("2026-11-28T09:00:00Z") },
      recordedAt: new Date("2026-11-28T09:00:00Z"),
    });
  });
}

describe("reports", () => {
  it("keep every figure of somebody who has been erased, whose source of their own has no words any more", async () => {
    const { store, greenflag } = await begin();
    await work(greenflag, store);
    const before = await reports(greenflag);
    expect(before).toContain("a word from Jon Quist");
    for (const application of ["MLE-1", "MLE-2", "MLE-3"])
      await greenflag.agreed("erase_candidate", { application });
    expect(await reports(greenflag)).toBe(before.replaceAll("a word from Jon Quist", "another source"));
  });

  it("count somebody who was active as one who withdrew", async () => {
    const { store, greenflag } = await begin();
    await work(greenflag, store);
    const withdrawn = await begin();
    await work(withdrawn.greenflag, withdrawn.store);
    await withdrawn.greenflag.ok("move_candidate", { application: "MLE-5", to: "withdrawn" });
    await greenflag.agreed("erase_candidate", { application: "MLE-5" });
    expect(await reports(greenflag)).toBe(await reports(withdrawn.greenflag));
  });
});

describe("the history", () => {
  it("loses the payloads that hold personal words, keeps the others, and adds up", async () => {
    const { store, greenflag } = await begin();
    await fillRecord(store, "MLE-1", "MLE-2");
    await greenflag.agreed("erase_candidate", { application: "MLE-1" });
    const { workspaceId } = store;
    const rows = await store.read(async (db) => {
      const { applicationId } = await personAt(db, workspaceId, "MLE-1");
      return db
        .select()
        .from(events)
        .where(and(eq(events.workspaceId, workspaceId), eq(events.chainId, applicationId)))
        .orderBy(events.seq);
    });
    expect(rows.map(({ kind, erased }) => [kind, erased])).toEqual([
      ["exercise.given", true],
      ["submission.snapshot", true],
      ["application.move", false],
      ["candidate.erase", false],
    ]);
    expect(JSON.stringify(rows)).not.toContain(QUILL);
    expect(await store.read((db) => brokenChains(db, workspaceId, 10))).toEqual([]);
  });
});

describe("several at once", () => {
  const ERASED = /was erased|Nothing was changed|merged with somebody/;

  it.each([
    ["a move", "move_candidate", { application: "MLE-1", to: "screen" }],
    ["an assessment", "score_candidate", { application: "MLE-1" }],
    ["a note", "add_document", { application: "MLE-1", kind: "note", text: "Ana Quist was here." }],
    ["a draft", "draft_outreach", { application: "MLE-1", purpose: "status_update" }],
    ["a change", "update_candidate", { application: "MLE-1", phone: "+351 912 345 678" }],
    [
      "an application for another role",
      "add_candidate",
      { role: "MLE2", name: "Ana Quist", email: "ana@example.test" },
    ],
    ["an offer", "record_offer", { application: "MLE-1", base: 180_000, note: "Ana wants more." }],
  ])("leave %s whole or refused, and no word of the person behind", async (_what, tool, args) => {
    const { store, greenflag } = await begin();
    await greenflag.ok("open_role", {
      template: "mlops-engineer",
      level: "mid",
      location: "Leeds",
      key: "MLE2",
    });
    const other = await start({ store });
    // Without an assessment, a move that comes first is refused by its gate.
    if (tool === "move_candidate") await greenflag.ok("score_candidate", { application: "MLE-1" });
    const { confirmation } = await greenflag.ok("erase_candidate", { application: "MLE-1" });
    const erase = { application: "MLE-1", confirm: confirmation?.code };
    const [erased, done] = await Promise.all([
      greenflag.call("erase_candidate", erase),
      other.call(tool, args),
    ]);
    for (const { isError, text } of [erased, done]) if (isError) expect(text).toMatch(ERASED);
    if (erased.isError) await greenflag.agreed("erase_candidate", { application: "MLE-1" });
    const left = await store.read((db) =>
      db.execute(sql`select d.name from documents d join applications a on a.workspace_id = d.workspace_id and a.id = d.application_id
        where d.workspace_id = ${store.workspaceId} and a.erased_at is not null
        union all select c.name from candidates c where c.workspace_id = ${store.workspaceId} and c.erased_at is not null and
          (c.name <> 'erased person' or c.phone is not null)
        union all select a.ref from applications a join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
          where a.workspace_id = ${store.workspaceId} and (c.erased_at is null) <> (a.erased_at is null)`),
    );
    expect(rowsOf(left)).toEqual([]);
    if (tool !== "add_candidate")
      expect([...(await columnsWith(store, await tablesOf(store), "ana quist"))]).toEqual([]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("leave a merge or an erasure, and never half of both", async () => {
    const { store, greenflag } = await begin();
    const other = await start({ store });
    const merge = { application: "MLE-1", merge_into: "MLE-2" };
    const asked = await other.ok("update_candidate", merge);
    const { confirmation } = await greenflag.ok("erase_candidate", { application: "MLE-1" });
    const [erased, merged] = await Promise.all([
      greenflag.call("erase_candidate", { application: "MLE-1", confirm: confirmation?.code }),
      other.call("update_candidate", { ...merge, confirm: asked.confirmation?.code }),
    ]);
    expect([erased.isError, merged.isError]).toContain(true);
    expect([erased.isError, merged.isError]).toContain(false);
    for (const { isError, text } of [erased, merged]) if (isError) expect(text).toMatch(ERASED);
    const bo = await greenflag.ok("get_candidate", { application: "MLE-2" });
    expect(bo.candidate.name).toBe("Bo Quist");
    expect(bo.erased_on).toBeUndefined();
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("erase a person once, with one entry on record", async () => {
    const { store, greenflag } = await begin();
    const ends = await Promise.all(
      [1, 2].map(async () => {
        const { confirmation } = await greenflag.ok("erase_candidate", { application: "MLE-1" });
        return confirmation?.code;
      }),
    );
    const answers = await Promise.all(
      ends.map((confirm) => greenflag.call("erase_candidate", { application: "MLE-1", confirm })),
    );
    expect(answers.filter(({ isError }) => !isError).length).toBeGreaterThan(0);
    const { workspaceId } = store;
    expect(
      await store.read((db) => db.select().from(erasures).where(eq(erasures.workspaceId, workspaceId))),
    ).toHaveLength(1);
    const erased = await store.read((db) =>
      db
        .select({ ref: applications.ref })
        .from(applications)
        .innerJoin(candidates, eq(candidates.id, applications.candidateId))
        .where(and(eq(applications.workspaceId, workspaceId), sql`${candidates.erasedAt} is not null`)),
    );
    expect(erased).toEqual([{ ref: "MLE-1" }]);
  });
});

describe("a list of who was erased", () => {
  it("erases them again where a backup has brought them back, and leaves who came since or is somebody else", async () => {
    const { store, greenflag } = await begin();
    const { workspaceId } = store;
    const { signal } = new AbortController();
    const at: Upkeep = { ...store, signal, write: (work) => store.write(signal, work) };
    const key = await store.read((db) => hashKeyOf(db, workspaceId));
    const erased_at = "2026-11-25T09:00:00.000Z";
    const ana = await store.read((db) => personAt(db, workspaceId, "MLE-1"));
    const list = [
      { candidate_id: ana.candidateId, hashes: [], erased_at },
      // Bo by his address alone, as where two records of his were one by then.
      { candidate_id: uuidv7(), hashes: [keyedHash(key, "email:bo@example.test")], erased_at },
      // Cy was added anew after the erasure.
      {
        candidate_id: uuidv7(),
        hashes: [keyedHash(key, "email:cy@example.test")],
        erased_at: "2026-11-20T09:00:00.000Z",
      },
    ];
    expect(await eraseListed(at, list)).toBe(2);
    expect(await eraseListed(at, list)).toBe(0);
    const erased = async (application: string) =>
      (await greenflag.ok("get_candidate", { application })).erased_on !== undefined;
    const refs = ["MLE-1", "MLE-2", "MLE-3", "MLE-4"];
    expect(await Promise.all(refs.map(erased))).toEqual([true, true, false, false]);
    const again = { role: "MLE", name: "Bo Quist", email: "bo@example.test" };
    expect((await greenflag.ok("add_candidate", again)).erased_before).toBeDefined();
    expect(await store.read((db) => brokenChains(db, workspaceId, 10))).toEqual([]);
  });
});
