import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { ALAN, addMember, card, GRACE, setAccess, startPanel } from "../../support/panel.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };
const NO = { recommendation: "no", notes: "Could not say what a threshold is." };

/** MLE-1 at screen, where Grace and Alan have both said no. */
async function doubleNo() {
  const panel = await startPanel(await database.workspace());
  await panel.ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: [GRACE, ALAN] }] });
  await panel.grace.ok("submit_scorecard", card("screen", [1], "x", NO));
  await panel.alan.ok("submit_scorecard", card("screen", [1], "x", { ...NO, recommendation: "strong_no" }));
  return panel;
}
const BOTH = [
  { member: GRACE, gave: "no", round: "screen" },
  { member: ALAN, gave: "strong_no", round: "screen" },
];

describe("a move forward", () => {
  it("tells every no on record, in the next round and after it", async () => {
    const { ada } = await doubleNo();
    for (const to of ["architecture", "incident"]) {
      const { facts, text } = await ada.call("move_candidate", { ...MLE, to });
      expect(facts.dissent).toEqual(BOTH);
      expect(text).toContain(`Against it on record: no by ${GRACE} (screen); strong_no by ${ALAN} (screen).`);
    }
    const back = await ada.ok("move_candidate", { ...MLE, to: "screen" });
    expect(back.dissent).toBeUndefined();
  });

  it("tells it to a mover who owes a later card, where the role opens earlier rounds, and else only that it is hidden", async () => {
    for (const open of [true, false]) {
      const { ada, store } = await doubleNo();
      await addMember(store, "rita@example.test", "recruiter");
      const panel = [
        { round: "screen", members: [GRACE, ALAN] },
        { round: "incident", members: ["rita@example.test"] },
      ];
      await ada.ok("update_role", { role: "MLE", panel, earlier_rounds_open: open });
      await ada.ok("move_candidate", { ...MLE, to: "architecture" });
      const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
      const { facts, text } = await rita.call("move_candidate", { ...MLE, to: "incident" });
      expect(facts.dissent).toEqual(open ? BOTH : undefined);
      expect(facts.hidden === undefined).toBe(open);
      if (!open) expect(text).not.toMatch(/strong_no/);
    }
  });

  it("asks before it skips a stage, and names the stage, who said no and whose vote is missing", async () => {
    const { ada } = await doubleNo();
    const skip = { ...MLE, to: "offer", override: true, reason: "We need her" };
    const asked = await ada.call("move_candidate", skip);
    expect(asked.facts).toMatchObject({ application: { stage: "screen" } });
    const { summary } = asked.facts.confirmation;
    expect(summary).toMatch(
      /^Move to Offer: .* Overrides: skips Platform architecture, .*\. Against it on record: no by/,
    );
    expect(summary).toMatch(/Missing: vote of .*alan@example\.test>; vote of .*grace@example\.test>\./);
    expect((await ada.agreed("move_candidate", skip)).application.stage).toBe("offer");
  });

  it("lets a recruiter go on through a met gate, and override none", async () => {
    const { ada, store } = await doubleNo();
    await addMember(store, "rita@example.test", "recruiter");
    const rita = await start({ store, member: "rita@example.test", clock: ada.clock });
    const over = { ...MLE, to: "incident", override: true, reason: "Known to us" };
    expect(await rita.refused("move_candidate", over)).toMatch(
      /recruiter access.*override a gate or skip a stage/,
    );
    expect(await rita.ok("move_candidate", { ...MLE, to: "architecture" })).toMatchObject({ dissent: BOTH });
  });
});

describe("a rejection", () => {
  it("names who said yes, and calls no vote missing before votes are cast", async () => {
    const { ada, alan, store } = await startPanel(await database.workspace());
    await setAccess(store, ALAN, "hiring_manager");
    await alan.ok("submit_scorecard", card("screen", [4]));
    const { confirmation } = await ada.ok("move_candidate", {
      ...MLE,
      to: "rejected",
      reason: "Another was chosen",
    });
    expect(confirmation.summary).toContain("For them on record: yes by alan <alan@example.test> (Screen).");
    expect(confirmation.summary).not.toMatch(/Missing/);
  });

  it("tells that an offer still stands", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    await greenflag.agreed("move_candidate", { ...MLE, to: "offer", override: true, reason: "Known to us" });
    await greenflag.agreed("record_offer", { ...MLE, base: 190_000, status: "extended" });
    const withdrawn = await greenflag.call("move_candidate", { ...MLE, to: "withdrawn" });
    expect(withdrawn.text).toContain("Offer version 1 (extended)");
  });
});

describe("a hire", () => {
  it.each([
    ["no offer", [], /No offer is on record\./],
    ["a draft", [{ base: 190_000 }], /No accepted offer is on record: version 1 is draft\./],
    [
      "an offer that was declined",
      [{ base: 190_000, status: "extended" }, { status: "declined" }],
      /No accepted offer is on record: version 1 is declined\./,
    ],
    [
      "an offer that has run out",
      [{ base: 190_000, status: "extended", expires_on: "2026-11-24" }],
      /No accepted offer is on record: version 1 is expired\./,
    ],
  ])("on %s is told so, and done all the same", async (_what, calls, text) => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    await greenflag.agreed("move_candidate", { ...MLE, to: "offer", override: true, reason: "Known to us" });
    for (const call of calls) await greenflag.agreed("record_offer", { ...MLE, ...call });
    greenflag.clock.now = new Date("2026-11-25T09:00:00Z");
    const asked = await greenflag.ok("move_candidate", { ...MLE, to: "hired" });
    expect(asked.confirmation.summary).toMatch(text);
    const hired = { ...MLE, to: "hired", confirm: asked.confirmation.code };
    expect((await greenflag.ok("move_candidate", hired)).application.status).toBe("hired");
  });
});

describe("the kind of a reason", () => {
  const rejection = { ...MLE, to: "rejected", reason: "Modelling, where this role is operations" };

  it("is kept beside the words, shown in the history, and hidden with them", async () => {
    const { ada, grace } = await startPanel(await database.workspace());
    await ada.agreed("move_candidate", { ...rejection, reason_category: "skills" });
    const history = async (reader: typeof ada) =>
      (await reader.ok("get_candidate", { ...MLE, include: ["history"] })).history.at(-1);
    expect(await history(ada)).toMatchObject({ to: "rejected", reason_category: "skills" });
    const hidden = await history(grace);
    expect(hidden).toMatchObject({ to: "rejected", reason_hidden: true });
    expect(hidden).not.toHaveProperty("reason_category");
  });

  it.each([
    [
      "an unknown kind",
      { ...rejection, reason_category: "vibes" },
      /"vibes" is not known.*Allowed: skills, level,/,
    ],
    [
      "a kind of the other end",
      { ...MLE, to: "withdrawn", reason_category: "skills" },
      /Allowed: other_offer, pay/,
    ],
    [
      "a kind for a stage",
      { ...MLE, to: "screen", reason_category: "pay" },
      /goes with rejected or withdrawn, not with screen/,
    ],
    [
      "a protected attribute in a withdrawal",
      { ...MLE, to: "withdrawn", reason: "She is pregnant." },
      /protected attribute/,
    ],
    [
      "a protected attribute in an override",
      { ...MLE, to: "incident", override: true, reason: "He is 58 years old." },
      /protected attribute/,
    ],
  ])("refuses %s, and moves nobody", async (_what, move, text) => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    expect(await greenflag.refused("move_candidate", move)).toMatch(text);
    expect(await greenflag.ok("get_candidate", MLE)).toMatchObject({ stage: "applied", version: 1 });
  });

  it("is one of the team's own list where a template's folder has one", async () => {
    const directory = mkdtempSync(join(tmpdir(), "templates-"));
    mkdirSync(join(directory, "mlops-engineer"));
    const own =
      "rejected: [{ id: notice_period, name: Notice period }]\nwithdrawn: [{ id: moved, name: Moved away }]\n";
    writeFileSync(join(directory, "mlops-engineer", "reasons.yaml"), own);
    const catalog = loadCatalog({ directory });
    const greenflag = await startWithCandidate({ store: await database.workspace(), catalog });
    expect(await greenflag.refused("move_candidate", { ...rejection, reason_category: "skills" })).toMatch(
      /Allowed: notice_period\./,
    );
    const moved = await greenflag.ok("move_candidate", { ...MLE, to: "withdrawn", reason_category: "moved" });
    expect(moved.application.status).toBe("withdrawn");
  });

  it("is counted in the funnel with its denominator, and a share only where enough have ended", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const people = [2, 3, 4, 5, 6];
    for (const n of people)
      await greenflag.ok("add_candidate", { role: "MLE", name: `P ${n}`, email: `p${n}@example.test` });
    for (const n of people.slice(0, 2)) {
      const ended = { ...rejection, application: `MLE-${n}`, reason_category: "skills" };
      await greenflag.agreed("move_candidate", ended);
    }
    await greenflag.agreed("move_candidate", { ...rejection, application: "MLE-4" });
    await greenflag.ok("move_candidate", { application: "MLE-5", to: "withdrawn", reason_category: "pay" });
    await greenflag.agreed("move_candidate", {
      ...rejection,
      application: "MLE-6",
      reason_category: "level",
    });
    await greenflag.ok("undo_move", { application: "MLE-6" });
    const { facts, text } = await greenflag.call("get_report", { report: "funnel" });
    expect(facts.reasons).toMatchObject([
      { end: "rejected", category: "skills", count: 2, of: 3, percent: null },
      { end: "rejected", category: null, count: 1, of: 3 },
      { end: "withdrawn", category: "pay", count: 1, of: 1 },
    ]);
    expect(text).toContain("rejected, 3 by kind of reason: skills 2; not stated 1");
  });
});

describe("the report on offers", () => {
  it("counts what became of them and the days to an answer, and gives a share from five answers on", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const begun = greenflag.clock.now.getTime();
    for (const [n, answer] of [
      "accepted",
      "accepted",
      "accepted",
      "declined",
      "accepted",
      undefined,
    ].entries()) {
      const application = `MLE-${n + 1}`;
      if (n > 0)
        await greenflag.ok("add_candidate", { role: "MLE", name: `P ${n}`, email: `p${n}@example.test` });
      const skip = { application, to: "offer", override: true, reason: "Known to us" };
      await greenflag.agreed("move_candidate", skip);
      await greenflag.agreed("record_offer", { application, base: 190_000, status: "extended" });
      greenflag.clock.now = new Date(greenflag.clock.now.getTime() + (n + 1) * 86_400_000);
      if (n === 3)
        expect((await greenflag.ok("get_report", { report: "offers" })).rows).toMatchObject([
          {
            role: "MLE",
            extended: 4,
            accepted: 3,
            accepted_percent: null,
            to_answer: { n: 3, median_days: null },
          },
        ]);
      if (answer) await greenflag.ok("record_offer", { application, status: answer });
    }
    const { facts } = await greenflag.call("get_report", { report: "offers" });
    expect(facts).toMatchObject({ n: 6, enough: true, notes: [] });
    expect(facts.rows).toMatchObject([
      {
        ...{ role: "MLE", extended: 6, open: 1, accepted: 4, declined: 1, withdrawn: 0, expired: 0 },
        ...{ accepted_percent: 80, to_answer: { n: 5, median_days: 3, p85_days: 5 } },
      },
    ]);
    const later = new Date(begun + 12 * 86_400_000).toISOString().slice(0, 10);
    expect(await greenflag.ok("get_report", { report: "offers", since: later })).toMatchObject({ n: 1 });
  });
});
