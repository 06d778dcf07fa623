import { expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { start } from "../../support/harness.ts";
import { addMember } from "../../support/panel.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();

it("get_pipeline lists up to five drafts that wait, one by one, without their words, until each is dealt with", async () => {
  const store = await database.workspace();
  const greenflag = await startWithCandidate({ store });
  const none = await greenflag.ok("get_pipeline", {});
  expect(none.drafts).toEqual([]);
  expect(none).not.toHaveProperty("more_drafts");
  for (let n = 2; n <= 6; n += 1)
    await greenflag.ok("add_candidate", { role: "MLE", name: `Person ${n}`, email: `p${n}@example.test` });
  const ids: string[] = [];
  for (let n = 1; n <= 6; n += 1) {
    const ask = { application: `MLE-${n}`, purpose: "status_update", note: "kestrelwords" };
    ids.push((await greenflag.ok("draft_outreach", ask)).message.id);
  }
  const { text, facts } = await greenflag.call("get_pipeline", {});
  expect(facts.drafts.map((d: { message: string }) => d.message)).toEqual(ids.slice(0, 5));
  expect(facts.drafts[0]).toMatchObject({
    application: "MLE-1",
    name: "Zoë Okafor",
    purpose: "status_update",
  });
  expect(facts.more_drafts).toBe(true);
  expect(text).toMatch(/each to be read and confirmed on its own:/);
  expect(text).toContain(
    `- MLE-1 Zoë Okafor, status_update, since 2026-11-24T09:00:00.000Z. Next: send_message with message: ${ids[0]}.`,
  );
  expect(text + JSON.stringify(facts)).not.toContain("kestrelwords");

  await greenflag.ok("draft_outreach", { application: "MLE-1", discard: ids[0] });
  const byHand = { message: ids[1], sent_by_hand: true };
  const { confirmation } = await greenflag.ok("send_message", byHand);
  await greenflag.ok("send_message", { ...byHand, confirm: confirmation.code });
  await greenflag.ok("move_candidate", { application: "MLE-3", to: "withdrawn" });
  const left = await greenflag.ok("get_pipeline", { role: "MLE" });
  expect(left.drafts.map((d: { message: string }) => d.message)).toEqual(ids.slice(3));
  expect(left).not.toHaveProperty("more_drafts");

  await addMember(store, "viewer@example.test", "viewer");
  const viewer = await start({ store, member: "viewer@example.test", clock: greenflag.clock });
  expect((await viewer.ok("get_pipeline", {})).drafts[0].next).toEqual({
    ...{ tool: "send_message", arguments: { message: ids[3] }, who: "a recruiter" },
  });
  expect((await viewer.call("get_pipeline", {})).text).toContain(
    `Next: a recruiter: send_message with message: ${ids[3]}.`,
  );

  await addMember(store, "p4@example.test", "admin");
  const applicant = await start({ store, member: "p4@example.test", clock: greenflag.clock });
  const seen = await applicant.ok("get_pipeline", {});
  expect(seen.drafts.map((d: { message: string }) => d.message)).toEqual(ids.slice(4));
});
