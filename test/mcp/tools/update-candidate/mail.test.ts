import { describe, expect, it } from "vitest";
import { suppressions } from "../../../../src/services/outreach/suppressions.ts";
import { createStartUpkeep } from "../../../../src/services/upkeep.ts";
import type { Store } from "../../../../src/store/store.ts";
import type { Harness } from "../../../support/harness.ts";
import { confirm, draft, later, look, useMail } from "../../../support/mail.ts";
import { addInterviewer } from "../../../support/team.ts";

const { smtp, begin } = await useMail();
const ZOE = { application: "MLE-1" };
const ADDRESS = "zoe@example.test";
const update = (greenflag: Harness, change: object) =>
  greenflag.ok("update_candidate", { ...ZOE, ...change });

describe("an e-mail", () => {
  it("that another person has is refused, naming them and how to join the two", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("add_candidate", { role: "MLE", name: "Bo Li", email: "bo@example.test" });
    const args = { ...ZOE, email: "BO@example.test", phone: "+351 912 345 678" };
    const text = await greenflag.refused("update_candidate", args);
    expect(text).toMatch(/email: Bo Li \(MLE-2\) has it/);
    expect(text).toContain("update_candidate with application: MLE-1, merge_into: MLE-2");
    const { candidate } = await greenflag.ok("get_candidate", ZOE);
    expect(candidate).toEqual({ name: "Zoë Okafor", email: ADDRESS });
  });

  it("that is not on record is needed only where mail is written, and what mends it is named there", async () => {
    const { greenflag, store } = await begin();
    await addInterviewer(store, "grace@example.test");
    const { id } = await draft(greenflag);
    await update(greenflag, { email: "" });
    const mends = /no e-mail address on record.*update_candidate with application: MLE-1, email/;
    expect(await greenflag.refused("draft_outreach", ZOE)).toMatch(mends);
    expect(await greenflag.refused("send_message", { message: id })).toMatch(mends);
    await greenflag.ok("score_candidate", ZOE);
    await greenflag.ok("move_candidate", { ...ZOE, to: "screen" });
    const { note, invite } = await greenflag.ok("schedule_interview", {
      ...{ ...ZOE, round: "screen", interviewers: ["grace@example.test"], minutes: 30 },
      start: "2026-12-01T10:00+01:00",
    });
    expect(note).toMatch(/leaves the candidate out.*update_candidate with application: MLE-1, email/);
    expect(invite.text).toContain("grace@example.test");
    expect(invite.text).not.toContain(ADDRESS);
    await update(greenflag, { email: ADDRESS });
    await greenflag.ok("draft_outreach", { ...ZOE, purpose: "schedule" });
  });

  it("that was on record before is still one from which the candidate writes", async () => {
    const { greenflag } = await begin();
    const text = `From: Zoë <${ADDRESS}>\nSubject: My work\n\nI ran 14 models in production on KServe 0.13.`;
    await greenflag.ok("add_document", { ...ZOE, kind: "email", text });
    await update(greenflag, { email: "zoe@okafor.example" });
    const quotes = ["I ran 14 models in production on KServe 0.13."];
    const { assessment } = await greenflag.ok("score_candidate", {
      ...{ ...ZOE, findings: [{ flag: "deployed_model_count", verdict: "present", quotes }] },
    });
    const flag = assessment.flags.find(({ id }: { id: string }) => id === "deployed_model_count");
    expect(flag?.evidence.map(({ quote }) => quote)).toEqual(quotes);
  });

  it("that changed before a confirmed message left keeps it from leaving", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    await update(greenflag, { email: "zoe@okafor.example" });
    later(greenflag, 3_600);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toEqual([]);
    expect(await look(greenflag, id)).toMatchObject({ status: "cancelled", outdated: ["email"] });
  });
});

describe("a message that has not left", () => {
  it("is marked where it carries an earlier value, is not sent, and is drafted anew", async () => {
    const { greenflag } = await begin();
    const { id, body } = await draft(greenflag);
    expect(body).toContain("Zoë");
    const { stale } = await update(greenflag, { name: "Chloë Okafor", email: "chloe@example.test" });
    expect(stale).toEqual([
      { message: id, application: "MLE-1", purpose: "status_update", fields: ["email", "name"] },
    ]);
    expect(await look(greenflag, id)).toMatchObject({ status: "draft", outdated: ["email", "name"] });
    await update(greenflag, { email: ADDRESS });
    expect(await greenflag.refused("send_message", { message: id })).toMatch(
      /changed since it was drafted \(email, name\).*draft_outreach with application: MLE-1, purpose: status_update/,
    );
    const anew = await draft(greenflag);
    expect(anew.id).not.toBe(id);
    expect(anew.body).toContain("Chloë");
    await confirm(greenflag, anew.id);
  });

  it("is drafted anew although the value is again what it was", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    await update(greenflag, { name: "Chloë Okafor" });
    await update(greenflag, { name: "Zoë Okafor" });
    const anew = await draft(greenflag);
    expect(anew.id).not.toBe(id);
    await confirm(greenflag, anew.id);
  });

  it("stays as it is where it carries none: another family name, phone or place", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    const { stale } = await update(greenflag, {
      ...{ name: "Zoë Lind", phone: "+351 912 345 678", location: "Porto", timezone: "Europe/Lisbon" },
    });
    expect(stale).toEqual([]);
    await confirm(greenflag, id);
  });

  it("is marked by another time zone where it gives a time on that clock", async () => {
    const { greenflag, store } = await begin();
    await addInterviewer(store, "grace@example.test");
    await greenflag.ok("score_candidate", ZOE);
    await greenflag.ok("move_candidate", { ...ZOE, to: "screen" });
    await greenflag.ok("schedule_interview", {
      ...{ ...ZOE, round: "screen", interviewers: ["grace@example.test"], minutes: 30 },
      start: "2026-12-01T10:00+01:00",
    });
    const { message } = await greenflag.ok("draft_outreach", { ...ZOE, purpose: "schedule" });
    expect(message.body).toContain("09:00 UTC");
    expect((await update(greenflag, { timezone: "UTC" })).stale).toEqual([]);
    const { stale } = await update(greenflag, { timezone: "Asia/Tokyo" });
    expect(stale).toMatchObject([{ message: message.id, fields: ["timezone"] }]);
    const anew = await greenflag.ok("draft_outreach", { ...ZOE, purpose: "schedule" });
    expect(anew.message.body).toContain("18:00");
  });
});

describe("do_not_contact", () => {
  it("keeps every message from leaving, one that is confirmed too, until it is lifted", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    await update(greenflag, { do_not_contact: true });
    expect((await greenflag.ok("get_candidate", ZOE)).candidate).toMatchObject({ do_not_contact: true });
    later(greenflag, 3_600);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toEqual([]);
    expect(await look(greenflag, id)).toMatchObject({ status: "cancelled" });
    const why = /not to be written to.*update_candidate with application: MLE-1, do_not_contact: false/;
    expect(await greenflag.refused("draft_outreach", ZOE)).toMatch(why);
    await update(greenflag, { do_not_contact: false });
    const next = await draft(greenflag);
    await update(greenflag, { do_not_contact: true });
    expect(await greenflag.refused("send_message", { message: next.id })).toMatch(why);
    await update(greenflag, { do_not_contact: false });
    await confirm(greenflag, next.id);
  });

  it("covers the person's addresses of before and after, and lifting it frees them all", async () => {
    const { greenflag, store } = await begin();
    const at = await upkeepOf(store);
    const listed = async () => (await suppressions.list(at)).map(({ email }) => email);
    await update(greenflag, { do_not_contact: true });
    await update(greenflag, { email: "zoe@okafor.example" });
    expect(await listed()).toEqual([ADDRESS, "zoe@okafor.example"]);
    await update(greenflag, { do_not_contact: false });
    expect(await listed()).toEqual([]);
  });

  it("lifts nothing that somebody at the terminal put on the list, before or after", async () => {
    for (const isBefore of [true, false]) {
      const { greenflag, store } = await begin();
      const at = await upkeepOf(store);
      const byHand = () => suppressions.set(at, { who: { email: ADDRESS }, reason: "asked", remove: false });
      if (isBefore) await byHand();
      await update(greenflag, { do_not_contact: true });
      if (!isBefore) await byHand();
      await update(greenflag, { do_not_contact: false });
      const { id } = await draft(greenflag);
      expect(await greenflag.refused("send_message", { message: id })).toMatch(/asked not to be written to/);
    }
  });
});

const upkeepOf = (store: Store) =>
  createStartUpkeep({ store: async () => store })({ signal: new AbortController().signal });
