import { and, eq } from "drizzle-orm";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { events, members } from "../../../../src/store/tables.ts";
import { confirm, draft, FROM, later, look, useMail } from "../../../support/mail.ts";
import { startWithCandidate } from "../../../support/record.ts";

const { database, smtp, begin } = await useMail();

describe("send_message", () => {
  it("sends exactly one right message, once a person has agreed to exactly that and the window is over", async () => {
    const { greenflag } = await begin();
    const { id, subject, body } = await draft(greenflag, { note: "The panel meets on Thursday." });
    const asked = await greenflag.ok("send_message", { message: id });
    expect(asked).toMatchObject({ message: { status: "draft" }, delivery: { state: "draft" } });
    const lines = asked.confirmation.summary.split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        `From: Ada Byron <${FROM}>`,
        "Reply-To: ada@example.test",
        "To: zoe@example.test",
        `Subject: ${subject}`,
      ]),
    );
    expect(asked.confirmation.summary).toContain(`\n\n${body.trimEnd()}`);
    expect(asked.confirmation.summary).toMatch(/120 seconds after you agree/);

    const sent = await greenflag.ok("send_message", { message: id, confirm: asked.confirmation.code });
    expect(sent).toMatchObject({
      result: "confirmed",
      message: { status: "approved" },
      delivery: { state: "waiting", send_at: "2026-11-24T09:02:00.000Z", message_id: `<${id}@acme.example>` },
    });
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    later(greenflag, 119);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    later(greenflag, 1);
    expect(await greenflag.dispatcher.runOnce()).toBe(1);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);

    expect(smtp.received).toHaveLength(1);
    const [received] = smtp.received;
    expect(received).toMatchObject({ from: FROM, recipients: ["zoe@example.test"] });
    expect(received?.mail).toMatchObject({ subject, text: body, messageId: `<${id}@acme.example>` });
    expect(received?.mail.from?.value).toEqual([{ name: "Ada Byron", address: FROM }]);
    expect(received?.mail.replyTo?.value[0]?.address).toBe("ada@example.test");
    expect(received?.mail.cc ?? received?.mail.bcc).toBeUndefined();
    expect(received?.raw).not.toMatch(/^list-unsubscribe/im);
    expect(await look(greenflag, id)).toMatchObject({
      status: "sent",
      finished_at: "2026-11-24T09:02:00.000Z",
    });
  });

  it("asks the person with the whole message where the client can", async () => {
    const asked: string[] = [];
    const answering = ({ message }: { message: string }) => {
      asked.push(message);
      return { action: "accept", content: { agree: true } } as const;
    };
    const { greenflag } = await begin({ answering });
    const { id, body } = await draft(greenflag);
    expect(await greenflag.ok("send_message", { message: id })).toMatchObject({
      message: { status: "approved" },
    });
    expect(asked).toEqual([expect.stringContaining(body.trimEnd())]);
  });

  it("sends nothing when the person says no", async () => {
    const { greenflag } = await begin({ answering: () => ({ action: "decline" }) });
    const { id } = await draft(greenflag);
    expect(await greenflag.refused("send_message", { message: id })).toMatch(/did not agree/);
    later(greenflag, 3_600);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    expect(await look(greenflag, id)).toMatchObject({ status: "draft" });
  });

  it("can be cancelled until it leaves, and not after", async () => {
    const { greenflag } = await begin();
    const first = await draft(greenflag);
    await confirm(greenflag, first.id);
    const cancel = { message: first.id, cancel: true };
    expect(await greenflag.ok("send_message", cancel)).toMatchObject({ message: { status: "cancelled" } });
    const again = await greenflag.call("send_message", cancel);
    expect(again.facts).toMatchObject({ result: "already_cancelled" });
    expect(again.text).toMatch(/nothing was changed/);
    later(greenflag, 3_600);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    expect(smtp.received).toEqual([]);
    expect(await greenflag.refused("send_message", { message: first.id })).toMatch(
      /it was cancelled, and is not sent.*draft_outreach/,
    );
    const second = await draft(greenflag);
    expect(second.id).not.toBe(first.id);
    expect(await greenflag.refused("send_message", { message: second.id, cancel: true })).toMatch(/is draft/);
    await confirm(greenflag, second.id);
    later(greenflag, 120);
    await greenflag.dispatcher.runOnce();
    expect(await greenflag.refused("send_message", { message: second.id, cancel: true })).toMatch(
      /is sent.*cannot be called back/,
    );
  });

  it("changes nothing and says so for a message that is confirmed or sent", async () => {
    const { greenflag } = await begin();
    const { id } = await draft(greenflag);
    const { confirmation } = await greenflag.ok("send_message", { message: id });
    await greenflag.ok("send_message", { message: id, confirm: confirmation.code });
    const again = await greenflag.call("send_message", { message: id, confirm: confirmation.code });
    expect(again.facts).toMatchObject({ result: "already_confirmed" });
    expect(again.text).toMatch(/confirmed already: nothing was changed/);
    later(greenflag, 120);
    await greenflag.dispatcher.runOnce();
    const sent = await greenflag.call("send_message", { message: id });
    expect(sent.facts).toMatchObject({
      result: "already_sent",
      delivery: { finished_at: "2026-11-24T09:02:00.000Z" },
    });
    expect(sent.text).toMatch(/sent before: nothing was changed/);
    expect(sent.text).toContain("finished 2026-11-24T09:02:00.000Z, 1 attempt");
    later(greenflag, 3_600);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toHaveLength(1);
  });

  it("offers a way out where nobody asked for the message, by one click only where there is a page", async () => {
    const { greenflag } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
    await greenflag.ok("update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
    const first = await draft(greenflag, { purpose: "source" });
    await confirm(greenflag, first.id);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received[0]?.raw).toContain(
      "List-Unsubscribe: <mailto:ada@example.test?subject=unsubscribe>",
    );
    expect(smtp.received[0]?.raw).not.toContain("One-Click");
    const page = "https://acme.example/no-more";
    const paged = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0, unsubscribeUrl: page } });
    await paged.greenflag.ok("update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
    const second = await draft(paged.greenflag, { purpose: "source" });
    await confirm(paged.greenflag, second.id);
    await paged.greenflag.dispatcher.runOnce();
    const raw = smtp.received[1]?.raw.replace(/\r\n[ \t]+/g, " ");
    expect(raw).toContain(`List-Unsubscribe: <${page}?m=${second.id}>, <mailto:ada@example.test`);
    expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });

  it("hands the message over as a file and a link where there is no mail server, and sends nothing", async () => {
    const { greenflag } = await begin({ mail: {} });
    const { id, subject, body } = await draft(greenflag);
    const { facts, text } = await greenflag.call("send_message", { message: id, as_eml: true });
    const { message, delivery, confirmation } = facts;
    expect(confirmation).toBeUndefined();
    expect(message.status).toBe("draft");
    expect(text).toMatch(/No mail server is set up \(SMTP_URL\)/);
    const mail = await simpleParser(delivery.eml);
    expect(mail).toMatchObject({ subject, text: body, messageId: `<${id}@example.test>` });
    expect(new URL(delivery.mailto).searchParams.get("subject")).toBe(subject);
    expect(smtp.connections).toBeGreaterThanOrEqual(0);
    expect(smtp.received).toEqual([]);
  });

  it("needs an address to come from", async () => {
    const store = await database.workspace();
    await database.db
      .update(members)
      .set({ email: "root@localhost" })
      .where(eq(members.workspaceId, store.workspaceId));
    const greenflag = await startWithCandidate({ store, mail: { smtpUrl: smtp.url } });
    const { id } = await draft(greenflag);
    expect(await greenflag.refused("send_message", { message: id })).toMatch(/Set GREENFLAG_MAIL_FROM/);
  });

  it("records who confirmed and what came of it, without a word of the message", async () => {
    const { greenflag, store } = await begin();
    const { id, body } = await draft(greenflag);
    await confirm(greenflag, id);
    later(greenflag, 120);
    await greenflag.dispatcher.runOnce();
    const rows = await database.db
      .select()
      .from(events)
      .where(and(eq(events.workspaceId, store.workspaceId)));
    const about = rows.filter((row) => row.payload.message === id);
    expect(about.map(({ kind, tool }) => [kind, tool])).toEqual([
      ["message.draft", "draft_outreach"],
      ["message.approve", "send_message"],
      ["message.handover", "outbox"],
    ]);
    expect(new Set(about.map((row) => row.memberId)).size).toBe(1);
    expect(JSON.stringify(rows)).not.toContain("zoe@example.test");
    expect(JSON.stringify(rows)).not.toContain(body.slice(20, 60));
  });
});
