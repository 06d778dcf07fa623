import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { RUN } from "../../../src/domain/access.ts";
import { requireNoDutyByLaw } from "../../../src/services/personal-data/require-no-duty.ts";
import { listEvents } from "../../../src/store/events.ts";
import type { Store } from "../../../src/store/store.ts";
import { applications, candidates, roles } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { start as startHarness } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";
import { servicesOn } from "../../support/services.ts";

const database = useDatabase();
const PEOPLE = ["Zoë Okafor", "Mai Tran", "Tunde Bakare"].map((name, n) => ({
  name,
  email: `c${n}@example.test`,
}));

/** Three people for a role in Berlin, all rejected on the first day. */
async function rejected(location = "Berlin") {
  const store = await seeded(await database.workspace(), PEOPLE, new Date("2026-01-10T09:00:00Z"));
  const clock = { now: new Date("2026-01-10T09:00:00Z") };
  await change(store, { location, status: "rejected" });
  return { store, clock, ...servicesOn(store, clock) };
}

async function change(
  store: Store,
  { location, status }: { location?: string; status?: "rejected" | "active" },
) {
  const { workspaceId } = store;
  await store.write(new AbortController().signal, async (tx) => {
    if (location !== undefined)
      await tx.update(roles).set({ location }).where(eq(roles.workspaceId, workspaceId));
    if (status !== undefined)
      await tx.update(applications).set({ status }).where(eq(applications.workspaceId, workspaceId));
  });
}

const personOf = (store: Store, ref: string) =>
  store.read(async (db) => {
    const [row] = await db
      .select({ person: applications.candidateId, application: applications.id })
      .from(applications)
      .where(and(eq(applications.workspaceId, store.workspaceId), eq(applications.ref, ref)));
    if (!row) throw new Error(`no ${ref}`);
    return row;
  });

describe("what is due to be erased", () => {
  it("is told with why, beside what is held back and what is not known", async () => {
    const { store, clock, services, start } = await rejected();
    clock.now = new Date("2026-08-01T12:00:00Z");
    await services.holds.place(await start(), {
      application: "MLE-1",
      reason: "A claim before the labour court.",
    });
    await services.consents.record(await start(RUN), {
      application: "MLE-2",
      until: "2027-02-01",
      how: "mail of 3 July",
    });
    const listed = await services.retention.list(await start());
    expect(listed.due.map(({ references }) => references)).toEqual([["MLE-3"]]);
    expect(listed.due[0]?.verdict.kept[0]).toMatchObject({
      until: "2026-07-10",
      by: { rule: { id: "de_agg" } },
    });
    expect(listed.held).toMatchObject([
      { references: ["MLE-1"], verdict: { by: { hold: { reason: "A claim before the labour court." } } } },
      { references: ["MLE-2"], verdict: { by: { consent: "2027-02-01" } } },
    ]);
    await change(store, { location: "Remote" });
    expect((await services.retention.list(await start())).unknown).toHaveLength(3);
  });

  it("goes by the team's own period, which is stored with why and can be taken back", async () => {
    const { clock, services, start } = await rejected("Lisbon");
    clock.now = new Date("2026-08-01T12:00:00Z");
    const due = async () => (await services.retention.list(await start())).due.length;
    expect(await due()).toBe(0);
    const set = { place: "Portugal", months: "6", why: "Our records plan." };
    expect(await services.retentionSettings.setPeriod(await start(), set)).toMatchObject({
      place: "Portugal",
      months: 6,
    });
    expect(await due()).toBe(3);
    expect((await services.retentionSettings.rules(await start())).settings).toMatchObject([
      { key: "PT", months: 6, why: "Our records plan." },
    ]);
    await services.retentionSettings.setPeriod(await start(), { place: "Portugal", months: "none" });
    expect(await due()).toBe(0);
    await services.retentionSettings.setPeriod(await start(), {
      place: "default",
      months: "2",
      why: "So we say.",
    });
    expect(await due()).toBe(3);
  });

  it("never lets a team set a period below a law, unless that law does not bind it", async () => {
    const { services, start } = await rejected("Austin, TX");
    const set = async () =>
      services.retentionSettings.setPeriod(await start(), {
        place: "United States",
        months: "6",
        why: "Short.",
      });
    await expect(set()).rejects.toThrow(/29 CFR 1602\.14 keeps records for 12 months/);
    await services.retentionSettings.setLaw(await start(), {
      rule: "us_eeoc",
      binds: false,
      why: "We are nine.",
    });
    expect(await set()).toMatchObject({ months: 6 });
  });

  it.each([
    [{ place: "Atlantis", months: "6", why: "x" }, /not one certain place/],
    [{ place: "Germany or France", months: "6", why: "x" }, /not one certain place/],
    [{ place: "Germany", months: "0", why: "x" }, /whole months/],
    [{ place: "Germany", months: "6.5", why: "x" }, /whole months/],
    [{ place: "Germany", months: "6" }, /--why/],
  ])("refuses a period that cannot be meant: %j", async (input, why) => {
    const { services, start } = await rejected();
    await expect(services.retentionSettings.setPeriod(await start(), input)).rejects.toThrow(why);
  });
});

describe("the end of an application", () => {
  it("is the day of the rejection, not that on which they came to the stage in which it was", async () => {
    const clock = { now: new Date("2026-01-10T09:00:00Z") };
    const store = await seeded(await database.workspace(), PEOPLE, clock.now);
    await change(store, { location: "Berlin" });
    const { services, start } = servicesOn(store, clock);
    clock.now = new Date("2026-03-20T09:00:00Z");
    const ended = { application: "MLE-1", to: "rejected", reason: "Nothing in production yet" };
    const { confirmation } = await services.moves.move(await start(), ended);
    await services.moves.move(await start(), { ...ended, confirm: confirmation?.code });
    clock.now = new Date("2026-08-01T09:00:00Z");
    const { due, notYet } = await services.retention.list(await start());
    expect([due, notYet]).toEqual([[], { people: 1, first: "2026-09-20" }]);
    expect((await services.personFiles.load(await start(), "MLE-1")).applications[0]?.about).toMatchObject({
      ended_at: "2026-03-20T09:00:00.000Z",
    });
  });
});

describe("erasing what is due", () => {
  it("erases one person a transaction, and looks there whether they still are to be", async () => {
    const { clock, services, start } = await rejected();
    clock.now = new Date("2026-08-01T12:00:00Z");
    const { erase } = services.retention;
    const hold = { application: "MLE-2", reason: "A claim.", until: "2026-12-31" };
    await services.holds.place(await start(), hold);
    expect(await erase(await start(), "MLE-1")).toEqual({ reference: "MLE-1", result: "erased" });
    expect(await erase(await start(), "MLE-1")).toMatchObject({ result: "no_longer_due" });
    expect(await erase(await start(), "MLE-2")).toMatchObject({ reference: "MLE-2", result: "refused" });
  });
});

describe("the duty to keep a record", () => {
  it("refuses an erasure with the law and its last day, and a default refuses nothing", async () => {
    const { store, clock, start } = await rejected("Austin, TX");
    clock.now = new Date("2026-08-01T12:00:00Z");
    const { person } = await personOf(store, "MLE-1");
    const check = async () => {
      const session = await start();
      return session.read((db) => requireNoDutyByLaw(db, session, [person]));
    };
    await expect(check()).rejects.toThrow(
      /MLE-1: 29 CFR 1602\.14 \(United States\) keeps this record until 2027-01-10/,
    );
    await change(store, { location: "Berlin" });
    await expect(check()).resolves.toBeUndefined();
    await store.write(new AbortController().signal, async (tx) => {
      await tx.update(candidates).set({ location: "Oakland, CA" }).where(eq(candidates.id, person));
    });
    await expect(check()).rejects.toThrow(/Government Code 12946|automated-decision/);
  });
});

describe("a legal hold", () => {
  it("is placed, listed and released, and its reason stays out of the history", async () => {
    const { store, services, start } = await rejected();
    await services.holds.place(await start(), {
      application: "mle-1",
      reason: "Dispute with Zoë",
      until: "2026-09-30",
    });
    expect(await services.holds.list(await start())).toMatchObject([
      {
        references: ["MLE-1"],
        name: "Zoë Okafor",
        reason: "Dispute with Zoë",
        until: "2026-09-30",
        ended: false,
      },
    ]);
    expect(await services.holds.release(await start(), "MLE-1")).toMatchObject({ released: 1 });
    await expect(services.holds.release(await start(), "MLE-1")).rejects.toThrow(/no legal hold/);
    const { application } = await personOf(store, "MLE-1");
    const events = await store.read((db) => listEvents(db, store.workspaceId, application));
    expect(events.map(({ kind }) => kind)).toEqual(["hold.place", "hold.release"]);
    expect(JSON.stringify(events)).not.toContain("Dispute");
  });

  it.each([
    [{ reason: "  " }, /--reason/],
    [{ reason: "x", until: "2026-02-30" }, /is no day/],
    [{ reason: "x", until: "2026-01-08" }, /is over/],
    [{ reason: "x", until: "2206-01-01" }, /years ahead/],
  ])("is refused where it cannot be meant: %j", async (input, why) => {
    const { services, start } = await rejected();
    await expect(services.holds.place(await start(), { application: "MLE-1", ...input })).rejects.toThrow(
      why,
    );
    expect(await services.holds.list(await start())).toEqual([]);
  });
});

describe("a consent to stay on file", () => {
  it("stands in the candidate's record, and so does that it was taken back", async () => {
    const { store, clock, services, start } = await rejected();
    const ada = await startHarness({ store, clock });
    const withdraw = { application: "MLE-1", how: "by phone" };
    await expect(services.consents.record(await start(RUN), withdraw)).rejects.toThrow(
      /no consent is on record/,
    );
    const given = { application: "MLE-1", until: "2027-01-10", how: "mail of 9 January" };
    expect(await services.consents.record(await start(RUN), given)).toMatchObject({ changed: true });
    expect(await services.consents.record(await start(RUN), given)).toMatchObject({ changed: false });
    const { consent } = await ada.ok("get_candidate", { application: "MLE-1" });
    expect(consent).toEqual({ until: "2027-01-10", how: "mail of 9 January", recorded_on: "2026-01-10" });
    await services.consents.record(await start(RUN), withdraw);
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).consent).toMatchObject({ until: null });
    await ada.close();
  });

  it("goes along with a merge, as a hold does", async () => {
    const { store, clock, services, start } = await rejected();
    const ada = await startHarness({ store, clock });
    await services.consents.record(await start(RUN), {
      application: "MLE-2",
      until: "2027-01-10",
      how: "mail",
    });
    await services.holds.place(await start(), { application: "MLE-2", reason: "A claim." });
    await ada.agreed("update_candidate", { application: "MLE-2", merge_into: "MLE-1" });
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).consent).toMatchObject({
      until: "2027-01-10",
    });
    expect(await services.holds.list(await start())).toMatchObject([
      { references: ["MLE-1"], reason: "A claim." },
    ]);
    await ada.close();
  });

  it("is recorded by whoever runs the pipeline, and nobody else", async () => {
    const { store, clock } = await rejected();
    await addMember(store, "vic@example.test", "viewer");
    const { start } = servicesOn(store, clock, "vic@example.test");
    await expect(start(RUN)).rejects.toThrow(/viewer access/);
  });
});
