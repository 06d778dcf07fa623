import { expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();

it("get_pipeline says who has heard nothing from us for longer than the stage promises, with the call that answers", async () => {
  const greenflag = await startWithCandidate({ store: await database.workspace() });
  const { clock } = greenflag;
  const silence = async () => {
    const { needs_attention } = await greenflag.ok("get_pipeline", {});
    return needs_attention.filter((a: { what: string }) => a.what.includes("no answer from us"));
  };
  const later = (days: number) => {
    clock.now = new Date(clock.now.getTime() + days * 86_400_000);
  };
  expect(await silence()).toEqual([]);
  later(20);
  expect(await silence()).toMatchObject([{ ref: "MLE-1", what: expect.stringMatching(/20 days/) }]);
  // A move tells them nothing: the stage is new, and the wait goes on.
  await greenflag.agreed("move_candidate", {
    application: "MLE-1",
    to: "screen",
    override: true,
    reason: "Test",
  });
  const answer = { tool: "draft_outreach", arguments: { application: "MLE-1", purpose: "status_update" } };
  expect(await silence()).toMatchObject([
    { ref: "MLE-1", next: answer, what: expect.stringMatching(/20 days/) },
  ]);
  const { message } = await greenflag.ok("draft_outreach", {
    application: "MLE-1",
    purpose: "status_update",
  });
  // Written, and still not sent: what is there is sent, and not written once more.
  expect(await silence()).toMatchObject([
    { next: { tool: "send_message", arguments: { message: message.id } } },
  ]);
  const byHand = { message: message.id, sent_by_hand: true };
  const { confirmation } = await greenflag.ok("send_message", byHand);
  await greenflag.ok("send_message", { ...byHand, confirm: confirmation.code });
  expect(await silence()).toEqual([]);
});
