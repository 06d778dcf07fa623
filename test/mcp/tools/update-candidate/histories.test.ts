import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangedValue } from "../../../../src/domain/candidates/change.ts";
import { derivedOf } from "../../../../src/domain/candidates/known-by.ts";
import { candidates } from "../../../../src/store/tables.ts";
import { useDatabase } from "../../../support/database.ts";
import { start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { startWithCandidate } from "../../../support/record.ts";

const database = useDatabase();
const ZOE = { application: "MLE-1" };
const RITA = "rita@example.test";

async function begin() {
  const store = await database.workspace();
  const ada = await startWithCandidate({ store });
  await addMember(store, RITA, "recruiter");
  return { store, ada, rita: await start({ store, member: RITA, clock: ada.clock }) };
}

type Shown = { field: string; before?: ChangedValue; after?: ChangedValue };

/** Text of several scripts, with what a form would have to escape. */
const text = fc.constantFrom("Zoë Okafor", "Łukasz Żak", "O'Neil; drop", "王 小明", "Anne-Marie d’Arc");
const edit = fc.record(
  {
    name: text,
    email: fc.constantFrom("", "a@example.test", "B@example.test", "c+x@example.test"),
    phone: fc.constantFrom("", "+351 912 345 678", "070-123 45 67"),
    timezone: fc.constantFrom("", "Europe/Lisbon", "Asia/Tokyo"),
    location: fc.oneof(text, fc.constant("")),
    links: fc.subarray(["https://github.com/zoe", "https://zoe.example/"]),
    tags: fc.subarray(["june", "relocates"]),
    source: fc.oneof(text, fc.constant("")),
    referred_by: fc.oneof(text, fc.constant("")),
    owner: fc.constantFrom("", RITA, "ada@example.test"),
    do_not_contact: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("the history of a record", () => {
  it("folds to what is on record, whatever was changed in whatever order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 8 }), async (edits) => {
        const { ada, store } = await begin();
        const folded: Record<string, ChangedValue> = { name: "Zoë Okafor", email: "zoe@example.test" };
        for (const change of edits) await ada.ok("update_candidate", { ...ZOE, ...change });
        const record = await ada.ok("get_candidate", { ...ZOE, include: ["history"] });
        for (const { field, before, after } of record.changes as Shown[]) {
          expect(before ?? null).toEqual(folded[field] ?? (field === "do_not_contact" ? false : null));
          expect(after).not.toEqual(before);
          folded[field] = after ?? null;
        }
        const { candidate, source, referred_by, owner } = record;
        const has: Record<string, unknown> = { ...candidate, source, referred_by, owner };
        const stated = Object.entries(folded).filter(([, value]) => value !== null && value !== false);
        expect(Object.fromEntries(Object.entries(has).filter(([, value]) => value !== undefined))).toEqual(
          Object.fromEntries(stated),
        );
        const [row] = await database.db
          .select()
          .from(candidates)
          .where(eq(candidates.workspaceId, store.workspaceId));
        expect(row).toMatchObject(row ? derivedOf(row) : {});
      }),
      { numRuns: 12 },
    );
  });
});

describe("two people who edit one record at once", () => {
  it("both have what they changed where the fields differ", async () => {
    const { ada, rita } = await begin();
    await Promise.all([
      ada.ok("update_candidate", { ...ZOE, phone: "+351 912 345 678" }),
      rita.ok("update_candidate", { ...ZOE, location: "Porto" }),
      ada.ok("update_candidate", { ...ZOE, tags: ["june"] }),
      rita.ok("update_candidate", { ...ZOE, source: "referral" }),
    ]);
    const { candidate, source } = await ada.ok("get_candidate", ZOE);
    expect(candidate).toMatchObject({ phone: "+351 912 345 678", location: "Porto", tags: ["june"] });
    expect(source).toBe("referral");
  });

  it("leave the later value where the field is the same, and a history without a gap", async () => {
    const { ada, rita } = await begin();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 === 0 ? ada : rita).ok("update_candidate", { ...ZOE, location: `Place ${n}` }),
      ),
    );
    const { candidate, changes } = await ada.ok("get_candidate", { ...ZOE, include: ["history"] });
    const places = changes as Shown[];
    expect(places).toHaveLength(8);
    for (const [n, { before }] of places.entries()) expect(before).toBe(places[n - 1]?.after);
    expect(candidate.location).toBe(places.at(-1)?.after);
  });

  it("cannot give one e-mail to two people", async () => {
    const { ada, rita } = await begin();
    await ada.ok("add_candidate", { role: "MLE", name: "Bo Li", email: "bo@example.test" });
    const email = "one@example.test";
    const answers = await Promise.all([
      ada.call("update_candidate", { ...ZOE, email }),
      rita.call("update_candidate", { application: "MLE-2", email }),
      ada.call("add_candidate", { role: "MLE", name: "Cy Ode", email }),
    ]);
    const refused = answers.filter(({ isError }) => isError);
    for (const { text: said } of refused) expect(said).toMatch(/has it|is one person/);
    expect((await ada.ok("find_candidates", { query: email })).total).toBe(1);
  });
});
