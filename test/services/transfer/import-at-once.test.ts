import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { brokenChains, rowsOf } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { application, NOW, openMle, person, runImport, sourceOf } from "../../support/importing.ts";

const database = useDatabase();
let store: Store;
let ada: Harness;

const PEOPLE = 6;
const NUMBERS = Array.from({ length: PEOPLE }, (_, n) => n + 1);
const email = (n: number) => `person${n}@example.test`;

beforeEach(async () => {
  store = await database.workspace();
  ada = await start({ store, clock: { now: NOW } });
  await openMle(ada);
  await openMle(ada, "SRE", "Site reliability");
  for (const n of NUMBERS)
    await ada.ok("add_candidate", { role: "MLE", name: `Person ${n}`, email: email(n) });
});

/** The same people, who apply for a second role. */
const again = sourceOf(
  NUMBERS.map((n) =>
    person(n, {
      email: email(n),
      records: [{ kind: "note", text: "words of the sheet" }],
      applications: [application({ role: "Site reliability", stage: "Applied" })],
    }),
  ),
);

/** Applications that hang on a record which was erased or is part of another. */
const astray = async () =>
  rowsOf(
    await store.read((db) =>
      db.execute(sql`select a.ref from applications a
        join candidates c on c.workspace_id = a.workspace_id and c.id = a.candidate_id
        where a.workspace_id = ${store.workspaceId} and a.merged_into is null
          and (c.merged_into is not null or (c.erased_at is null) <> (a.erased_at is null))`),
    ),
  );

async function imported(): Promise<void> {
  try {
    await runImport(store, again, { yes: true });
  } catch (error) {
    expect(String(error)).toMatch(/Run it again/);
  }
}

it("an import leaves out whoever was merged with somebody else of the sheet, and says so", async () => {
  await ada.agreed("update_candidate", { application: "MLE-1", merge_into: "MLE-2" });
  const lines = await runImport(store, again, { yes: true });
  expect(lines.join("\n")).toContain(
    "row 2, Person 2: email: on record this is the same person as that of row 1",
  );
  expect(lines.join("\n")).toContain(`Added ${PEOPLE - 1} applications of ${PEOPLE - 1} people`);
  expect((await runImport(store, again)).join("\n")).toContain(`${PEOPLE} not again`);
});

describe("an import at the moment at which somebody else", () => {
  it("erases people of it brings no one back", async () => {
    const codes = await Promise.all(
      NUMBERS.map(async (n) => {
        const { confirmation } = await ada.ok("erase_candidate", { application: `MLE-${n}` });
        return { application: `MLE-${n}`, confirm: confirmation?.code };
      }),
    );
    const others = await Promise.all(codes.map(() => start({ store, clock: { now: NOW } })));
    await Promise.all([
      imported(),
      ...others.map(async (other, n) => other.call("erase_candidate", codes[n] ?? {})),
    ]);
    expect(await astray()).toEqual([]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("merges people of it leaves every application with who they are now", async () => {
    const others = await Promise.all([1, 3, 5].map(() => start({ store, clock: { now: NOW } })));
    const merges = await Promise.all(
      [1, 3, 5].map(async (n) => {
        const merge = { application: `MLE-${n}`, merge_into: `MLE-${n + 1}` };
        const { confirmation } = await ada.ok("update_candidate", merge);
        return { ...merge, confirm: confirmation?.code };
      }),
    );
    await Promise.all([
      imported(),
      ...others.map((other, n) => other.call("update_candidate", merges[n] ?? {})),
    ]);
    expect(await astray()).toEqual([]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 10))).toEqual([]);
  });

  it("imports the same adds everybody once", async () => {
    await Promise.all([imported(), imported(), imported()]);
    await imported();
    const counts = await store.read((db) =>
      db.execute(sql`select count(*)::int as n, count(distinct candidate_id)::int as people from applications
        where workspace_id = ${store.workspaceId} and ref like 'SRE-%'`),
    );
    expect(rowsOf(counts)).toEqual([{ n: PEOPLE, people: PEOPLE }]);
  });
});
