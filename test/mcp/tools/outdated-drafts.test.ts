import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { move } from "../../support/endings.ts";
import type { Harness } from "../../support/harness.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const MLE = { application: "MLE-1" };
const DAY_AFTER = new Date("2026-11-25T10:00:00Z");

const begin = async () => startWithCandidate({ store: await database.workspace() });

async function draft(greenflag: Harness, purpose: string): Promise<string> {
  return (await greenflag.ok("draft_outreach", { ...MLE, purpose })).message.id;
}

/** The draft as the agenda has it a day later, with its line of the text. */
async function onAgenda(greenflag: Harness) {
  greenflag.clock.now = DAY_AFTER;
  const { facts, text } = await greenflag.call("get_agenda", {});
  const item = facts.items.find(({ kind }: { kind: string }) => kind === "message");
  const line = text.split("\n").find((one) => /[Dd]raft/.test(one)) ?? "";
  return { item, line };
}

const draftsIn = async (greenflag: Harness): Promise<string[]> =>
  (await greenflag.ok("get_pipeline", {})).drafts.map(({ message }: { message: string }) => message);

describe("a draft that was written for a stage that was left", () => {
  it("is outdated on the agenda, is to be thrown away where nothing of the kind fits, and does not wait to be sent", async () => {
    const greenflag = await begin();
    const id = await draft(greenflag, "screen_invite");
    await move(greenflag, "MLE-1", "architecture");
    expect(await draftsIn(greenflag)).toEqual([]);
    const { item, line } = await onAgenda(greenflag);
    expect(item).toMatchObject({
      ...{ purpose: "screen_invite", outdated: ["stage"], written_for: "applied", now_at: "architecture" },
      next: { tool: "draft_outreach", arguments: { ...MLE, discard: id } },
    });
    expect(line).toMatch(
      /^- Outdated draft, not to be sent \(screen_invite, written for applied, now at architecture\): MLE-1/,
    );
    expect(await greenflag.refused("send_message", { message: id })).toMatch(
      /screen_invite contradicts the record/,
    );
    const read = await greenflag.call("get_candidate", { ...MLE, include: ["messages"] });
    expect(read.facts.messages).toMatchObject([{ id, outdated: ["stage"] }]);
    await greenflag.ok(item.next.tool, item.next.arguments);
    expect((await onAgenda(greenflag)).item).toBeUndefined();
  });

  it("is written anew where its kind still fits, and then waits again", async () => {
    const greenflag = await begin();
    await move(greenflag, "MLE-1", "architecture");
    const id = await draft(greenflag, "schedule");
    await move(greenflag, "MLE-1", "incident");
    expect(await greenflag.refused("send_message", { message: id })).toMatch(
      /changed since it was drafted \(stage\).*draft_outreach/s,
    );
    const { item, line } = await onAgenda(greenflag);
    expect(item).toMatchObject({
      ...{ outdated: ["stage"], written_for: "architecture", now_at: "incident" },
      next: { tool: "draft_outreach", arguments: { ...MLE, purpose: "schedule" } },
    });
    expect(line).toContain("Next: draft_outreach with application: MLE-1, purpose: schedule.");
    const { message } = await greenflag.ok(item.next.tool, item.next.arguments);
    expect(await draftsIn(greenflag)).toEqual([message.id]);
  });

  it("is right again when the move is undone; one that says nothing of a stage stays right", async () => {
    const greenflag = await begin();
    const invite = await draft(greenflag, "screen_invite");
    await move(greenflag, "MLE-1", "screen");
    expect(await draftsIn(greenflag)).toEqual([invite]);
    const update = await draft(greenflag, "status_update");
    await greenflag.ok("move_candidate", { ...MLE, to: "architecture" });
    expect(await draftsIn(greenflag)).toEqual([]);
    await greenflag.ok("undo_move", MLE);
    expect(await draftsIn(greenflag)).toEqual([invite, update]);
    const { item, line } = await onAgenda(greenflag);
    expect(item).not.toHaveProperty("outdated");
    expect(line).toMatch(/^- Draft to send \(screen_invite\)/);
  });

  it("is marked on the record of somebody who has ended, and waits no longer", async () => {
    const greenflag = await begin();
    await draft(greenflag, "screen_invite");
    await greenflag.ok("move_candidate", { ...MLE, to: "withdrawn" });
    expect((await onAgenda(greenflag)).item).toBeUndefined();
    const { text } = await greenflag.call("get_candidate", { ...MLE, include: ["messages"] });
    expect(text).toContain("not right any more: stage");
  });
});

it("a draft to an address that is no longer theirs is written anew, and does not wait to be sent", async () => {
  const greenflag = await begin();
  await draft(greenflag, "screen_invite");
  await greenflag.ok("update_candidate", { ...MLE, email: "new@example.test" });
  expect(await draftsIn(greenflag)).toEqual([]);
  const { item, line } = await onAgenda(greenflag);
  expect(item).toMatchObject({ outdated: ["email"], next: { arguments: { purpose: "screen_invite" } } });
  expect(line).toContain("(screen_invite, not right any more: email)");
});
