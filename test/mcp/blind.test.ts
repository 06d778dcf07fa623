import { beforeAll, describe, expect, it } from "vitest";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { useDatabase } from "../support/database.ts";
import { ARGUMENTS, CALLS, everything, PLANTED, VARIABLES } from "../support/every-call.ts";
import { type Harness, type HarnessOptions, start } from "../support/harness.ts";
import { ALAN, addMember, card, GRACE, setAccess, startPanel } from "../support/panel.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };

/** What only Alan recommends and votes. */
const VERDICT = "strong_no";

/**
 * MLE-1 at debrief: Alan has scored, revised, noted and voted, Ada has decided. Grace has met the candidate for screen since
 * then, and still owes her card.
 */
async function plant(options: Partial<HarnessOptions> = {}) {
  const panel = await startPanel(await database.workspace(), options);
  const { ada, alan, store } = panel;
  // Whoever may call every tool: the rules of blindness are to hold without those of access.
  for (const email of [GRACE, ALAN]) await setAccess(store, email, "hiring_manager");
  await ada.ok("add_candidate", {
    role: "MLE",
    name: "Other",
    email: "other@example.test",
    resume_text: "Cut spend by 40%.",
  });
  await ada.ok("score_candidate", { application: "MLE-2" });
  await ada.ok("update_role", { role: "MLE", panel: [{ round: "screen", members: [ALAN] }] });
  const note = `Alan heard a ${PLANTED.note} in the interview: cut GPU spend by 38%.`;
  await alan.ok("add_document", { ...MLE, kind: "note", text: note });
  await alan.ok("score_candidate", {
    ...MLE,
    findings: [
      {
        flag: "open_source_or_talks",
        verdict: "present",
        quotes: ["Ran 12 models in production"],
        note: PLANTED.finding,
      },
      { flag: "cost_win", verdict: "absent", quotes: [], note: PLANTED.finding },
    ],
  });
  const first = card("screen", [1], PLANTED.evidence, { notes: PLANTED.notes, recommendation: VERDICT });
  await alan.ok("submit_scorecard", first);
  await ada.ok("submit_scorecard", card("screen", [4], "mine"));
  await alan.ok("submit_scorecard", { ...first, notes: PLANTED.later, reason: PLANTED.reason });
  await alan.ok("record_offer", { ...MLE, base: 180_000, note: PLANTED.offer });
  await ada.agreed("move_candidate", { ...MLE, to: "debrief", override: true, reason: PLANTED.move });
  await alan.ok("cast_vote", { ...MLE, vote: VERDICT, reason: PLANTED.vote });
  const rejection = { ...MLE, to: "rejected", reason: PLANTED.decision };
  const { confirmation } = await ada.ok("move_candidate", rejection);
  await ada.ok("move_candidate", { ...rejection, confirm: confirmation.code });
  await ada.ok("undo_move", MLE);
  const drafted = await alan.ok("draft_outreach", {
    ...MLE,
    purpose: "status_update",
    note: PLANTED.message,
  });
  const met = { ...MLE, round: "screen", start: "2026-11-24T08:00Z", outcome: "held" };
  await ada.ok("schedule_interview", { ...met, interviewers: [GRACE, ALAN] });
  return { ...panel, draft: drafted.message.id as string };
}

describe("a member who owes a scorecard", () => {
  let panel: Awaited<ReturnType<typeof plant>>;
  beforeAll(async () => {
    panel = await plant();
  });

  it("is shown by every tool, resource and prompt in this test", () => {
    expect(tools.map((t) => t.name).filter((name) => (CALLS[name] ?? []).length === 0)).toEqual([]);
    expect(resources.filter((r) => r.variable !== undefined && !VARIABLES[r.variable])).toEqual([]);
    expect(prompts.flatMap((p) => p.needs).filter((need) => !ARGUMENTS[need.name])).toEqual([]);
  });

  it("reads nothing that anybody else on the panel said", async () => {
    const told = await everything(panel.grace, panel.draft);
    for (const [where, text] of told) {
      for (const word of Object.values(PLANTED))
        expect(text.includes(word), `${word} in ${where}`).toBe(false);
      expect(text.includes(VERDICT), `${VERDICT} in ${where}`).toBe(false);
      expect(text.includes(`${ALAN} voted`), where).toBe(false);
    }
    expect(told.length).toBeGreaterThan(tools.length + resources.length + prompts.length);
  });

  it("is told how many are in, and how to see the rest", async () => {
    const { panel: counts } = await panel.grace.ok("get_candidate", { ...MLE, include: [] });
    expect(counts).toMatchObject({
      scorecards: { submitted: 1, of: 2 },
      hidden: expect.stringMatching(/screen \(submit_scorecard\)/),
    });
  });

  it("every planted word is there for a member who owes nothing", async () => {
    const all = (await everything(panel.ada, panel.draft)).map(([, text]) => text).join("\n");
    for (const word of [...Object.values(PLANTED), VERDICT]) expect(all.includes(word), word).toBe(true);
  });
});

describe("a way round", () => {
  const open = async (greenflag: Harness) => (await greenflag.ok("get_debrief", MLE)).hidden === undefined;

  it("by taking oneself off the panel is closed, now and ahead, and a colleague can open it", async () => {
    const { ada, grace, alan, store } = await startPanel(await database.workspace());
    await setAccess(store, GRACE, "recruiter");
    await alan.ok("submit_scorecard", card("screen", [1], PLANTED.evidence));
    const panel = (screen: string[], incident: string[]) => ({
      role: "MLE",
      panel: [
        { round: "screen", members: screen },
        { round: "incident", members: incident },
      ],
    });
    const off = /still owe a scorecard.*ask a colleague/;
    expect(await grace.refused("update_role", panel([ALAN], []))).toMatch(off);
    await grace.ok("update_role", panel([ALAN, GRACE], []));
    await ada.ok("update_role", panel([ALAN, GRACE], [GRACE]));
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(await grace.refused("update_role", panel([ALAN, GRACE], []))).toMatch(off);
    expect(await open(grace)).toBe(false);
    await ada.ok("update_role", panel([ALAN, GRACE], []));
    expect(await open(grace)).toBe(true);
  });

  it("by withdrawing the application and taking that back is closed", async () => {
    const { ada, grace, alan, store } = await startPanel(await database.workspace());
    await setAccess(store, GRACE, "recruiter");
    await alan.ok("submit_scorecard", card("screen", [1], PLANTED.evidence));
    await grace.ok("submit_scorecard", card("screen", [3]));
    await grace.ok("move_candidate", { ...MLE, to: "withdrawn" });
    expect(await open(grace)).toBe(false);
    expect(await open(ada)).toBe(true);
  });

  it("by moving on over one's own missing card is closed: a colleague's move opens the round, coming back hides it", async () => {
    const { ada, grace, alan, store } = await startPanel(await database.workspace());
    await setAccess(store, GRACE, "hiring_manager");
    const on = { ...MLE, to: "architecture", override: true, reason: "In a hurry." };
    const cards = async () =>
      JSON.stringify(await grace.ok("get_candidate", { ...MLE, include: ["scorecards"] }));
    await alan.ok("submit_scorecard", card("screen", [1], PLANTED.evidence));
    expect(await grace.refused("move_candidate", on)).toMatch(
      /override: you still owe a scorecard for screen.*ask a colleague to make the move/,
    );
    await ada.agreed("move_candidate", on);
    expect(await cards()).toContain(PLANTED.evidence);
    // Her seat in incident, which lies ahead, hides the rest as before.
    expect(await open(grace)).toBe(false);
    await ada.ok("move_candidate", { ...MLE, to: "screen" });
    expect(await cards()).not.toContain(PLANTED.evidence);
    await grace.ok("submit_scorecard", card("screen", [3]));
    const over = { ...MLE, to: "debrief", override: true, reason: "In a hurry." };
    expect(await grace.refused("move_candidate", over)).toMatch(/owe a scorecard for incident/);
  });

  it("by not having met yet is closed: nothing is asked of whoever sits there, and nothing is shown", async () => {
    const { grace, alan } = await startPanel(await database.workspace());
    await alan.ok("add_document", { ...MLE, kind: "note", text: `Heard a ${PLANTED.note}.` });
    const { tasks } = await grace.ok("get_candidate", MLE);
    expect(tasks).toMatchObject([{ what: "booking", round: "screen" }]);
    expect(JSON.stringify(await everything(grace))).not.toContain(PLANTED.note);
  });

  it("by quoting a hidden note is closed: it answers as if the words stood nowhere", async () => {
    const { grace, alan } = await startPanel(await database.workspace());
    await alan.ok("add_document", { ...MLE, kind: "note", text: "Alan saw a kestrel nest in the rack." });
    const finding = (quote: string) => ({
      ...MLE,
      findings: [{ flag: "cost_win", verdict: "present", quotes: [quote] }],
    });
    const hidden = await grace.refused("score_candidate", finding("Alan saw a kestrel nest"));
    const nowhere = await grace.refused("score_candidate", finding("Alan saw a buzzard nest"));
    expect(hidden.replace("kestrel", "buzzard")).toBe(nowhere);
  });
});

describe("a colleague's own words in a message", () => {
  const ways = (message: string): [string, object][] => [
    ["send_message", { message }],
    ["send_message", { message, confirm: "ABCDEFGH" }],
    ["send_message", { message, cancel: true }],
    ["send_message", { message, sent_by_hand: true }],
    ["draft_outreach", { ...MLE, discard: message }],
    ["get_candidate", { ...MLE, include: ["messages", "history"] }],
  ];

  it("are hidden from members who owe a scorecard, before and after confirmation, and from nobody else", async () => {
    const { ada, grace, draft } = await plant({ mail: { smtpUrl: "smtp://127.0.0.1:9" } });
    const ask = async () => {
      for (const [name, args] of ways(draft)) {
        const { text, facts, isError } = await grace.call(name, args);
        const where = `${name} ${JSON.stringify(args)}`;
        expect(text + JSON.stringify(facts), where).not.toContain(PLANTED.message);
        expect(isError ?? false, where).toBe(name !== "get_candidate");
        expect(text + JSON.stringify(facts), where).toMatch(/words are hidden|"hidden"/);
      }
    };
    const status = async () =>
      (await ada.ok("get_candidate", { ...MLE, include: ["messages"] })).messages[0].status;
    await ask();
    expect(await status()).toBe("draft");
    const { message, confirmation } = await ada.ok("send_message", { message: draft });
    expect(message.body + confirmation.summary).toMatch(new RegExp(PLANTED.message, "g"));
    await ada.ok("send_message", { message: draft, confirm: confirmation.code });
    await ask();
    expect(await status()).toBe("approved");
    expect((await ada.ok("send_message", { message: draft, cancel: true })).message.body).toContain(
      PLANTED.message,
    );
    await grace.ok("submit_scorecard", card("screen", [3]));
    await grace.ok("cast_vote", { ...MLE, vote: "yes", reason: "Mine" });
    const { messages } = await grace.ok("get_candidate", { ...MLE, include: ["messages"] });
    expect(messages[0].body).toContain(PLANTED.message);
  });

  it("while what the record alone composed is read by all", async () => {
    const { ada, grace } = await plant();
    const { message } = await ada.ok("draft_outreach", { ...MLE, purpose: "status_update" });
    const { messages } = await grace.ok("get_candidate", { ...MLE, include: ["messages"] });
    const seen = messages.find((m: { id: string }) => m.id === message.id);
    expect(seen.body).toBe(message.body);
  });
});

describe("a member who has submitted", () => {
  it("reads what was hidden", async () => {
    const { grace, draft } = await plant();
    await grace.ok("submit_scorecard", card("screen", [3]));
    await grace.ok("cast_vote", { ...MLE, vote: "yes", reason: "Mine" });
    const all = (await everything(grace, draft)).map(([, text]) => text).join("\n");
    for (const word of [...Object.values(PLANTED), VERDICT]) expect(all.includes(word), word).toBe(true);
  });
});

describe("a member who applies", () => {
  it("finds their own application nowhere: every answer is that for an unknown reference", async () => {
    const { store, ada } = await plant();
    await addMember(store, "zoe@example.test", "admin");
    const zoe = await start({ store, member: "zoe@example.test", clock: ada.clock });
    for (const { name } of tools) {
      for (const args of CALLS[name] ?? []) {
        if (!("application" in args) || args.application !== "MLE-1") continue;
        const answer = await zoe.call(name, args);
        const unknown = await zoe.call(name, { ...args, application: "MLE-77" });
        expect(answer.isError, name).toBe(true);
        expect(answer.text.replaceAll("MLE-1", "MLE-77"), name).toBe(unknown.text);
      }
    }
    const found = await zoe.ok("find_candidates", {});
    expect(found.applications.map((a: { ref: string }) => a.ref)).toEqual(["MLE-2"]);
    expect(found.total).toBe(1);
    const { roles, needs_attention } = await zoe.ok("get_pipeline", {});
    expect(JSON.stringify([roles, needs_attention])).not.toContain("MLE-1");
    expect(roles[0].stages.reduce((sum: number, s: { count: number }) => sum + s.count, 0)).toBe(1);
    await expect(zoe.read("hiring://applications/MLE-1")).rejects.toThrow(/No application/);
    await expect(zoe.read("hiring://decisions/MLE-1")).rejects.toThrow(/No application/);
    await expect(zoe.prompt("prepare_interview", { application: "MLE-1", round: "screen" })).rejects.toThrow(
      /No application/,
    );
    expect(
      await zoe.refused("add_candidate", { role: "MLE", name: "Zoë", email: "Zoe@example.test" }),
    ).toMatch(/nobody adds themselves/);
    expect(await zoe.refused("get_candidate", { application: "MLE-2", compare_with: ["MLE-1"] })).toMatch(
      /No application "MLE-1"/,
    );
  });
});
