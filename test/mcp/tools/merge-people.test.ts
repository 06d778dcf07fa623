import { describe, expect, it } from "vitest";
import { brokenChains } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, type HarnessOptions, start } from "../../support/harness.ts";
import { ALAN, addMember, assign, card, GRACE } from "../../support/panel.ts";
import { RESUME } from "../../support/record.ts";
import { seeded, ZOE } from "../../support/seeded.ts";
import { addInterviewer } from "../../support/team.ts";

const database = useDatabase();
const TWIN = {
  name: "Zoe Okafor",
  email: "zoe.okafor@example.test",
  resume: `${RESUME}\n- Led a team of 4.`,
};
const MERGE = { application: "MLE-2", merge_into: "MLE-1" };

async function begin(options: Partial<HarnessOptions> = {}, people = [ZOE, TWIN]) {
  const store = await seeded(await database.workspace(), people);
  return { store, greenflag: await start({ store, ...options }) };
}

/** Merges as a person does who agrees to what they are shown. */
async function merge(greenflag: Harness, args: object = MERGE) {
  const { confirmation } = await greenflag.ok("update_candidate", args);
  return greenflag.ok("update_candidate", { ...args, confirm: confirmation?.code });
}
const ALL = ["documents", "scorecards", "votes", "interviews", "messages", "history"];
const look = (greenflag: Harness, application: string, include = ALL) =>
  greenflag.ok("get_candidate", { application, include });

describe("what a person agrees to", () => {
  it("names every conflict with both values, what is filled and united, and that it cannot be undone", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("update_candidate", {
      application: "MLE-2",
      phone: "+351 912 345 678",
      source: "LinkedIn",
    });
    await greenflag.ok("update_candidate", { application: "MLE-2", tags: ["relocates"], location: "Porto" });
    await greenflag.ok("update_candidate", { application: "MLE-1", location: "Lisbon", source: "referral" });
    const { facts, text } = await greenflag.call("update_candidate", MERGE);
    expect(facts.confirmation.summary).toBe(
      "Make Zoe Okafor (MLE-2) and Zoë Okafor (MLE-1) one person, and keep the record of MLE-1. " +
        "Kept, where the two differ: name Zoë Okafor (not Zoe Okafor); email zoe@example.test (not zoe.okafor@example.test); " +
        "location Lisbon (not Porto); source of MLE-1 referral (not LinkedIn). " +
        "Filled in from the other: phone +351 912 345 678; tags relocates. " +
        "MLE-2 (applied) becomes a part of MLE-1, which stays at applied. This cannot be undone.",
    );
    expect(text).toContain(facts.confirmation.summary);
    expect(facts).toMatchObject({ changed: [], stale: [] });
    expect((await look(greenflag, "MLE-2")).ref).toBe("MLE-2");
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
  });

  it("is asked of the person at a client that can ask, and a refusal changes nothing", async () => {
    let action: "accept" | "decline" = "decline";
    const { greenflag } = await begin({
      answering: () => (action === "accept" ? { action, content: { agree: true } } : { action }),
    });
    expect(await greenflag.refused("update_candidate", MERGE)).toMatch(/did not agree/);
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
    action = "accept";
    const { merged } = await greenflag.ok("update_candidate", MERGE);
    expect(merged).toEqual([{ application: "MLE-2", into: "MLE-1" }]);
  });

  it.each([
    ["a value", { application: "MLE-2", phone: "+351 912 345 678" }, "update_candidate"],
    ["a stage", { application: "MLE-1", to: "withdrawn", reason: "They wrote so" }, "move_candidate"],
  ])("does not hold for what they did not see: %s that changed meanwhile", async (_what, args, tool) => {
    const { greenflag } = await begin();
    const { confirmation } = await greenflag.ok("update_candidate", MERGE);
    await greenflag.ok(tool, args);
    const confirm = confirmation?.code;
    expect(await greenflag.refused("update_candidate", { ...MERGE, confirm })).toMatch(/Nothing was changed/);
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
  });
});

describe("one person", () => {
  it("has the references of both, each leading to the kept record everywhere", async () => {
    const { greenflag } = await begin();
    const { application, merged } = await merge(greenflag);
    expect(application).toEqual({ ref: "MLE-1", name: "Zoë Okafor" });
    expect(merged).toEqual([{ application: "MLE-2", into: "MLE-1" }]);
    expect((await look(greenflag, "MLE-2")).ref).toBe("MLE-1");
    const found = await greenflag.ok("find_candidates", { query: "mle-2" });
    expect(found.applications.map(({ ref }) => ref)).toEqual(["MLE-1"]);
    const noted = await greenflag.ok("add_document", {
      application: "MLE-2",
      kind: "note",
      text: "Met at a fair.",
    });
    expect(noted.document.name).toBeDefined();
    expect((await look(greenflag, "MLE-1")).documents?.some(({ kind }) => kind === "note")).toBe(true);
    await greenflag.ok("score_candidate", { application: "MLE-2" });
    const moved = await greenflag.ok("move_candidate", { application: "MLE-2", to: "screen" });
    expect(moved.application).toMatchObject({ ref: "MLE-1", stage: "screen" });
    expect(await greenflag.read("hiring://applications/MLE-2")).toMatchObject({ ref: "MLE-1" });
  });

  it("keeps the documents of both once, and their assessment says that it is stale", async () => {
    const { greenflag } = await begin({}, [ZOE, { ...TWIN, resume: RESUME }]);
    const mail = { kind: "email", text: "I can start in January.", author: "candidate" };
    await greenflag.ok("add_document", { application: "MLE-2", ...mail });
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    await merge(greenflag);
    const { documents, assessment } = await look(greenflag, "MLE-1", ["documents", "assessment"]);
    expect(documents?.map(({ kind }) => kind).toSorted()).toEqual(["email", "resume"]);
    expect(assessment?.stale_at).toBeDefined();
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    expect((await look(greenflag, "MLE-1", ["assessment"])).assessment?.stale_at).toBeUndefined();
  });

  it("keeps what members read in both records for the next assessment", async () => {
    const { greenflag } = await begin();
    const finding = { verdict: "absent", quotes: [], by: "member" };
    await greenflag.ok("score_candidate", {
      application: "MLE-1",
      findings: [{ flag: "cost_win", ...finding }],
    });
    await greenflag.ok("score_candidate", {
      application: "MLE-2",
      findings: [{ flag: "open_source_or_talks", ...finding }],
    });
    await merge(greenflag);
    const { assessment } = await greenflag.ok("score_candidate", { application: "MLE-1" });
    for (const id of ["cost_win", "open_source_or_talks"])
      expect(assessment.flags.find((flag) => flag.id === id)).toMatchObject({
        verdict: "absent",
        by: "member",
      });
  });

  it("tells both histories as one, each move with the reference that it was made under", async () => {
    const { greenflag, store } = await begin();
    for (const application of ["MLE-1", "MLE-2"]) await greenflag.ok("score_candidate", { application });
    const turn = (day: string) => {
      greenflag.clock.now = new Date(`2026-11-${day}T09:00:00Z`);
    };
    turn("25");
    await greenflag.ok("move_candidate", { application: "MLE-1", to: "screen" });
    turn("26");
    await greenflag.ok("move_candidate", { application: "MLE-2", to: "withdrawn", reason: "They wrote so" });
    turn("27");
    await merge(greenflag);
    await greenflag.ok("undo_move", { application: "MLE-2" });
    const { history, stage, status, changes } = await look(greenflag, "MLE-2", ["history"]);
    expect(history?.map(({ application, kind, from, to }) => [application, kind, from, to])).toEqual([
      [undefined, "move", "applied", "screen"],
      ["MLE-2", "move", "applied", "withdrawn"],
      [undefined, "undo", "screen", "applied"],
    ]);
    expect({ stage, status }).toEqual({ stage: "applied", status: "active" });
    expect(changes?.map(({ field, before, after }) => [field, before, after])).toEqual([
      ["merge_into", ["MLE-2"], "MLE-1"],
      ["name", "Zoe Okafor", "Zoë Okafor"],
      ["email", "zoe.okafor@example.test", "zoe@example.test"],
    ]);
    expect(await store.read((db) => brokenChains(db, store.workspaceId, 5))).toEqual([]);
  });

  it("shows a decision about the other with what it rested on", async () => {
    const { greenflag } = await begin();
    const rejection = {
      application: "MLE-2",
      to: "rejected",
      reason: "Modelling, where this lane is operations",
    };
    const { confirmation } = await greenflag.ok("move_candidate", rejection);
    await greenflag.ok("move_candidate", { ...rejection, confirm: confirmation?.code });
    await merge(greenflag);
    const { decisions, status } = await look(greenflag, "MLE-1", ["history"]);
    expect(status).toBe("active");
    expect(decisions).toMatchObject([
      { application: "MLE-2", to: "rejected", on_the_table: { scorecards: [] } },
    ]);
  });

  it("has applications of both for different roles, and somebody who adds them again by either e-mail meets them", async () => {
    const { greenflag } = await begin();
    await greenflag.ok("open_role", {
      template: "mlops-engineer",
      key: "OPS",
      level: "senior",
      location: "Porto",
    });
    const second = { role: "OPS", name: TWIN.name, email: TWIN.email };
    const { application } = await greenflag.ok("add_candidate", second);
    await merge(greenflag, { application: application.ref, merge_into: "MLE-1" });
    const seen = await look(greenflag, application.ref);
    expect(seen).toMatchObject({
      ref: application.ref,
      candidate: { name: "Zoë Okafor", email: "zoe@example.test" },
    });
    for (const email of [ZOE.email, TWIN.email])
      expect(await greenflag.ok("add_candidate", { role: "MLE", name: "Zoe", email })).toMatchObject({
        application: { ref: "MLE-1" },
        duplicate_of: "MLE-1",
      });
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
  });

  it("can be given the other's e-mail afterwards", async () => {
    const { greenflag } = await begin();
    await merge(greenflag);
    await greenflag.ok("update_candidate", { application: "MLE-1", email: TWIN.email });
    expect((await look(greenflag, "MLE-1")).candidate.email).toBe(TWIN.email);
  });

  it("of two records merged one after the other is one, whichever reference is used", async () => {
    const { greenflag } = await begin({}, [ZOE, TWIN, { name: "Z. Okafor", email: "z@example.test" }]);
    await merge(greenflag);
    await merge(greenflag, { application: "MLE-2", merge_into: "MLE-3" });
    for (const ref of ["MLE-1", "MLE-2", "MLE-3"]) expect((await look(greenflag, ref)).ref).toBe("MLE-3");
    expect((await look(greenflag, "MLE-1")).documents).toHaveLength(2);
    expect((await greenflag.ok("find_candidates", {})).total).toBe(1);
  });
});

describe("what colleagues gave", () => {
  async function judged(first: string, second: string) {
    const { greenflag, store } = await begin();
    await addMember(store, GRACE);
    const grace = await start({ store, member: GRACE, clock: greenflag.clock });
    for (const application of ["MLE-1", "MLE-2"]) {
      await greenflag.ok("score_candidate", { application });
      await greenflag.ok("move_candidate", { application, to: "screen" });
      await assign(store, "screen", [GRACE], undefined, application);
    }
    const give = async (application: string, level: number, hour: number) => {
      greenflag.clock.now = new Date(Date.UTC(2026, 10, 25, hour));
      await grace.ok("submit_scorecard", { ...card("screen", [level]), application });
    };
    await give(first, 2, 9);
    await give(second, 4, 10);
    await merge(greenflag);
    return { greenflag, grace };
  }

  it.each([
    { first: "MLE-1", second: "MLE-2", versions: [1, 2] },
    { first: "MLE-2", second: "MLE-1", versions: [0, 1] },
  ])("two cards of one member are versions of one, and the later stands ($second)", async (one) => {
    const { greenflag } = await judged(one.first, one.second);
    const { scorecards, panel } = await look(greenflag, "MLE-1");
    expect(scorecards?.map(({ version, current, ratings }) => [version, current, ratings[0]?.level])).toEqual(
      [
        [one.versions[0], false, 2],
        [one.versions[1], true, 4],
      ],
    );
    expect(panel.scorecards).toMatchObject({ submitted: 1, of: 1 });
    const { summary } = await greenflag.ok("get_debrief", { application: "MLE-2" }).then(
      () => ({ summary: "told" }),
      () => ({ summary: "refused" }),
    );
    expect(summary).toBe("told");
  });

  it("says in what is confirmed that the later of two cards stands", async () => {
    const { greenflag, store } = await begin();
    await addMember(store, ALAN);
    const alan = await start({ store, member: ALAN, clock: greenflag.clock });
    for (const application of ["MLE-1", "MLE-2"]) {
      await greenflag.ok("score_candidate", { application });
      await greenflag.ok("move_candidate", { application, to: "screen" });
      await assign(store, "screen", [ALAN], undefined, application);
      await alan.ok("submit_scorecard", { ...card("screen", [3], "kestrel"), application });
    }
    const { confirmation } = await greenflag.ok("update_candidate", MERGE);
    expect(confirmation?.summary).toContain(
      "Of 1 scorecard or vote given in both by one member, the later stands.",
    );
    expect(confirmation?.summary).not.toContain("kestrel");
  });
});

describe("messages", () => {
  it("a draft to the other's address is marked as no longer right", async () => {
    const { greenflag } = await begin();
    const { message } = await greenflag.ok("draft_outreach", {
      application: "MLE-2",
      purpose: "status_update",
    });
    const { stale } = await merge(greenflag);
    expect(stale).toMatchObject([
      {
        message: message.id,
        application: "MLE-1",
        purpose: "status_update",
        fields: expect.arrayContaining(["email"]),
      },
    ]);
    const { messages } = await look(greenflag, "MLE-1");
    expect(messages).toMatchObject([
      { id: message.id, to: TWIN.email, outdated: expect.arrayContaining(["email"]) },
    ]);
  });

  it("of two drafts for one purpose the kept record's stays a draft", async () => {
    const { greenflag } = await begin();
    for (const application of ["MLE-1", "MLE-2"])
      await greenflag.ok("draft_outreach", { application, purpose: "status_update" });
    await merge(greenflag);
    const { messages } = await look(greenflag, "MLE-1");
    expect(messages?.map(({ to, status }) => [to, status])).toEqual([
      [ZOE.email, "draft"],
      [TWIN.email, "discarded"],
    ]);
  });
});

describe("interviews", () => {
  it("of both stand, each with what happened to it under its earlier reference", async () => {
    const { greenflag, store } = await begin();
    await addInterviewer(store, GRACE);
    const booking = { round: "screen", interviewers: [GRACE], minutes: 30 };
    for (const [application, day] of [
      ["MLE-1", "01"],
      ["MLE-2", "02"],
    ])
      await greenflag.ok("schedule_interview", {
        ...booking,
        application,
        start: `2026-12-${day}T10:00+01:00`,
      });
    await merge(greenflag);
    const { interviews } = await look(greenflag, "MLE-2");
    expect(
      interviews?.map(({ start, interviewers, history }) => [start, interviewers, history.length]),
    ).toEqual([
      ["2026-12-01T09:00:00+00:00", [GRACE], 1],
      ["2026-12-02T09:00:00+00:00", [GRACE], 1],
    ]);
    const [, second] = interviews ?? [];
    const off = {
      application: "MLE-2",
      round: "screen",
      interview: second?.id,
      cancel: true,
      reason: "They are one person",
    };
    await greenflag.ok("schedule_interview", off);
    const last = (await look(greenflag, "MLE-1")).interviews?.at(-1);
    expect(last?.status).toBe("cancelled");
    expect(last?.history).toHaveLength(2);
  });
});

describe("refused", () => {
  it("while a confirmed message to one of them has not left, and not any more once it is called off", async () => {
    const mail = { smtpUrl: "smtp://127.0.0.1:9", from: "hiring@acme.example" };
    const { greenflag } = await begin({ mail });
    const draft = { application: "MLE-2", purpose: "status_update" };
    const { message } = await greenflag.ok("draft_outreach", draft);
    const { confirmation } = await greenflag.ok("send_message", { message: message.id });
    await greenflag.ok("send_message", { message: message.id, confirm: confirmation?.code });
    for (const args of [MERGE, { application: "MLE-1", merge_into: "MLE-2" }])
      expect(await greenflag.refused("update_candidate", args)).toMatch(
        /a confirmed message to MLE-2 has not left yet.*send_message/s,
      );
    await greenflag.ok("send_message", { message: message.id, cancel: true });
    await merge(greenflag);
    expect((await look(greenflag, "MLE-1")).messages).toMatchObject([
      { status: "cancelled", to: TWIN.email },
    ]);
  });

  it.each([
    ["a person with themselves", { application: "MLE-1", merge_into: "MLE-1" }, /one person on record/],
    ["an unknown reference", { application: "MLE-1", merge_into: "MLE-9" }, /No application "MLE-9"/],
    ["other fields in the same call", { ...MERGE, phone: "+351 912 345 678" }, /merge_into: .*alone/],
    ["a code without what it confirms", { application: "MLE-1", confirm: "ABCDEFGH" }, /confirm: /],
  ])("%s", async (_what, args, text) => {
    const { greenflag } = await begin();
    expect(await greenflag.refused("update_candidate", args)).toMatch(text);
    expect((await greenflag.ok("find_candidates", {})).total).toBe(2);
  });

  it("two references of one person, also where one of them was merged before", async () => {
    const { greenflag } = await begin();
    await merge(greenflag);
    for (const [application, merge_into] of [
      ["MLE-2", "MLE-1"],
      ["MLE-1", "MLE-2"],
    ])
      expect(await greenflag.refused("update_candidate", { application, merge_into })).toContain(
        `${application} and ${merge_into} are one person on record`,
      );
  });

  it("the caller's own record, as if it were not there", async () => {
    const { store } = await begin({}, [ZOE, { name: "Grace", email: GRACE }]);
    await addMember(store, GRACE, "recruiter");
    const grace = await start({ store, member: GRACE });
    const unknown = await grace.refused("update_candidate", { ...MERGE, application: "MLE-9" });
    expect(await grace.refused("update_candidate", MERGE)).toBe(unknown.replace("MLE-9", "MLE-2"));
    const back = { application: "MLE-1", merge_into: "MLE-2" };
    expect(await grace.refused("update_candidate", back)).toBe(unknown.replace("MLE-9", "MLE-2"));
  });

  it("interviewers", async () => {
    const { store } = await begin();
    await addMember(store, GRACE);
    const grace = await start({ store, member: GRACE });
    expect(await grace.refused("update_candidate", MERGE)).toMatch(/does not allow update_candidate/);
  });

  it("one of two merges in opposite directions at once, and no circle is made", async () => {
    const { greenflag } = await begin();
    const back = { application: "MLE-1", merge_into: "MLE-2" };
    const asked = [
      await greenflag.ok("update_candidate", MERGE),
      await greenflag.ok("update_candidate", back),
    ];
    const answers = await Promise.all(
      [MERGE, back].map((args, n) =>
        greenflag.call("update_candidate", { ...args, confirm: asked[n]?.confirmation?.code }),
      ),
    );
    expect(answers.map(({ isError }) => isError).toSorted()).toEqual([false, true]);
    const { ref } = await look(greenflag, "MLE-1");
    expect((await look(greenflag, "MLE-2")).ref).toBe(ref);
  });

  it("nothing that another does at the same moment: it is done to the person before or after the merge", async () => {
    const { greenflag } = await begin();
    const { confirmation } = await greenflag.ok("update_candidate", MERGE);
    const [merged, moved] = await Promise.all([
      greenflag.call("update_candidate", { ...MERGE, confirm: confirmation?.code }),
      greenflag.call("move_candidate", { application: "MLE-2", to: "withdrawn", reason: "They wrote so" }),
    ]);
    expect(moved.isError).toBe(false);
    expect(moved.facts.application.ref).toBe(merged.isError ? "MLE-2" : "MLE-1");
    expect((await look(greenflag, "MLE-2")).status).toBe("withdrawn");
  });
});
