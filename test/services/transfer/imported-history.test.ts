import { beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../../src/store/store.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { application, NOW, openMle, person, runImport, sourceOf } from "../../support/importing.ts";
import { addMember, GRACE } from "../../support/panel.ts";

const database = useDatabase();
let store: Store;
let ada: Harness;

beforeEach(async () => {
  store = await database.workspace();
  ada = await start({ store, clock: { now: new Date(NOW) } });
  await openMle(ada);
});

const mle = (more: object) => application({ role: "MLE", ...more });
const of = (row: number, more: object) =>
  person(row, { email: `p${row}@example.test`, applications: [mle(more)] });
const take = (...people: ReturnType<typeof person>[]) => runImport(store, sourceOf(people), { yes: true });
const RESUME =
  "I run twelve models in production on Kubernetes with MLflow 2.9 and cut latency by 40 per cent.";

describe("the history of somebody who came in with an import", () => {
  const told = {
    ...{ status: "hired", stage: "Offer", appliedAt: "2026-06-01", endedAt: "2026-07-20" },
    history: [
      { stage: "Application Review", enteredAt: "2026-06-01T08:00:00Z" },
      { stage: "Phone Screen", enteredAt: "2026-06-10T08:00:00Z" },
      { stage: "Lunch", enteredAt: "2026-06-15T08:00:00Z" },
      { stage: "Offer", enteredAt: "2026-07-01T08:00:00Z" },
    ],
  };

  it("has each stage with its own day, and the end", async () => {
    await take(of(2, told));
    const { history, status, stage } = await ada.ok("get_candidate", {
      application: "MLE-1",
      include: ["history"],
    });
    expect({ status, stage }).toEqual({ status: "hired", stage: "offer" });
    expect(history?.map(({ from, to, at, through }) => [from, to, at, through])).toEqual([
      ["applied", "screen", "2026-06-10T08:00:00.000Z", "greenflag import"],
      ["screen", "offer", "2026-07-01T08:00:00.000Z", "greenflag import"],
      ["offer", "hired", "2026-07-20T00:00:00.000Z", "greenflag import"],
    ]);
  });

  it("makes the days in each stage right from the first day", async () => {
    await take(...[2, 3, 4, 5, 6].map((row) => of(row, told)));
    const { rows } = await ada.ok("get_report", { report: "time_in_stage" });
    const days = Object.fromEntries(rows.map((row) => [row.stage, row.completed]));
    expect(days).toMatchObject({
      applied: { n: 5, median_days: 9 },
      screen: { n: 5, median_days: 21 },
      offer: { n: 5, median_days: 18.7 },
    });
  });

  it("makes no days of a stay of which nobody knows the beginning or the end", async () => {
    await take(
      ...[2, 3, 4, 5, 6].map((row) =>
        of(row, { status: "rejected", stage: "Screen", endedAt: "2026-10-01" }),
      ),
      ...[7, 8].map((row) => of(row, { status: "rejected", stage: "Screen", stageEnteredAt: "2026-10-01" })),
      of(9, { stage: "Screen" }),
    );
    ada.clock.now = new Date("2026-12-04T09:00:00Z");
    await ada.agreed("move_candidate", {
      application: "MLE-8",
      to: "rejected",
      reason: "No evidence of on-call work.",
    });
    const { n, notes } = await ada.ok("get_report", { report: "time_in_stage" });
    expect({ n, notes }).toEqual({ n: 0, notes: [expect.stringContaining("0 completed stays")] });
  });

  it("counts whoever begins in a later stage as through the stages that the source has before it", async () => {
    await take(
      ...[2, 3, 4].map((row) => of(row, { status: "rejected", stage: "Applied", endedAt: "2026-10-01" })),
      ...[5, 6].map((row) => of(row, { status: "rejected", stage: "Phone Screen", endedAt: "2026-10-01" })),
      ...[7, 8].map((row) => of(row, { status: "hired", stage: "Offer", endedAt: "2026-10-01" })),
      of(9, { stage: "Architecture" }),
    );
    const { n, rows, notes } = await ada.ok("get_report", { report: "funnel" });
    expect(n).toBe(8);
    expect(rows.map(({ stage, entered, passed, here }) => [stage, entered, passed, here])).toEqual([
      ["applied", 8, 5, 0],
      ["screen", 5, 3, 0],
      ["architecture", 3, 2, 1],
      ["offer", 2, 2, 0],
    ]);
    expect(notes.join(" ")).toContain("5 applications came in with an import");
    const sources = await ada.ok("get_report", { report: "sources" });
    expect(sources.rows[0]).toMatchObject({ applications: 8, reached_offer: 2, hired: 2 });
  });

  it("leaves a role out of the time to fill whose people had applied before it was opened here", async () => {
    await take(of(2, told));
    const { notes } = await ada.ok("get_report", { report: "time_to_fill" });
    expect(notes.join(" ")).toContain(
      "1 role is left out, since people had applied before the role was opened here: MLE.",
    );
  });

  it("says nothing of answers before the import, and misses one from then on", async () => {
    await take(of(2, { stage: "Offer", stageEnteredAt: "2026-11-23", appliedAt: "2026-07-01" }));
    const told = async () =>
      /no answer from us on record for [\d.]+ days/.exec((await ada.call("get_pipeline")).text)?.[0];
    expect(await told()).toBeUndefined();
    ada.clock.now = new Date(NOW.getTime() + 6 * 86_400_000);
    expect(await told()).toBe("no answer from us on record for 6 days");
  });

  it("has no exercise overdue on the day of the import", async () => {
    await take(of(2, { stage: "Exercise", appliedAt: "2026-07-01" }));
    const overdue = async () => (await ada.ok("get_agenda")).items.map((item) => item.overdue === true);
    ada.clock.now = new Date(NOW.getTime() + 3_600_000);
    expect(await overdue()).toEqual([false]);
    ada.clock.now = new Date(NOW.getTime() + 2 * 86_400_000);
    expect(await overdue()).toEqual([true]);
  });

  it("is undone by the last move as any other", async () => {
    await take(
      of(2, {
        ...told,
        status: "rejected",
        stage: "Phone Screen",
        history: told.history.slice(0, 2),
        endedAt: "2026-06-20",
      }),
    );
    await ada.ok("undo_move", { application: "MLE-1" });
    expect(await ada.ok("get_candidate", { application: "MLE-1" })).toMatchObject({
      stage: "screen",
      status: "active",
    });
  });

  it("keeps another application for the same role as a note", async () => {
    const twice = person(2, {
      email: "p2@example.test",
      applications: [
        mle({
          stage: "Screen",
          status: "rejected",
          appliedAt: "2025-01-10",
          endedAt: "2025-02-01",
          reason: "Too junior.",
        }),
        mle({ stage: "Applied", appliedAt: "2026-11-01" }),
      ],
    });
    await take(twice);
    const shown = await ada.ok("get_candidate", { application: "MLE-1", include: ["imported"] });
    expect(shown).toMatchObject({ stage: "applied", status: "active" });
    expect(shown.imported?.records[0]?.untrusted.text).toContain("ended: 2025-02-01");
  });
});

describe("what is asked for somebody who came in with an import", () => {
  it("is nothing of the stages before, and no assessment where there is no résumé", async () => {
    await take(
      of(2, { stage: "Applied" }),
      of(3, { stage: "Screen", stageEnteredAt: "2026-08-01", appliedAt: "2026-07-01" }),
    );
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).tasks).toEqual([]);
    const moved = await ada.ok("move_candidate", { application: "MLE-1", to: "screen" });
    expect(moved.application.stage).toBe("screen");
    expect(
      (await ada.ok("move_candidate", { application: "MLE-2", to: "architecture" })).application.stage,
    ).toBe("architecture");
  });

  it("is the assessment as soon as there is a résumé", async () => {
    await take(of(2, { stage: "Applied" }));
    await ada.ok("add_document", { application: "MLE-1", kind: "note", text: "Seems nice." });
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).tasks).toEqual([]);
    const { document } = await ada.ok("add_document", { application: "MLE-1", kind: "resume", text: RESUME });
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).tasks).toMatchObject([
      { what: "assessment" },
    ]);
    expect(await ada.refused("move_candidate", { application: "MLE-1", to: "screen" })).toContain(
      "assessment",
    );
    await ada.ok("update_document", {
      application: "MLE-1",
      document: document.id,
      remove: true,
      reason: "Not theirs.",
    });
    expect((await ada.ok("get_candidate", { application: "MLE-1" })).tasks).toEqual([]);
  });

  it("counts from the import, also where the stage was entered long before, in every list", async () => {
    await take(of(2, { stage: "Screen", stageEnteredAt: "2026-08-01", appliedAt: "2026-07-01" }));
    ada.clock.now = new Date(NOW.getTime() + 2 * 86_400_000);
    const record = await ada.ok("get_candidate", { application: "MLE-1" });
    expect(record).toMatchObject({
      days_in_stage: 117.4,
      tasks: [{ what: "booking", days: 2, due: NOW.toISOString() }],
    });
    const { rows } = await ada.ok("get_report", { report: "owed" });
    expect(rows).toMatchObject([{ what: "booking", longest_days: 2 }]);
    const { items } = await ada.ok("get_agenda", { member: "all" });
    expect(items).toMatchObject([{ kind: "booking", due: expect.stringMatching(/^2026-11-24/) }]);
  });

  it("is a card of the panel from the stage on in which they came in", async () => {
    await addMember(store, GRACE);
    await ada.ok("update_role", {
      role: "MLE",
      panel: [
        { round: "screen", members: [GRACE] },
        { round: "incident", members: [GRACE] },
      ],
    });
    await take(of(2, { stage: "Incident" }));
    const { panel } = await ada.ok("get_candidate", { application: "MLE-1" });
    expect(panel.scorecards).toEqual({ submitted: 0, of: 1 });
  });

  it("is no message about a rejection that came in, and one about a later rejection", async () => {
    await take(
      of(2, { status: "rejected", stage: "Screen", endedAt: "2026-11-20" }),
      of(3, { status: "rejected", stage: "Screen" }),
      of(4, { stage: "Screen" }),
    );
    const notTold = async () =>
      ((await ada.ok("get_pipeline")).not_told?.people ?? []).map(({ application }) => application);
    expect(await notTold()).toEqual([]);
    ada.clock.now = new Date(NOW.getTime() + 3_600_000);
    await ada.agreed("move_candidate", {
      application: "MLE-3",
      to: "rejected",
      reason: "No evidence of on-call work.",
    });
    expect(await notTold()).toEqual(["MLE-3"]);
  });
});
