import { describe, expect, it } from "vitest";
import { events } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { ALAN, addMember, card, GRACE, met, setAccess, startPanel } from "../../support/panel.ts";
import { startWithCandidate } from "../../support/record.ts";
import { addInterviewer } from "../../support/team.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };
const PAY = { base: 190_000, bonus: "10% of base", start_date: "2027-01-11", expires_on: "2026-12-04" };
const OTHER_BASE = { base: 195_000, expires_on: "2026-12-11" };

/** Zoë at the offer stage of a role that pays 170,000 to 205,000. */
async function atOffer() {
  const store = await database.workspace();
  const greenflag = await startWithCandidate({ store });
  await greenflag.ok("update_role", { role: "MLE", comp_min: 170_000, comp_max: 205_000 });
  await greenflag.agreed("move_candidate", { ...MLE, to: "offer", override: true, reason: "Known to us" });
  return { store, greenflag };
}
const extend = (greenflag: Harness, terms: object = PAY) =>
  greenflag.agreed("record_offer", { ...MLE, ...terms, status: "extended" });
const record = (greenflag: Harness, args: object) => greenflag.ok("record_offer", { ...MLE, ...args });
const offersOf = async (greenflag: Harness) =>
  (await greenflag.ok("get_candidate", { ...MLE, include: ["history"] })).offers.map(
    ({ version, status, base }) => [version, status, base],
  );

describe("record_offer", () => {
  it("keeps a draft, extends it once a person agrees, and leads from an acceptance to the hire", async () => {
    const { greenflag } = await atOffer();
    expect(await record(greenflag, { base: 190_000 })).toMatchObject({
      offer: { version: 1, status: "draft", base: 190_000, currency: "USD", period: "year" },
      findings: [],
    });
    const asked = await greenflag.call("record_offer", { ...MLE, ...PAY, status: "extended" });
    expect(asked.facts.confirmation.summary).toBe(
      "Extend an offer to Zoë Okafor (MLE-1, MLOps engineer): version 1, 190,000 USD a year; bonus: 10% of base; " +
        "start 2027-01-11; can be accepted until 2026-12-04. No e-mail will be sent.",
    );
    expect((await greenflag.ok("get_candidate", MLE)).offer).toMatchObject({ status: "draft" });
    const confirm = asked.facts.confirmation.code;
    expect(await record(greenflag, { ...PAY, status: "extended", confirm })).toMatchObject({
      offer: { version: 1, status: "extended", extended_at: "2026-11-24T09:00:00.000Z" },
      changed: ["bonus", "start_date", "expires_on", "status"],
    });
    greenflag.clock.now = new Date("2026-11-26T09:00:00Z");
    const accepted = await record(greenflag, { status: "accepted", note: "Rang at nine." });
    expect(accepted).toMatchObject({
      offer: { status: "accepted", answered_at: "2026-11-26T09:00:00.000Z", note: "Rang at nine." },
      next: { tool: "move_candidate", arguments: { ...MLE, from: "offer", to: "hired" } },
    });
    const hire = await greenflag.ok(accepted.next.tool, accepted.next.arguments);
    expect(hire.confirmation.summary).toContain(
      "Offer: version 1, accepted on 2026-11-26: 190,000 USD a year",
    );
    const hired = { ...accepted.next.arguments, confirm: hire.confirmation.code };
    expect(await greenflag.ok("move_candidate", hired)).toMatchObject({ application: { status: "hired" } });
    const { decisions } = await greenflag.ok("get_candidate", { ...MLE, include: ["history"] });
    expect(decisions.at(-1).on_the_table).toMatchObject({ offer: { version: 1, status: "accepted" } });
  });

  it("is followed up by the message that is drafted without a purpose, once it was extended", async () => {
    const { greenflag: ada } = await atOffer();
    const purpose = async () => (await ada.ok("draft_outreach", MLE)).message.purpose;
    expect(await purpose()).toBe("offer_talk");
    await extend(ada, PAY);
    expect(await purpose()).toBe("offer_followup");
  });

  it("changes nothing when the same terms are extended twice", async () => {
    const { greenflag } = await atOffer();
    await extend(greenflag);
    const again = await record(greenflag, { ...PAY, status: "extended" });
    expect(again).toMatchObject({ offer: { version: 1, status: "extended" }, changed: [] });
    expect(again.confirmation).toBeUndefined();
  });

  it("never rewrites what was extended: other terms are a new version", async () => {
    const { greenflag } = await atOffer();
    await extend(greenflag);
    await record(greenflag, OTHER_BASE);
    await extend(greenflag, {});
    await record(greenflag, { status: "declined" });
    await extend(greenflag, { base: 200_000 });
    expect(await offersOf(greenflag)).toEqual([
      [1, "replaced", 190_000],
      [2, "declined", 195_000],
      [3, "extended", 200_000],
    ]);
  });

  it.each([
    ["at once", false],
    ["from a draft", true],
  ])(
    "replaces an offer by the next one that is extended %s, and says so before and after",
    async (_how, asDraft) => {
      const { greenflag } = await atOffer();
      await extend(greenflag);
      if (asDraft) await record(greenflag, OTHER_BASE);
      const next = { ...MLE, ...OTHER_BASE, status: "extended" };
      const asked = await greenflag.call("record_offer", next);
      const replaces = "It replaces version 1, which can no longer be accepted.";
      expect(asked.facts.confirmation.summary).toContain(`can be accepted until 2026-12-11. ${replaces}`);
      expect(await offersOf(greenflag)).toContainEqual([1, "extended", 190_000]);
      const confirm = asked.facts.confirmation.code;
      const done = await greenflag.call("record_offer", { ...next, confirm });
      expect(done.facts).toMatchObject({ offer: { version: 2, status: "extended" }, replaces: 1 });
      expect(done.text).toContain(replaces);
      expect(await offersOf(greenflag)).toEqual([
        [1, "replaced", 190_000],
        [2, "extended", 195_000],
      ]);
      await greenflag.agreed("record_offer", { ...MLE, status: "withdrawn" });
      expect(await greenflag.refused("record_offer", { ...MLE, status: "accepted" })).toMatch(
        /version 2 is withdrawn/,
      );
    },
  );

  it.each(["rejected", "withdrawn", "hired"])(
    "begins no offer for somebody who is %s, and takes what became of the one that there is",
    async (end) => {
      const { greenflag } = await atOffer();
      await extend(greenflag);
      await greenflag.agreed("move_candidate", {
        ...MLE,
        to: end,
        reason: "Said on the phone",
        override: true,
      });
      for (const args of [OTHER_BASE, { base: 200_000, status: "extended" }])
        expect(await greenflag.refused("record_offer", { ...MLE, ...args })).toMatch(
          new RegExp(`MLE-1 has ended \\(${end}\\), so no offer is made.*undo_move.*add_candidate`, "s"),
        );
      expect(await offersOf(greenflag)).toEqual([[1, "extended", 190_000]]);
      expect(await record(greenflag, { status: "declined" })).toMatchObject({
        offer: { status: "declined" },
      });
    },
  );

  it("takes an answer for what the candidate was told, and drops a draft beside it", async () => {
    const { greenflag } = await atOffer();
    await extend(greenflag);
    await record(greenflag, OTHER_BASE);
    expect(await record(greenflag, { status: "accepted" })).toMatchObject({
      offer: { version: 1, status: "accepted", base: 190_000 },
    });
    expect(await offersOf(greenflag)).toEqual([
      [1, "accepted", 190_000],
      [2, "withdrawn", 195_000],
    ]);
  });

  it("drops a draft that nobody was told of without asking", async () => {
    const { greenflag } = await atOffer();
    await record(greenflag, PAY);
    const dropped = await record(greenflag, { status: "withdrawn" });
    expect(dropped).toMatchObject({ offer: { version: 1, status: "withdrawn" } });
    expect(dropped.confirmation).toBeUndefined();
  });

  it("asks before an extended offer is withdrawn, and lets no answer be recorded after it", async () => {
    const { greenflag } = await atOffer();
    await extend(greenflag);
    const asked = await record(greenflag, { status: "withdrawn" });
    expect(asked.confirmation.summary).toMatch(/^Withdraw the offer to Zoë Okafor \(MLE-1, MLOps engineer\)/);
    await record(greenflag, { status: "withdrawn", confirm: asked.confirmation.code });
    expect(await greenflag.refused("record_offer", { ...MLE, status: "accepted" })).toMatch(
      /version 1 is withdrawn.*record_offer with application: MLE-1, status: extended/s,
    );
  });

  it("has run out on the reader's own day, and says how it is extended anew", async () => {
    const { store, greenflag } = await atOffer();
    await extend(greenflag);
    await addInterviewer(store, "kiri@example.test", {
      access: "hiring_manager",
      timezone: "Pacific/Auckland",
    });
    const kiri = await start({ store, member: "kiri@example.test", clock: greenflag.clock });
    greenflag.clock.now = new Date("2026-12-04T12:00:00Z");
    expect((await greenflag.ok("get_candidate", MLE)).offer.status).toBe("extended");
    expect((await kiri.ok("get_candidate", MLE)).offer.status).toBe("expired");
    greenflag.clock.now = new Date("2026-12-05T00:30:00Z");
    expect(await greenflag.refused("record_offer", { ...MLE, status: "accepted" })).toMatch(
      /version 1 is expired, and could be accepted until 2026-12-04.*a new expires_on/s,
    );
    expect(await greenflag.refused("record_offer", { ...MLE, status: "extended" })).toMatch(
      /expires_on: 2026-12-04 is in the past/,
    );
    await extend(greenflag, { expires_on: "2026-12-18" });
    expect(await offersOf(greenflag)).toEqual([
      [1, "expired", 190_000],
      [2, "extended", 190_000],
    ]);
  });

  it.each([
    [
      "under the range",
      { base: 150_000 },
      /It is 20,000 USD below the role's range of 170,000 to 205,000 USD a year\./,
    ],
    ["over the range", { base: 230_000 }, /25,000 USD above/],
    [
      "by the month",
      { base: 10_000, period: "month" },
      /50,000 USD below .* counted as 120,000 a year \(12 times\)/,
    ],
    [
      "in another currency",
      { base: 170_000, currency: "EUR" },
      /in EUR and .* in USD: the two are not compared/,
    ],
    ["without a base", { bonus: "A signing bonus" }, /No base is on record yet/],
    ["with a last day that is past", { base: 180_000, expires_on: "2026-11-20" }, /2026-11-20, is past/],
  ])("says what stands out about a draft %s", async (_what, terms, text) => {
    const { greenflag } = await atOffer();
    const drafted = await greenflag.call("record_offer", { ...MLE, ...terms });
    expect(drafted.text).toMatch(text);
    expect(drafted.facts.findings).toHaveLength(1);
  });

  it("says that it does not know where the role has no range", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const { findings } = await record(greenflag, { base: 180_000 });
    expect(findings).toMatchObject([{ finding: "range_not_set", what: expect.stringMatching(/not known/) }]);
  });

  it.each([
    ["nothing", {}, /base: missing. There is no offer on record yet/],
    ["an acceptance of nothing", { status: "accepted" }, /no offer to be accepted.*status: extended/s],
    ["thousands for a year's pay", { base: 190 }, /190 is no year's pay.*base: 190000/s],
    [
      "a start in the past",
      { base: 190_000, start_date: "2026-11-01" },
      /start_date: 2026-11-01 is in the past/,
    ],
    ["to extend without a base", { status: "extended" }, /base: missing/],
    [
      "to extend what is past",
      { ...PAY, expires_on: "2026-11-20", status: "extended" },
      /expires_on: 2026-11-20/,
    ],
    ["an unknown status", { status: "expired" }, /draft, extended, accepted, declined, withdrawn/],
    ["a day that is none", { base: 1, expires_on: "soon" }, /expires_on.*YYYY-MM-DD/s],
    [
      "an age in the note",
      { base: 190_000, note: "58 years old." },
      /note: "58 years old".*protected attribute/,
    ],
    ["an unknown reference", { application: "MLE-99", base: 1 }, /No application "MLE-99"/],
  ])("refuses %s, and keeps nothing of it", async (_what, args, text) => {
    const { greenflag } = await atOffer();
    expect(await greenflag.refused("record_offer", { ...MLE, ...args })).toMatch(text);
    expect((await greenflag.ok("get_candidate", MLE)).offer).toBeUndefined();
  });

  it("extends nothing before the offer stage, and names the move that comes first", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const early = await greenflag.refused("record_offer", { ...MLE, ...PAY, status: "extended" });
    expect(early).toMatch(/move_candidate with application: MLE-1, from: applied, to: offer comes first/);
    expect(await record(greenflag, PAY)).toMatchObject({ offer: { status: "draft" } });
  });

  it("lets a recruiter draft and record a decline, and not decide", async () => {
    const { store, greenflag } = await atOffer();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: greenflag.clock });
    await record(rita, PAY);
    const decides = /recruiter access, which does not allow this: to reject, offer, hire/;
    expect(await rita.refused("record_offer", { ...MLE, status: "extended" })).toMatch(decides);
    await extend(greenflag);
    for (const status of ["accepted", "withdrawn"])
      expect(await rita.refused("record_offer", { ...MLE, status })).toMatch(decides);
    expect(await record(rita, { status: "declined" })).toMatchObject({ offer: { status: "declined" } });
  });

  it("has one winner of two who answer at once, and the terms of two who draft at once", async () => {
    const { store, greenflag } = await atOffer();
    const other = await start({ store, clock: greenflag.clock });
    await Promise.all([record(greenflag, { base: 190_000 }), record(other, { bonus: "10%" })]);
    expect((await greenflag.ok("get_candidate", MLE)).offer).toMatchObject({ base: 190_000, bonus: "10%" });
    await extend(greenflag, {});
    const answers = await Promise.all([
      greenflag.ok("record_offer", { ...MLE, status: "accepted" }),
      other.ok("record_offer", { ...MLE, status: "accepted" }),
    ]);
    expect(answers.map(({ changed }) => changed.length).sort()).toEqual([0, 1]);
  });

  it("folds from its history to what is on record", async () => {
    const { store, greenflag } = await atOffer();
    await extend(greenflag);
    await record(greenflag, OTHER_BASE);
    await record(greenflag, { status: "declined" });
    greenflag.clock.now = new Date("2026-12-08T09:00:00Z");
    await extend(greenflag, { expires_on: "2026-12-11" });
    greenflag.clock.now = new Date("2026-12-14T09:00:00Z");
    await extend(greenflag, { expires_on: "2026-12-18" });
    await greenflag.agreed("record_offer", { ...MLE, status: "withdrawn" });
    const rows = await store.read((db) => db.select().from(events));
    const own = rows.filter((row) => row.kind === "offer.record" && row.workspaceId === store.workspaceId);
    const folded = new Map(
      own.sort((a, b) => a.seq - b.seq).map(({ payload }) => [payload.version, payload.status]),
    );
    const { offers } = await greenflag.ok("get_candidate", { ...MLE, include: ["history"] });
    expect([...folded]).toEqual(offers.map(({ version, status }) => [version, status]));
    expect([...folded.values()]).toEqual(["declined", "expired", "withdrawn"]);
  });

  it("is shown to who runs the pipeline, and no interviewer reads its terms or that there is one", async () => {
    const { ada, grace } = await startPanel(await database.workspace());
    await ada.ok("record_offer", { ...MLE, ...PAY });
    const whole = { ...MLE, include: ["history"] };
    expect((await ada.ok("get_candidate", whole)).offers).toHaveLength(1);
    const { facts, text } = await grace.call("get_candidate", whole);
    expect(facts).not.toHaveProperty("offer");
    expect(facts).not.toHaveProperty("offers");
    expect(text).not.toMatch(/offers?\b/i);
  });

  it("keeps no terms in the history's events", async () => {
    const { store, greenflag } = await atOffer();
    await extend(greenflag, { ...PAY, bonus: "kestrelbonus", note: "kestrelnote" });
    const rows = await store.read((db) => db.select().from(events));
    const own = rows.filter((row) => row.kind === "offer.record" && row.workspaceId === store.workspaceId);
    expect(own.map(({ payload }) => payload)).toMatchObject([{ version: 1, status: "extended" }]);
    expect(JSON.stringify(own)).not.toMatch(/kestrel|190000|2027-01-11/);
  });
});

describe("what a person reads before an offer is extended", () => {
  /** MLE-1 at the offer stage: Alan said no of screen, Grace owes her card there, and nobody has voted. */
  async function divided() {
    const panel = await startPanel(await database.workspace());
    for (const email of [GRACE, ALAN]) await setAccess(panel.store, email, "hiring_manager");
    await panel.alan.ok("submit_scorecard", card("screen", [1], "x", { recommendation: "strong_no" }));
    await panel.ada.agreed("move_candidate", { ...MLE, to: "offer", override: true, reason: "We need her" });
    return panel;
  }
  const summaryFor = async (member: Harness) =>
    (await record(member, { ...PAY, status: "extended" })).confirmation.summary;

  it("names who said no, and whose card and vote are missing", async () => {
    const { ada } = await divided();
    const summary = await summaryFor(ada);
    expect(summary).toContain("Against it on record: strong_no by alan <alan@example.test> (Screen).");
    expect(summary).toMatch(
      /Missing: Screen scorecard of grace <grace@example\.test>; vote of alan <alan@.*>; vote of grace/,
    );
  });

  it("tells one who owes a card how many are missing, that theirs hides the rest, and nothing of the rest", async () => {
    const { ada, grace } = await divided();
    await ada.ok("update_role", { role: "MLE", earlier_rounds_open: false });
    await met(ada, "incident");
    const summary = await summaryFor(grace);
    expect(summary).toMatch(
      /Missing: \d of \d scorecards and 2 of 2 votes\. What others .* is hidden until you submit/,
    );
    expect(summary).not.toMatch(/strong_no|alan/);
  });

  it("hides a colleague's note from one who owes a card, also after they have answered for the candidate", async () => {
    const { ada, grace } = await divided();
    await met(ada, "incident");
    await extend(ada, { ...PAY, note: "Alan doubts her drift work." });
    const declined = await grace.call("record_offer", { ...MLE, status: "declined" });
    expect(declined.facts.offer).toMatchObject({ status: "declined", note_hidden: true });
    expect(declined.text).not.toMatch(/doubts/);
    expect((await ada.ok("get_candidate", MLE)).offer.note).toBe("Alan doubts her drift work.");
  });
});
