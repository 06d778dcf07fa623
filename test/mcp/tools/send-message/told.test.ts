import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { candidates, events } from "../../../../src/store/tables.ts";
import { useDatabase } from "../../../support/database.ts";
import { end, sentByHand, write } from "../../../support/endings.ts";
import { start } from "../../../support/harness.ts";
import { addMember } from "../../../support/panel.ts";
import { seeded } from "../../../support/seeded.ts";
import { readCall } from "../../../support/told-call.ts";

const database = useDatabase();
const PEOPLE = [1, 2, 3].map((n) => ({ name: `Person ${n}`, email: `p${n}@example.test` }));
const RANG = { application: "MLE-1", channel: "phone" };

/** Three people, of whom no address is on record. */
async function begin() {
  const store = await seeded(await database.workspace(), PEOPLE);
  await write(store, (tx) =>
    tx.update(candidates).set({ email: null }).where(eq(candidates.workspaceId, store.workspaceId)),
  );
  return { store, ada: await start({ store }) };
}

describe("send_message with channel", () => {
  it("records that somebody without an address was told, by the call that the lists name", async () => {
    const { store, ada } = await begin();
    await end(ada, "MLE-1");
    ada.clock.now = new Date("2026-11-26T09:00:00Z");
    const { not_told } = await ada.ok("get_pipeline", {});
    expect(not_told.people[0].next).toEqual({ tool: "send_message", arguments: RANG });
    const agenda = await ada.ok("get_agenda", {});
    expect(agenda.items.find(({ kind }) => kind === "not_told").next).toEqual(not_told.people[0].next);
    expect((await ada.call("get_pipeline", {})).text).toContain(
      "no usable address on record; tell them by phone or in person, then record it. " +
        "Next: send_message with application: MLE-1, channel: phone.",
    );
    const { tool, arguments: args } = readCall(not_told.people[0].next);
    const asked = await ada.ok(tool, args);
    expect(asked).toMatchObject({
      result: "asks_to_record",
      told: { application: "MLE-1", channel: "phone" },
    });
    expect(asked.confirmation.summary).toBe(
      "Record that Person 1 (MLE-1, MLOps engineer) was told by phone that they were rejected? Nothing is sent.",
    );
    expect((await ada.ok("get_pipeline", {})).not_told.total).toBe(1);
    const done = await ada.call(tool, { ...args, confirm: asked.confirmation.code });
    expect(done.facts).toMatchObject({ result: "recorded", told: { name: "Person 1" } });
    expect(done.text).toBe("Recorded: MLE-1 Person 1 was told by phone. Nothing was sent.");
    expect(await ada.ok("get_pipeline", {})).not.toHaveProperty("not_told");
    const record = await ada.call("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(record.facts.messages).toMatchObject([
      {
        ...{ purpose: "rejection", channel: "phone", status: "sent" },
        ...{ finished_at: "2026-11-26T09:00:00.000Z", outcome: "Told by phone, as a person said." },
      },
    ]);
    expect(record.text).toMatch(/- rejection told by phone \(.*Told by phone, as a person said\./);
    const rows = await store.read((db) => db.select().from(events));
    const own = rows.filter((row) => row.kind === "message.told" && row.workspaceId === store.workspaceId);
    expect(own.map(({ payload }) => payload)).toMatchObject([{ channel: "phone" }]);
  });

  it("records one telling of two who record at once, and no second one of those who were told", async () => {
    const { store, ada } = await begin();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    await end(ada, "MLE-1");
    const ask = async (who: typeof ada) => (await who.ok("send_message", RANG)).confirmation.code;
    const codes = [await ask(ada), await ask(rita)];
    const both = await Promise.all(
      [ada, rita].map((who, n) => who.ok("send_message", { ...RANG, confirm: codes[n] })),
    );
    expect(both.map(({ result }) => result).sort()).toEqual(["already_told", "recorded"]);
    const again = await ada.call("send_message", { ...RANG, channel: "in_person" });
    expect(again.facts).toMatchObject({ result: "already_told" });
    expect(again.text).toMatch(/MLE-1 Person 1 has been told.*nothing was changed/);
    const { messages } = await ada.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toHaveLength(1);
  });

  it("tells whoever is active in a role that was closed, also long after, and anew of a later rejection", async () => {
    const { ada } = await begin();
    const { still_active } = await ada.ok("update_role", { role: "MLE", status: "filled" });
    expect(still_active.applications[0].next).toEqual({ tool: "send_message", arguments: RANG });
    ada.clock.now = new Date("2027-04-01T09:00:00Z");
    const { confirmation } = await ada.ok("send_message", RANG);
    expect(confirmation.summary).toMatch(/was told by phone that the role was closed\?/);
    await ada.ok("send_message", { ...RANG, confirm: confirmation.code });
    expect(await ada.ok("send_message", RANG)).toMatchObject({ result: "already_told" });
    ada.clock.now = new Date("2027-04-02T09:00:00Z");
    await end(ada, "MLE-1");
    await ada.agreed("send_message", { ...RANG, channel: "in_person" });
    const { messages } = await ada.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages.map(({ purpose, channel }) => [purpose, channel])).toEqual([
      ["status_update", "phone"],
      ["rejection", "in_person"],
    ]);
  });

  it("also records it of somebody who has an address, and not what a letter has told", async () => {
    const store = await seeded(await database.workspace(), PEOPLE);
    const ada = await start({ store });
    for (const ref of ["MLE-1", "MLE-2"]) await end(ada, ref);
    await ada.agreed("send_message", RANG);
    const { message } = await ada.ok("draft_outreach", { application: "MLE-2" });
    await sentByHand(ada, message.id);
    expect(await ada.ok("send_message", { ...RANG, application: "MLE-2" })).toMatchObject({
      result: "already_told",
    });
    expect(await ada.ok("get_pipeline", {})).not.toHaveProperty("not_told");
  });

  it.each([
    ["nothing", {}, /message: missing.*application and channel \(phone, in_person\)/s],
    ["an application alone", { application: "MLE-1" }, /channel: missing/],
    ["a channel alone", { channel: "phone" }, /application: missing/],
    ["a message beside it", { ...RANG, message: "x" }, /message: not with application and channel/],
    ["cancelling", { ...RANG, cancel: true }, /cancel: not with application and channel/],
    ["another channel", { ...RANG, channel: "pigeon" }, /channel.*phone.*in_person/s],
    ["somebody who goes on", RANG, /MLE-1 \(applied\) does not wait to be told of an end.*get_pipeline/s],
    ["an unknown reference", { ...RANG, application: "MLE-99" }, /No application "MLE-99"/],
  ])("refuses %s, and records nothing", async (_what, args, text) => {
    const { ada } = await begin();
    expect(await ada.refused("send_message", args)).toMatch(text);
    expect((await ada.ok("get_candidate", { application: "MLE-1", include: ["messages"] })).messages).toEqual(
      [],
    );
  });

  it("is the step of a recruiter, which a viewer is told", async () => {
    const { store, ada } = await begin();
    await addMember(store, "viewer@example.test", "viewer");
    await end(ada, "MLE-1");
    const viewer = await start({ store, member: "viewer@example.test", clock: ada.clock });
    expect((await viewer.ok("get_pipeline", {})).not_told.people[0].next.who).toBe("a recruiter");
    expect(await viewer.refused("send_message", RANG)).toMatch(/viewer access/);
  });
});
