import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { events } from "../../../src/store/tables.ts";
import { useDatabase } from "../../support/database.ts";
import type { HarnessOptions } from "../../support/harness.ts";
import { confirm, draft, later, look, useSmtp } from "../../support/mail.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const smtp = await useSmtp();

/** Mail comes from the member's own address here. */
async function begin(more: Partial<HarnessOptions> = {}) {
  const store = await database.workspace();
  const greenflag = await startWithCandidate({ store, mail: { smtpUrl: smtp.url }, ...more });
  return { greenflag, store };
}

describe("send_message with sent_by_hand", () => {
  it("puts on record that a person sent it by hand, once they have said so, and only once", async () => {
    const { greenflag, store } = await begin({ mail: {} });
    const { id, body } = await draft(greenflag);
    const handed = await greenflag.call("send_message", { message: id });
    expect(handed.facts).toMatchObject({ result: "to_send_manually" });
    expect(handed.text).toMatch(/send_message with sent_by_hand: true puts that on record/);
    const byHand = { message: id, sent_by_hand: true };
    const asked = await greenflag.ok("send_message", byHand);
    expect(asked.result).toBe("asks_to_record");
    expect(asked.confirmation.summary).toMatch(/sent this message themselves\? Nothing is sent now/);
    expect(asked.confirmation.summary).toContain(`To: zoe@example.test\n`);
    expect(asked.confirmation.summary).toContain(body.trimEnd());
    expect(await look(greenflag, id)).toMatchObject({ status: "draft" });
    later(greenflag, 60);
    const done = await greenflag.ok("send_message", { ...byHand, confirm: asked.confirmation.code });
    expect(done).toMatchObject({
      result: "recorded",
      message: { status: "sent" },
      delivery: {
        state: "sent",
        finished_at: "2026-11-24T09:01:00.000Z",
        message_id: `<${id}@example.test>`,
        outcome: expect.stringMatching(/sent manually/i),
      },
    });
    expect(await look(greenflag, id)).toMatchObject({
      status: "sent",
      finished_at: "2026-11-24T09:01:00.000Z",
      outcome: expect.stringMatching(/sent manually/i),
    });
    for (const args of [byHand, { message: id }, { ...byHand, confirm: asked.confirmation.code }]) {
      const again = await greenflag.call("send_message", args);
      expect(again.facts).toMatchObject({ result: "already_sent" });
      expect(again.text).toMatch(/sent before: nothing was changed/);
      expect(again.text).toContain("finished 2026-11-24T09:01:00.000Z");
    }
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    expect(smtp.received).toEqual([]);
    const recorded = await database.db
      .select({ kind: events.kind })
      .from(events)
      .where(and(eq(events.workspaceId, store.workspaceId), eq(events.kind, "message.by_hand")));
    expect(recorded).toHaveLength(1);
  });

  it("files an answer under what was sent by hand, and counts the wait from it", async () => {
    const { greenflag } = await begin({ mail: {} });
    const asked = "From: zoe@example.test\nTo: ada@example.test\nSubject: The role\n\nIs it still open?\n";
    await greenflag.ok("add_document", { application: "MLE-1", kind: "email", text: asked });
    later(greenflag, 5 * 86_400);
    const { id, body } = await draft(greenflag);
    expect(body).toContain("You have waited 5 days");
    const byHand = { message: id, sent_by_hand: true };
    const { confirmation } = await greenflag.ok("send_message", byHand);
    await greenflag.ok("send_message", { ...byHand, confirm: confirmation.code });
    expect((await draft(greenflag)).body).not.toMatch(/You have waited/);
    const text = `From: zoe@example.test\nTo: ada@example.test\nIn-Reply-To: <${id}@example.test>\n\nThank you.\n`;
    await greenflag.ok("add_document", { application: "MLE-1", kind: "email", text });
    expect((await look(greenflag, id)).replies).toHaveLength(1);
  });

  it("takes no code for sending as one for recording, and no cancelling beside it", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    const { confirmation } = await greenflag.ok("send_message", { message: id });
    const byHand = { message: id, sent_by_hand: true };
    expect(await greenflag.refused("send_message", { ...byHand, confirm: confirmation.code })).toMatch(
      /unknown, used, expired/,
    );
    expect(await greenflag.refused("send_message", { ...byHand, cancel: true })).toMatch(
      /exclude each other/,
    );
    expect(await look(greenflag, id)).toMatchObject({ status: "draft" });
    await confirm(greenflag, id);
    expect(await greenflag.ok("send_message", byHand)).toMatchObject({ result: "already_confirmed" });
    later(greenflag, 120);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toHaveLength(1);
  });

  it("settles what was unclear when a person found that it had arrived", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    smtp.fault = "451 after the text, and kept";
    later(greenflag, 120);
    await greenflag.dispatcher.runOnce();
    expect(await look(greenflag, id)).toMatchObject({ status: "unknown" });
    const byHand = { message: id, sent_by_hand: true };
    const { confirmation } = await greenflag.ok("send_message", byHand);
    expect(confirmation.summary).toMatch(/So far on record: The mail server may have taken it/);
    await greenflag.ok("send_message", { ...byHand, confirm: confirmation.code });
    expect(await look(greenflag, id)).toMatchObject({ status: "sent" });
    later(greenflag, 3_600);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
  });
});
