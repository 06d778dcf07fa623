import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../../src/catalog/load.ts";
import { moveTo, pay, rules, useDrafts } from "./set-up.ts";

const { begin } = useDrafts();

describe("draft_outreach", () => {
  it("picks the purpose from the stage, cites the candidate's own words, and sends nothing", async () => {
    const greenflag = await begin();
    await pay(greenflag);
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message).toMatchObject({
      purpose: "screen_invite",
      to: "zoe@example.test",
      status: "draft",
      version: 1,
      findings: [],
    });
    expect(message.body).toContain('"Ran 12 models in production on KServe 0.13"');
    expect(message.body).toContain("170,000 to 205,000 USD a year");
    expect(message.body).toMatch(/^Hello Zoë,\n[\s\S]*\n\nAda Byron\n$/);
    expect(message.body).not.toMatch(/\{\{|\{%|\n{3}/);
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toMatchObject([{ id: message.id, status: "draft", replies: [] }]);
  });

  it("names the call that sends a draft, and no call while an error blocks it", async () => {
    const greenflag = await begin();
    const ask = { application: "MLE-1", purpose: "status_update" };
    const fine = await greenflag.call("draft_outreach", ask);
    expect(fine.facts).toMatchObject({
      result: "drafted",
      next: { tool: "send_message", arguments: { message: fine.facts.message.id } },
    });
    expect(fine.text).toContain(`send_message with message: ${fine.facts.message.id} asks a person`);
    const wrong = await greenflag.call("draft_outreach", { ...ask, note: "See https://evil.example/x." });
    expect(wrong.facts).not.toHaveProperty("next");
    expect(wrong.text).toMatch(/An error blocks sending: fix it/);
  });

  it("finds what is missing, and names the call that puts it on record", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", { role: "MLE", location: "Milan" });
    const drafted = await greenflag.ok("draft_outreach", { application: "MLE-1", language: "de" });
    expect(rules(drafted)).toEqual(["salary_missing", "language", "no_evidence"]);
    expect(drafted.message.findings[0].why).toMatch(/update_role sets comp_min and comp_max/);
    expect(await greenflag.refused("send_message", { message: drafted.message.id })).toMatch(
      /salary_missing.*update_role sets comp_min.*draft_outreach with application: MLE-1, purpose: screen_invite/,
    );
  });

  it("asks for the range where a rule in force does, and nowhere else", async () => {
    const greenflag = await begin();
    for (const [location, missing] of [
      ["Milan", true],
      ["Denver, CO", true],
      ["Zurich", false],
      ["Washington, DC", true],
      ["Cork-on-Sea", false],
    ] as const) {
      await greenflag.ok("update_role", { role: "MLE", location });
      const drafted = await greenflag.ok("draft_outreach", { application: "MLE-1" });
      expect(rules(drafted).includes("salary_missing"), location).toBe(missing);
    }
    greenflag.clock.now = new Date("2026-06-06T12:00:00Z");
    await greenflag.ok("update_role", { role: "MLE", location: "Milan" });
    expect(rules(await greenflag.ok("draft_outreach", { application: "MLE-1" }))).not.toContain(
      "salary_missing",
    );
  });

  it("does not store the same draft twice", async () => {
    const greenflag = await begin();
    const first = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    const again = await greenflag.call("draft_outreach", { application: "MLE-1" });
    expect(again.facts).toMatchObject({ result: "unchanged", message: { id: first.message.id } });
    expect(again.text).toMatch(/nothing was changed/);
  });

  it("revises: another note is a new version, and the one before stays on record, discarded", async () => {
    const greenflag = await begin();
    const purpose = "status_update";
    const first = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose });
    const note = "The panel meets on Thursday.";
    const second = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose, note });
    expect(second.message).toMatchObject({ version: 2, body: expect.stringContaining(note) });
    expect(second.message.id).not.toBe(first.message.id);
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toMatchObject([
      { id: first.message.id, version: 1, status: "discarded", body: first.message.body },
      { id: second.message.id, version: 2, status: "draft" },
    ]);
  });

  it("discards a draft, once, and only a draft of that application", async () => {
    const greenflag = await begin();
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    const discard = { application: "MLE-1", discard: message.id };
    await greenflag.ok("add_candidate", { role: "MLE", name: "B", email: "b@example.test" });
    expect(await greenflag.refused("draft_outreach", { ...discard, application: "MLE-2" })).toMatch(
      /not one to MLE-2/,
    );
    expect(await greenflag.ok("draft_outreach", discard)).toMatchObject({ message: { status: "discarded" } });
    const again = await greenflag.call("draft_outreach", discard);
    expect(again.facts).toMatchObject({ result: "already_discarded" });
    expect(again.text).toMatch(/already: nothing was changed/);
    for (const id of ["nope", "00000000-0000-7000-8000-000000000000"])
      expect(await greenflag.refused("draft_outreach", { application: "MLE-1", discard: id })).toMatch(
        /No message "/,
      );
    const next = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(next.message).toMatchObject({ status: "draft", version: 1 });
  });

  it.each([
    ["applied", ["source", "screen_invite", "status_update", "reengage"]],
    ["screen", ["screen_invite", "schedule", "status_update"]],
    ["incident", ["schedule", "status_update"]],
    ["exercise", ["exercise_invite", "exercise_reminder", "schedule", "status_update"]],
    ["debrief", ["status_update"]],
    ["offer", ["status_update", "offer_talk", "offer_followup"]],
    ["rejected", ["rejection"]],
    ["withdrawn", ["keep_on_file"]],
    ["hired", []],
  ] as const)("at %s drafts what fits, and refuses what the stage contradicts", async (place, fitting) => {
    const greenflag = await begin();
    await pay(greenflag);
    if (place !== "applied") await moveTo(greenflag, place);
    const all = loadCatalog({})
      .get("mlops-engineer")
      .messages.map((m) => m.id);
    for (const purpose of all) {
      const ask = { application: "MLE-1", purpose };
      if ((fitting as readonly string[]).includes(purpose)) {
        const { message } = await greenflag.ok("draft_outreach", ask);
        expect(message.body.split(/\s+/).length).toBeLessThan(180);
        expect(`${message.subject}\n${message.body}`).not.toMatch(/!|\{|\}|undefined|null|rockstar/i);
      } else {
        const said = await greenflag.refused("draft_outreach", ask);
        expect(said).toContain(`purpose: ${purpose} contradicts the record; MLE-1 is`);
        expect(said).toContain(fitting.length === 0 ? "Nothing fits now" : fitting.join(", "));
      }
    }
  });

  it.each(["rejected", "withdrawn"])(
    "takes up who was %s again after two weeks, and not before",
    async (to) => {
      const greenflag = await begin();
      await moveTo(greenflag, to);
      const ask = { application: "MLE-1", purpose: "reengage" };
      expect(await greenflag.refused("draft_outreach", ask)).toContain(
        `MLE-1 is ${to}, and was last in touch or decided on less than 14 days ago.`,
      );
      greenflag.clock.now = new Date("2026-12-09T12:00:00Z");
      const { message } = await greenflag.ok("draft_outreach", ask);
      expect(message.body).toContain("I am writing to you about the role of MLOps engineer.");
    },
  );

  it("asks whether somebody may stay on file once their application has ended and they have been told", async () => {
    const greenflag = await begin();
    const ask = { application: "MLE-1", purpose: "keep_on_file" };
    expect(await greenflag.refused("draft_outreach", ask)).toContain(
      "purpose: keep_on_file contradicts the record",
    );
    await moveTo(greenflag, "rejected");
    expect(await greenflag.refused("draft_outreach", ask)).toContain(
      "MLE-1 is rejected, and has not been told yet.",
    );
    const { message: told } = await greenflag.ok("draft_outreach", {
      application: "MLE-1",
      purpose: "rejection",
    });
    await greenflag.agreed("send_message", { message: told.id, sent_by_hand: true });
    const { message } = await greenflag.ok("draft_outreach", ask);
    expect(message.findings).toEqual([]);
    expect(message.body).toContain("what is on record about you for 12 months, and then erase them");
    expect(message.body).toContain("You can take it back at any time");
  });

  it("is the rejection to whoever was rejected, and gives no reason unless a member wrote one", async () => {
    const greenflag = await begin();
    const usual = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(usual.message.purpose).not.toBe("rejection");
    await moveTo(greenflag, "rejected");
    const told = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(told.message.purpose).toBe("rejection");
    const ask = { application: "MLE-1", purpose: "rejection" };
    const { message } = await greenflag.ok("draft_outreach", ask);
    expect(message.findings).toEqual([]);
    expect(message.body).not.toMatch(/because|unfortunately|other candidates|experience|fit\b|For the test/i);
    const note = "We stopped because the role moved to another city.";
    const reasoned = await greenflag.ok("draft_outreach", { ...ask, note });
    expect(reasoned.message).toMatchObject({ findings: [], body: expect.stringContaining(note) });
  });

  it("tells those who stand in a closed role that it is closed, and nothing else", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", { role: "MLE", status: "filled" });
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message).toMatchObject({
      purpose: "status_update",
      body: expect.stringContaining("has been filled"),
    });
    expect(
      await greenflag.refused("draft_outreach", { application: "MLE-1", purpose: "screen_invite" }),
    ).toMatch(/the role is filled/);
  });
});
