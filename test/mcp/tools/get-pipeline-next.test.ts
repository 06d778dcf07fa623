import { describe, expect, it } from "vitest";
import type { Access } from "../../../src/domain/member.ts";
import { callText, type NextCall } from "../../../src/mcp/next-call.ts";
import { findApplicationRecord } from "../../../src/store/candidates/applications.ts";
import type { Store } from "../../../src/store/store.ts";
import { saveAssignment } from "../../../src/store/submissions/assignments.ts";
import { useDatabase } from "../../support/database.ts";
import { type Harness, start } from "../../support/harness.ts";
import { ALAN, addMember, GRACE, met, setAccess, startPanel } from "../../support/panel.ts";
import { startWithCandidate } from "../../support/record.ts";
import { readCall } from "../../support/told-call.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };
const later = ({ clock }: Harness, days: number) => {
  clock.now = new Date(clock.now.getTime() + days * 86_400_000);
};
const attention = async (greenflag: Harness, ref = "MLE-1") => {
  const { needs_attention } = await greenflag.ok("get_pipeline", {});
  const about = needs_attention.filter((a: { ref: string }) => a.ref === ref);
  expect(about.length, "one entry an application").toBeLessThanOrEqual(1);
  return about[0];
};
/** The step that is next, in the words of the text. */
const said = ({ next }: { next: NextCall }) => callText(next);
const to = (place: string) => ({ ...MLE, to: place, override: true, reason: "Test" });

/** As assign_exercise leaves it, without a git host. */
async function giveExercise(store: Store, now: Date): Promise<void> {
  const { workspaceId } = store;
  await store.write(new AbortController().signal, async (tx) => {
    const found = await findApplicationRecord(tx, workspaceId, "MLE-1");
    if (!found) throw new Error("MLE-1 is there");
    await saveAssignment(tx, {
      ...{ workspaceId, id: crypto.randomUUID(), applicationId: found.application.id, createdAt: now },
      ...{ exercise: "overprovisioned-serving", status: "invited", url: "https://127.0.0.1:9/o/r" },
      ...{ dueAt: new Date(now.getTime() + 7 * 86_400_000), assignedBy: found.role.ownerId },
    });
  });
}

describe("the next call of get_pipeline", () => {
  it("gives the exercise first, then reminds of it, and leaves nobody unanswered who has it", async () => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store });
    await greenflag.agreed("move_candidate", to("exercise"));
    later(greenflag, 8);
    const give = { tool: "assign_exercise", arguments: MLE };
    expect((await attention(greenflag)).next).toEqual(give);
    const { tasks } = await greenflag.ok("get_candidate", { ...MLE, include: [] });
    expect(tasks).toMatchObject([{ what: "submission", next: give }]);
    const { applications } = await greenflag.ok("find_candidates", {});
    expect(applications[0].tasks).toEqual(tasks);
    await giveExercise(store, greenflag.clock.now);
    const given = await attention(greenflag);
    expect(given).toMatchObject({
      ...{ kind: "over_goal", severity: "warning" },
      next: { tool: "draft_outreach", arguments: { ...MLE, purpose: "exercise_reminder" } },
      what: expect.stringMatching(/waits for the candidate; the goal is 7\.$/),
    });
    const { tool, arguments: args } = readCall(given.next);
    const { message } = await greenflag.ok(tool, args);
    expect(said(await attention(greenflag))).toBe(`send_message with message: ${message.id}`);
    const after = await greenflag.ok("get_candidate", { ...MLE, include: [] });
    expect(after.tasks).toMatchObject([{ next: { tool: "summarize_submission", arguments: MLE } }]);
  });

  it("of an ageing offer drafts the message for it, and of a filled role what may still be written", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const offer = to("offer");
    const { confirmation } = await greenflag.ok("move_candidate", offer);
    await greenflag.ok("move_candidate", { ...offer, confirm: confirmation.code });
    later(greenflag, 4);
    const { kind, next } = await attention(greenflag);
    expect([kind, readCall(next).arguments.purpose]).toEqual(["offer_ageing", "offer_followup"]);
    await greenflag.ok(readCall(next).tool, readCall(next).arguments);
    await greenflag.ok("update_role", { role: "MLE", status: "filled" });
    const { needs_attention } = await greenflag.ok("get_pipeline", { role: "MLE" });
    expect(said(needs_attention[0])).toBe("draft_outreach with application: MLE-1, purpose: status_update");
    await greenflag.ok("draft_outreach", readCall(needs_attention[0].next).arguments);
  });

  it("is one that each member may make, or says whose it is; an interviewer hears of no colleague's card", async () => {
    const { store, ada, grace, alan } = await startPanel(await database.workspace());
    const as = new Map<Access, Harness>();
    for (const access of ["hiring_manager", "recruiter", "viewer"] as const) {
      await addMember(store, `a-${access}@example.test`, access);
      as.set(access, await start({ store, member: `a-${access}@example.test`, clock: ada.clock }));
    }
    later(ada, 9);
    await met(ada, "screen");
    const card = "submit_scorecard with application: MLE-1, round: screen";
    for (const own of [grace, alan]) expect(said(await attention(own))).toBe(card);
    for (const access of ["hiring_manager", "recruiter"] as const)
      expect(said(await attention(as.get(access) ?? ada))).toMatch(
        new RegExp(`^(${GRACE}|${ALAN}): ${card}$`),
      );
    const viewer = as.get("viewer") ?? ada;
    expect(said(await attention(viewer))).toBe("get_candidate with application: MLE-1");
    expect((await attention(viewer, "MLE")).next).toEqual({
      ...{ tool: "update_role", arguments: { role: "MLE" }, who: "a recruiter" },
    });
    for (const greenflag of [ada, grace, alan, ...as.values()]) {
      const { needs_attention } = await greenflag.ok("get_pipeline", {});
      for (const { next } of needs_attention) {
        const { who, tool, arguments: args } = readCall(next);
        if (who === undefined)
          expect((await greenflag.call(tool, args)).text, callText(next)).not.toMatch(/does not allow/);
      }
    }
  });

  it("sends no draft whose words are hidden from the caller", async () => {
    const { store, ada, grace, alan } = await startPanel(await database.workspace());
    for (const email of [GRACE, ALAN]) await setAccess(store, email, "hiring_manager");
    later(ada, 9);
    await ada.agreed("move_candidate", to("architecture"));
    const { message } = await alan.ok("draft_outreach", {
      ...MLE,
      purpose: "status_update",
      note: "We met.",
    });
    expect(said(await attention(ada))).toBe(`send_message with message: ${message.id}`);
    expect((await attention(grace)).next).toEqual({
      ...{ tool: "get_candidate", arguments: { ...MLE, include: ["messages"] } },
    });
    expect(said(await attention(grace))).toBe("get_candidate with application: MLE-1, include: messages");
    expect(await grace.refused("send_message", { message: message.id })).toMatch(/words are hidden/);
  });
});
