import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { RECORD_PARTS } from "../../../src/domain/candidates/record-parts.ts";
import { FATES, type TableName } from "../../../src/store/candidates/erase.ts";
import { brokenChains, rowsOf } from "../../../src/store/events.ts";
import { legalHolds, members } from "../../../src/store/tables.ts";
import { useArchives } from "../../support/archives.ts";
import { useDatabase } from "../../support/database.ts";
import { everything } from "../../support/every-call.ts";
import { type HarnessOptions, start } from "../../support/harness.ts";
import { ALAN, addMember, GRACE } from "../../support/panel.ts";
import { seeded, ZOE } from "../../support/seeded.ts";
import { columnsWith, filesWith, fillRecord, personAt, QUILL, tablesOf } from "../../support/whole-record.ts";

const database = useDatabase();
const archives = useArchives();
const OTHER = { name: "Ines Moreira", email: "ines@example.test", resume: "# Ines Moreira\nRan a cluster." };
const DOROTHEA = { name: "Dorothea Quist", email: "dorothea@example.test" };
const MLE = { application: "MLE-1" };
/** Tools that refuse to work on the application of an erased person. */
const REFUSED = [
  ...[
    "add_document",
    "assign_exercise",
    "cast_vote",
    "draft_outreach",
    "find_interview_times",
    "get_candidate",
  ],
  ...["move_candidate", "record_offer", "schedule_interview", "score_candidate", "submit_scorecard"],
  ...["summarize_submission", "update_candidate", "update_document"],
];

async function begin(options: Partial<HarnessOptions> = {}, people = [ZOE, OTHER]) {
  const store = await seeded(await database.workspace(), people);
  return { store, greenflag: await start({ store, ...options }) };
}

/** Columns of touched tables that can hold words and are no person's: keys, kinds, states, times, programs. */
const NOT_PERSONAL = new Set(
  [
    "applications: ref stage status present_flags",
    "assessments: inputs rubric stale_why",
    "assignments: exercise form status",
    "changes: field client",
    "documents: kind pages",
    "import_keys: key",
    "imported_records: kind",
    "interviews: round status uid",
    "messages: purpose status outdated",
    "moves: kind from_stage from_status to_stage to_status reason_category overridden client",
    "offers: status currency period client",
    "originals: extension",
    "outbox: state from_name from_address reply_to message_id claimed_by",
    "uploads: kind link_hash key_hash documents",
    "scorecards: round recommendation client",
    "votes: vote client",
  ].flatMap((line) => {
    const [table = "", columns = ""] = line.split(": ");
    return columns.split(" ").map((column) => `${table}.${column}`);
  }),
);

describe("an erasure", () => {
  it("leaves no word of a person in any table, whatever field held one", async () => {
    const { store, greenflag } = await begin();
    await fillRecord(store, "MLE-1", "MLE-2");
    const tables = await tablesOf(store);
    const before = await columnsWith(store, tables, QUILL);
    const touched = (Object.keys(FATES) as TableName[]).filter(
      (table) => !("left" in FATES[table]) && table !== "confirmations",
    );
    const result = await store.read((db) =>
      db.execute(sql`select table_name || '.' || column_name as name from information_schema.columns
        where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY', 'tsvector', 'bytea')`),
    );
    const words = rowsOf<{ name: string }>(result)
      .map(({ name }) => name)
      .filter((name) => touched.some((table) => name.startsWith(`${table}.`)) && !name.endsWith(".sha256"));
    expect(words.filter((name) => !before.has(name) && !NOT_PERSONAL.has(name))).toEqual([]);
    expect([...before]).toContain("events.payload");
    expect([...before]).toContain("stays.source");

    expect(filesWith(await archives.export(store), QUILL).length).toBeGreaterThan(15);
    await greenflag.agreed("erase_candidate", MLE);
    expect([...(await columnsWith(store, tables, QUILL))]).toEqual([]);
    expect(filesWith(await archives.export(store), QUILL)).toEqual([]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("has a fate for every table of the database", async () => {
    const { store } = await begin();
    expect((await tablesOf(store)).filter((table) => !Object.keys(FATES).includes(table))).toEqual([]);
  });

  it("changes nothing before a person has agreed, and tells what would go and what is still open", async () => {
    const { store, greenflag } = await begin();
    await fillRecord(store, "MLE-1", "MLE-2");
    const { facts, text } = await greenflag.call("erase_candidate", MLE);
    expect(facts).toMatchObject({
      would_erase: { documents: 3, messages: 1, candidates: 1, changes: 2 },
      told: [
        "MLE-1 was active at applied: it ends as withdrawn.",
        "MLE-1: the interview screen on 2027-01-20T09:00:00.000Z is cancelled, which tells nobody.",
        "MLE-1: offer 1, which is extended, ends as withdrawn.",
      ],
    });
    expect(text).toContain("This cannot be undone.");
    const { applications } = await greenflag.ok("find_candidates", { query: QUILL });
    expect(applications).toMatchObject([{ ref: "MLE-1", status: "active", name: `${QUILL} name` }]);
  });

  it("asks again where the record has changed since it was shown", async () => {
    const { greenflag } = await begin();
    const { confirmation } = await greenflag.ok("erase_candidate", MLE);
    await greenflag.ok("add_document", { ...MLE, kind: "note", text: "Met her at a fair." });
    const confirm = confirmation?.code;
    expect(await greenflag.refused("erase_candidate", { ...MLE, confirm })).toMatch(/Nothing was changed/);
    expect((await greenflag.ok("get_candidate", MLE)).candidate.name).toBe("Zoë Okafor");
  });

  it("takes whoever was merged into the person with it, and every reference says so", async () => {
    const { store, greenflag } = await begin();
    await fillRecord(store, "MLE-1", "MLE-2", `${QUILL}one`);
    await greenflag.agreed("update_candidate", { application: "MLE-1", merge_into: "MLE-2" });
    await greenflag.ok("update_candidate", { application: "MLE-2", referred_by: `${QUILL}two` });
    const { application, told } = await greenflag.agreed("erase_candidate", MLE);
    expect(application).toBe("MLE-2");
    expect(told).toContain("The same person: MLE-1.");
    expect([...(await columnsWith(store, await tablesOf(store), QUILL))]).toEqual([]);
    expect([...(await columnsWith(store, await tablesOf(store), "ines"))]).toEqual([]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
    for (const application of ["MLE-1", "MLE-2"])
      expect(await greenflag.ok("get_candidate", { application })).toMatchObject({
        candidate: { name: "erased person" },
        erased_on: "2026-11-24",
      });
  });

  it("is told where it has been before", async () => {
    const { greenflag } = await begin();
    const first = await greenflag.agreed("erase_candidate", MLE);
    expect(first.erased).toBe("2026-11-24");
    greenflag.clock.now = new Date("2026-12-01T09:00:00Z");
    const again = await greenflag.ok("erase_candidate", MLE);
    expect(again).toMatchObject({ erased: "2026-11-24", told: ["It was so before: nothing was changed."] });
  });
});

describe("an erased person", () => {
  it("is refused to whatever works on an application, and named by nothing", async () => {
    const { greenflag } = await begin({}, [{ ...ZOE, ...DOROTHEA }, OTHER]);
    await greenflag.ok("add_document", { ...MLE, kind: "note", text: "Dorothea Quist was met at a fair." });
    await greenflag.ok("draft_outreach", { ...MLE, purpose: "status_update" });
    await greenflag.agreed("erase_candidate", MLE);
    const told = (await everything(greenflag)).filter(([call]) => !call.startsWith("add_candidate"));
    for (const [call, text] of told) {
      expect(text, call).not.toContain("Something went wrong inside");
      expect(text, call).not.toMatch(/dorothea/i);
    }
    const refusing = told.filter(([, text]) => /MLE-1: this person was erased on 2026-11-24/.test(text));
    const names = refusing.map(([call]) => call.split(" ")[0] ?? call);
    expect([...new Set(names)].toSorted()).toEqual(REFUSED);
    expect(await greenflag.refused("undo_move", MLE)).toMatch(/erased on 2026-11-24/);
  });

  it("is in no list and has nothing left to be done, and their reference says what became of it", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("draft_outreach", { ...MLE, purpose: "status_update" });
    await greenflag.agreed("erase_candidate", MLE);
    expect(await greenflag.ok("find_candidates", {})).toMatchObject({
      total: 1,
      applications: [{ ref: "MLE-2" }],
    });
    expect((await greenflag.ok("find_candidates", { query: "MLE-1" })).total).toBe(0);
    expect((await greenflag.ok("find_candidates", { query: "erased" })).total).toBe(0);
    expect(JSON.stringify(await greenflag.ok("get_pipeline", { role: "MLE" }))).not.toContain("MLE-1");
    expect(JSON.stringify(await greenflag.ok("get_agenda", { member: "all" }))).not.toContain("MLE-1");
    const { text, facts } = await greenflag.call("get_candidate", { ...MLE, include: RECORD_PARTS });
    expect(facts).toMatchObject({
      candidate: { name: "erased person", do_not_contact: true },
      ...{
        erased_on: "2026-11-24",
        status: "withdrawn",
        tasks: [],
        messages: [],
        changes: [],
        documents: [],
      },
    });
    expect(text).toContain("Erased on 2026-11-24");
  });

  it("may be added anew as another record, which nobody writes to until it is said that they applied", async () => {
    const { store, greenflag } = await begin();
    await greenflag.ok("add_candidate", { role: "MLE", name: "Ana Duarte", email: "ana@example.test" });
    await greenflag.agreed("erase_candidate", MLE);
    const zoe = {
      role: "MLE",
      name: "Zoë Okafor",
      email: "Zoe+jobs@example.test",
      resume_text: "Ran it all.",
    };
    const { facts, text } = await greenflag.call("add_candidate", zoe);
    expect(facts).toMatchObject({ erased_before: "2026-11-24", application: { ref: "MLE-4" } });
    expect(text).toContain("was erased on 2026-11-24");
    const draft = { application: "MLE-4", purpose: "status_update" };
    expect(await greenflag.refused("draft_outreach", draft)).toMatch(/MLE-4 is not to be written to/);
    await greenflag.ok("update_candidate", { application: "MLE-4", do_not_contact: false });
    const { message } = await greenflag.ok("draft_outreach", draft);
    expect((await greenflag.ok("send_message", { message: message.id })).delivery.state).toBe("draft");
    const again = await greenflag.ok("add_candidate", { ...zoe, name: "Ana", email: "ana@example.test" });
    expect(again.erased_before).toBeUndefined();
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("is not written to at an address that another record is given", async () => {
    const { greenflag } = await begin();
    await greenflag.agreed("erase_candidate", MLE);
    await greenflag.ok("update_candidate", { application: "MLE-2", email: "zoe@example.test" });
    const { message } = await greenflag.ok("draft_outreach", {
      application: "MLE-2",
      purpose: "status_update",
    });
    expect(await greenflag.refused("send_message", { message: message.id })).toMatch(/not to be written to/);
  });
});

describe("who erases", () => {
  it("is an admin, and no admin their own record", async () => {
    const { store, greenflag } = await begin();
    await addMember(store, ALAN, "admin");
    const alan = await start({ store, member: ALAN });
    await greenflag.ok("update_candidate", { ...MLE, email: ALAN });
    expect(await alan.refused("erase_candidate", MLE)).toMatch(/No application/);
    await addMember(store, GRACE, "hiring_manager");
    const grace = await start({ store, member: GRACE });
    expect(await grace.refused("erase_candidate", MLE)).toMatch(/does not allow erase_candidate/);
    expect((await greenflag.agreed("erase_candidate", MLE)).erased).toBeDefined();
  });

  it("is refused while a legal hold stands, with its reason, and not when it has ended", async () => {
    const { store, greenflag } = await begin();
    const { workspaceId } = store;
    const hold = async (values: object) =>
      store.write(new AbortController().signal, async (tx) => {
        const { candidateId } = await personAt(tx, workspaceId, "MLE-1");
        const [ada] = await tx.select().from(members).where(eq(members.workspaceId, workspaceId));
        await tx.insert(legalHolds).values({
          ...{
            workspaceId,
            id: uuidv7(),
            candidateId,
            reason: "A claim is before the court.",
            placedBy: ada?.id ?? "",
          },
          ...{ placedAt: greenflag.clock.now, ...values },
        });
      });
    await hold({ until: "2026-11-22" });
    await hold({ releasedAt: greenflag.clock.now });
    expect((await greenflag.ok("erase_candidate", MLE)).confirmation).toBeDefined();
    // At nine in the morning in UTC, the day before has not ended everywhere.
    await hold({ until: "2026-11-23" });
    expect(await greenflag.refused("erase_candidate", MLE)).toMatch(
      /until 2026-11-23: A claim is before the court/,
    );
    expect((await greenflag.ok("get_candidate", MLE)).candidate.name).toBe("Zoë Okafor");
  });

  it("decides at a client that can ask its user, and a refusal changes nothing", async () => {
    let action: "accept" | "decline" = "decline";
    const { greenflag } = await begin({
      answering: () => (action === "accept" ? { action, content: { agree: true } } : { action }),
    });
    expect(await greenflag.refused("erase_candidate", MLE)).toMatch(/did not agree/);
    expect((await greenflag.ok("get_candidate", MLE)).candidate.name).toBe("Zoë Okafor");
    action = "accept";
    expect((await greenflag.ok("erase_candidate", MLE)).erased).toBe("2026-11-24");
  });
});
