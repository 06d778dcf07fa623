import { beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { application, NOW, person, rowCounts, runImport, sourceOf } from "../../support/importing.ts";

const database = useDatabase();
let store: Store;
let ada: Harness;

beforeEach(async () => {
  store = await database.workspace();
  ada = await start({ store, clock: { now: NOW } });
  await ada.ok("open_role", {
    ...{ template: "mlops-engineer", lane: "serving_reliability", level: "senior", location: "Lisbon" },
    ...{ key: "MLE", title: "MLOps engineer" },
  });
});

const zoe = person(2, {
  ...{ name: "Zoë Lim", email: "zoe@example.test", phone: "+351 912 345 678", location: "Porto" },
  applications: [
    application({
      ...{ role: "MLOps Engineer", stage: "Phone Screen", source: "LinkedIn", appliedAt: "2026-10-01" },
      ...{ stageEnteredAt: "2026-10-20", owner: "Ada Byron" },
      records: [{ kind: "note", text: "Called her.", author: "Jana Horvat", writtenAt: "2026-10-05" }],
    }),
  ],
});

describe("an import", () => {
  it("says what would come in and writes nothing", async () => {
    const before = await rowCounts(store);
    const lines = await runImport(store, sourceOf([zoe]));
    expect(lines.join("\n")).toContain("1 to be added (1 new person, 0 for people on record)");
    expect(lines).toContain("  MLOps Engineer -> MLE (1)");
    expect(lines).toContain("  Phone Screen -> screen (1)");
    expect(lines).toContain("Nothing has been changed.");
    expect(await rowCounts(store)).toEqual(before);
  });

  it("keeps who, where from, since when and by whom, and the notes", async () => {
    const lines = await runImport(store, sourceOf([zoe]), { yes: true });
    expect(lines.at(-1)).toContain("Added 1 application of 1 person");
    const record = await ada.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(record).toMatchObject({
      candidate: { name: "Zoë Lim", email: "zoe@example.test", phone: "+351 912 345 678", location: "Porto" },
      ...{ stage: "screen", status: "active", applied_at: "2026-10-01T00:00:00.000Z", source: "LinkedIn" },
      ...{ owner: "ada@example.test", days_in_stage: 35.4 },
    });
  });

  it("changes nothing when it is run again", async () => {
    await runImport(store, sourceOf([zoe]), { yes: true });
    const before = await rowCounts(store);
    const lines = await runImport(store, sourceOf([zoe]), {
      yes: true,
      now: new Date("2026-11-25T09:00:00Z"),
    });
    expect(lines.join("\n")).toContain("1 not again (1 imported before)");
    expect(await rowCounts(store)).toEqual(before);
  });
});
