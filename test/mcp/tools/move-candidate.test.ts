import { describe, expect, it } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
import { seeded } from "../../support/seeded.ts";

const database = useDatabase();
const REASON = "Modelling, where this lane is operations";

async function begin(options = {}) {
  const store = await database.workspace();
  return { store, greenflag: await start({ store: await seeded(store), ...options }) };
}

describe("move_candidate", () => {
  it("moves past a met gate, and says what it did and did not do", async () => {
    const { greenflag, store } = await begin();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const move = { application: "MLE-1", to: "screen", from: "applied" };
    const { facts, text } = await greenflag.call("move_candidate", move);
    expect(facts).toMatchObject({
      application: { ref: "MLE-1", stage: "screen", status: "active", version: 2 },
      moved: { from: "applied", to: "screen", by: "ada@example.test" },
    });
    expect(facts).not.toHaveProperty("unmet");
    expect(text.split("\n")[1]).toBe("No e-mail was sent.");
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 5))).toEqual([]);
  });

  it("changes nothing when it is there already, and says so", async () => {
    const { greenflag } = await begin();
    const { facts, text } = await greenflag.call("move_candidate", { application: "MLE-1", to: "applied" });
    expect(facts.moved).toBeUndefined();
    expect(facts.application.version).toBe(1);
    expect(text).toMatch(/nothing was changed/);
  });

  it.each([
    ["a gate", { to: "screen" }, /no assessment yet.*score_candidate/],
    ["an unknown stage", { to: "onsite" }, /"onsite" is not known.*applied, screen/],
    ["a stale from", { to: "screen", from: "incident" }, /not at "incident".*applied/],
    ["a rejection without a reason", { to: "rejected" }, /reason: missing/],
    [
      "an age as a reason",
      { to: "rejected", reason: "58 years old." },
      /"58 years old".*protected attribute/,
    ],
    ["a pregnancy as a reason", { to: "rejected", reason: "She is pregnant." }, /"pregnant".*family/],
    ["an override without a reason", { to: "screen", override: true }, /reason: missing/],
    ["an unknown argument", { to: "screen", junk: 1 }, /junk/],
    [
      "an unknown reference",
      { application: "MLE-99", to: "screen" },
      /No application "MLE-99".*find_candidates/,
    ],
  ])("refuses %s in words that help", async (_name, args, text) => {
    const { greenflag } = await begin();
    expect(await greenflag.refused("move_candidate", { application: "MLE-1", ...args })).toMatch(text);
    expect(await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] })).toMatchObject(
      { stage: "applied", version: 1, history: [] },
    );
  });

  it("lets a hiring manager override a gate with a reason, on record", async () => {
    const { greenflag } = await begin();
    const reason = "We worked together";
    await greenflag.agreed("move_candidate", {
      application: "MLE-1",
      to: "incident",
      override: true,
      reason,
    });
    const { history } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(history).toMatchObject([
      {
        from: "applied",
        to: "incident",
        reason,
        overridden: ["skipped_stages", "assessment"],
        through: "test-client 9.9.9",
      },
    ]);
  });

  it("answers a foreign reference exactly like an unknown one", async () => {
    await begin();
    const other = await start({ store: await database.workspace() });
    const foreign = await other.refused("move_candidate", { application: "MLE-1", to: "screen" });
    const unknown = await other.refused("move_candidate", { application: "MLE-2", to: "screen" });
    expect(foreign.replace("MLE-1", "MLE-2")).toBe(unknown);
  });
});

describe("a decision", () => {
  const rejection = { application: "MLE-1", to: "rejected", reason: REASON };

  it("waits for a code where the client cannot ask, and the code works once", async () => {
    const { greenflag } = await begin();
    const asked = await greenflag.ok("move_candidate", rejection);
    expect(asked).toMatchObject({
      application: { status: "active", version: 1 },
      confirmation: { summary: expect.stringContaining(REASON) },
    });
    expect(asked.confirmation.summary).toMatch(/\(MLE-1, MLOps engineer\), now at Applied\./);
    const confirm = asked.confirmation.code;
    expect(await greenflag.ok("move_candidate", { ...rejection, confirm })).toMatchObject({
      application: { status: "rejected" },
      moved: { to: "rejected" },
    });
    await greenflag.ok("undo_move", { application: "MLE-1" });
    expect(await greenflag.refused("move_candidate", { ...rejection, confirm })).toMatch(
      /unknown, used, expired/,
    );
  });

  it.each([
    ["other arguments", { reason: "Something else" }],
    ["another application", { application: "MLE-2" }],
    ["another decision", { to: "offer", override: true }],
  ])("refuses a code that was given for %s", async (_name, changed) => {
    const { greenflag } = await begin();
    await greenflag.ok("add_candidate", { role: "MLE", name: "B", email: "b@example.test" });
    const { confirmation } = await greenflag.ok("move_candidate", rejection);
    expect(
      await greenflag.refused("move_candidate", { ...rejection, ...changed, confirm: confirmation.code }),
    ).toMatch(/unknown, used, expired/);
    expect(await greenflag.ok("find_candidates", { status: "active" })).toMatchObject({ total: 2 });
  });

  it("refuses a code after ten minutes", async () => {
    const { greenflag } = await begin();
    const { confirmation } = await greenflag.ok("move_candidate", rejection);
    greenflag.clock.now = new Date(greenflag.clock.now.getTime() + 10 * 60_000 + 1);
    expect(await greenflag.refused("move_candidate", { ...rejection, confirm: confirmation.code })).toMatch(
      /expired/,
    );
  });

  it("asks the person where the client can", async () => {
    const asked: string[] = [];
    const { greenflag } = await begin({
      answering: ({ message }: { message: string }) => {
        asked.push(message);
        return { action: "accept", content: { agree: true } };
      },
    });
    expect(await greenflag.ok("move_candidate", rejection)).toMatchObject({
      application: { status: "rejected" },
    });
    expect(asked).toEqual([expect.stringContaining("Reject: Zoë Okafor (MLE-1")]);
  });

  it.each([
    ["declines", { action: "decline" as const }],
    ["closes the question", { action: "cancel" as const }],
    ["answers no", { action: "accept" as const, content: { agree: false } }],
  ])("changes nothing when the person %s", async (_name, reply) => {
    const { greenflag } = await begin({ answering: () => reply });
    expect(await greenflag.refused("move_candidate", rejection)).toMatch(/did not agree/);
    expect(await greenflag.ok("get_candidate", { application: "MLE-1", include: [] })).toMatchObject({
      status: "active",
      version: 1,
    });
  });

  it("gives a code to a client that only opens addresses, and asks one that says nothing in particular", async () => {
    const { greenflag: opening } = await begin({ capabilities: { elicitation: { url: {} } } });
    const answer = await opening.call("move_candidate", rejection);
    expect(answer.text).toMatch(/repeat the call with confirm: "[A-Z2-9]{8}"/);
    expect(answer.facts.confirmation.code).toMatch(/^[A-Z2-9]{8}$/);
    const asking = { answering: () => ({ action: "decline" as const }), capabilities: { elicitation: {} } };
    const { greenflag } = await begin(asking);
    expect(await greenflag.refused("move_candidate", rejection)).toMatch(/did not agree/);
  });

  it("can be kept to clients that ask", async () => {
    const { greenflag } = await begin({ confirm: "elicit" });
    expect(await greenflag.refused("move_candidate", rejection)).toMatch(/elicitation/);
    expect(await greenflag.refused("move_candidate", { ...rejection, confirm: "ABCDEFGH" })).toMatch(
      /switched off/,
    );
  });
});

describe("undo_move", () => {
  it("gives back the stage and its clock, once", async () => {
    const { greenflag } = await begin();
    greenflag.clock.now = new Date("2026-11-26T09:00:00Z");
    await greenflag.agreed("move_candidate", {
      application: "MLE-1",
      to: "screen",
      override: true,
      reason: "x",
    });
    const undone = await greenflag.ok("undo_move", { application: "MLE-1" });
    expect(undone).toMatchObject({
      application: { stage: "applied", version: 3 },
      undone: { from: "screen", to: "applied" },
    });
    expect(await greenflag.ok("get_candidate", { application: "MLE-1", include: [] })).toMatchObject({
      days_in_stage: 2,
    });
    const again = await greenflag.ok("undo_move", { application: "MLE-1" });
    expect(again).toMatchObject({ application: { stage: "applied", version: 3 }, undone: null });
  });

  it("needs decide access where the move was a decision: an offer, or an overridden gate", async () => {
    const { greenflag, store } = await begin();
    const RUTH = "ruth@example.test";
    await addMember(store, RUTH, "recruiter");
    const ruth = await start({ store, member: RUTH, clock: greenflag.clock });
    const over = { application: "MLE-1", override: true, reason: "Test" };
    await greenflag.agreed("move_candidate", { ...over, to: "screen" });
    expect(await ruth.refused("undo_move", { application: "MLE-1" })).toMatch(/recruiter access/);
    const offer = { ...over, to: "offer" };
    const { confirmation } = await greenflag.ok("move_candidate", offer);
    await greenflag.ok("move_candidate", { ...offer, confirm: confirmation.code });
    expect(await ruth.refused("undo_move", { application: "MLE-1" })).toMatch(/recruiter access/);
    expect(await greenflag.ok("undo_move", { application: "MLE-1" })).toMatchObject({
      undone: { from: "offer", to: "screen" },
    });
    await greenflag.ok("move_candidate", { application: "MLE-1", to: "applied" });
    expect(await ruth.ok("undo_move", { application: "MLE-1" })).toMatchObject({
      undone: { from: "applied", to: "screen" },
    });
  });

  it("says that there is nothing to undo", async () => {
    const { greenflag } = await begin();
    const { facts, text } = await greenflag.call("undo_move", { application: "MLE-1" });
    expect(facts).toMatchObject({ undone: null, reason: "no_move" });
    expect(text).toMatch(/no move yet/);
  });
});

describe("racing movers", () => {
  it("has one winner among those who believed the same, and the history folds to the state", async () => {
    const { greenflag, store } = await begin();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const others = await Promise.all(Array.from({ length: 4 }, () => start({ store })));
    const racers = [greenflag, ...others].flatMap((client) => [client, client]);
    const targets = ["screen", "withdrawn"];
    const results = await Promise.all(
      racers.map((client, n) =>
        client.call("move_candidate", { application: "MLE-1", from: "applied", to: targets[n % 2] ?? "" }),
      ),
    );
    const moved = results.filter((r) => r.facts?.moved);
    expect(moved).toHaveLength(1);
    const { history, stage, status, version } = await greenflag.ok("get_candidate", {
      application: "MLE-1",
      include: ["history"],
    });
    expect(history).toHaveLength(1);
    expect(history[0].to).toBe(status === "active" ? stage : status);
    expect(version).toBe(2);
  });
});
