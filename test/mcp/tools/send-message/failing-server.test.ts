import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../examples/smtp/server.ts";
import { outbox } from "../../../../src/store/tables.ts";
import { PATIENT_LIMITS, start } from "../../../support/harness.ts";
import { confirm, draft, FROM, later, look, useMail } from "../../../support/mail.ts";

const { database, smtp, begin } = await useMail();

describe("a mail server that fails", () => {
  const faulty = async (fault: Fault) => {
    const limits = { ...PATIENT_LIMITS };
    const { greenflag } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0, limits } });
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    smtp.fault = fault;
    const hangs = fault.startsWith("hang");
    const before = smtp.hangs;
    // One that hangs is waited for shortly, and longer where this machine is too slow to come as far in that time.
    for (let silence = 500; ; silence *= 2) {
      if (hangs) Object.assign(limits, { greeting: silence, silence });
      await greenflag.dispatcher.runOnce();
      if (!hangs || smtp.hangs > before) break;
      later(greenflag, 4 * 3_600);
    }
    Object.assign(limits, PATIENT_LIMITS);
    return { greenflag, id };
  };

  it.each([
    "451 greylist",
    "hang at greeting",
    "hang at hello",
    "hang at sender",
    "hang at recipient",
  ] as const)("is asked again after %s, since nothing was handed over", async (fault) => {
    const { greenflag, id } = await faulty(fault);
    expect(await look(greenflag, id)).toMatchObject({
      status: "approved",
      outcome: expect.stringMatching(/it is tried again/),
    });
    expect(smtp.received).toEqual([]);
    smtp.fault = undefined;
    later(greenflag, 299);
    expect(await greenflag.dispatcher.runOnce()).toBe(0);
    later(greenflag, 1);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toHaveLength(1);
    expect(await look(greenflag, id)).toMatchObject({ status: "sent" });
  });

  it("is given up after five tries, and a person may have it tried again", async () => {
    const { greenflag, id } = await faulty("451 greylist");
    for (let n = 0; n < 6; n += 1) {
      later(greenflag, 4 * 3_600);
      await greenflag.dispatcher.runOnce();
    }
    expect(await look(greenflag, id)).toMatchObject({
      status: "failed",
      outcome: expect.stringMatching(/failed 5 times \(451\)/),
    });
    smtp.fault = undefined;
    await confirm(greenflag, id);
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toHaveLength(1);
  });

  it.each(["550 at recipient", "550 after the text"] as const)(
    "is believed when it refuses for good (%s), and its words go nowhere",
    async (fault) => {
      const { greenflag, id } = await faulty(fault);
      const found = await look(greenflag, id);
      expect(found).toMatchObject({
        status: "failed",
        outcome: expect.stringMatching(/was refused \(550\); nothing was sent/),
      });
      expect(JSON.stringify(found)).not.toMatch(/mailbox|\b555\b|spam/);
      later(greenflag, 24 * 3_600);
      smtp.fault = undefined;
      expect(await greenflag.dispatcher.runOnce()).toBe(0);
      expect(smtp.received).toEqual([]);
    },
  );

  it.each([
    "451 after the text, and kept",
    "drop after the text, and kept",
    "hang after the text",
    "drop in the middle of the text",
  ] as const)("leaves it open on %s: unknown, never sent again on its own", async (fault) => {
    const { greenflag, id } = await faulty(fault);
    expect(await look(greenflag, id)).toMatchObject({
      status: "unknown",
      outcome: expect.stringMatching(/may have taken it.*Look in the sent mail/),
    });
    smtp.fault = undefined;
    const before = smtp.received.length;
    for (let n = 0; n < 3; n += 1) {
      later(greenflag, 24 * 3_600);
      expect(await greenflag.dispatcher.runOnce()).toBe(0);
    }
    expect(smtp.received).toHaveLength(before);
    const { confirmation } = await greenflag.ok("send_message", { message: id });
    expect(confirmation.summary).toMatch(/^SEND AGAIN\? .*may get it twice/s);
    await greenflag.ok("send_message", { message: id, confirm: confirmation.code });
    await greenflag.dispatcher.runOnce();
    expect(smtp.received).toHaveLength(before + 1);
    expect(new Set(smtp.received.map(({ mail }) => mail.messageId)).size).toBe(1);
  });

  it("makes a message unknown when nobody wrote down what came of it", async () => {
    const { greenflag, store } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
    const { id } = await draft(greenflag);
    await confirm(greenflag, id);
    // What a process leaves behind that ended between the two transactions.
    await database.db
      .update(outbox)
      .set({ state: "sending", claimedBy: "gone", claimedAt: greenflag.clock.now, attempts: 1 })
      .where(eq(outbox.workspaceId, store.workspaceId));
    await greenflag.dispatcher.runOnce();
    await greenflag.dispatcher.runOnce();
    later(greenflag, 121);
    await greenflag.dispatcher.runOnce();
    expect(await look(greenflag, id)).toMatchObject({
      status: "unknown",
      outcome: expect.stringMatching(/The program ended while/),
    });
    expect(smtp.received).toEqual([]);
  });

  it("has every message handed over once, however many processes look for it", async () => {
    const { greenflag, store } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
    const ids: string[] = [];
    for (const purpose of ["status_update", "source", "screen_invite", "reengage"]) {
      await greenflag.ok("update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
      const { id } = await draft(greenflag, { purpose });
      await confirm(greenflag, id);
      ids.push(id);
    }
    smtp.fault = "slow";
    const others = await Promise.all(
      [1, 2, 3].map(() => start({ store, clock: greenflag.clock, mail: { smtpUrl: smtp.url, from: FROM } })),
    );
    await Promise.all([greenflag, ...others].map(({ dispatcher }) => dispatcher.runOnce()));
    expect(smtp.received.map(({ mail }) => mail.messageId).sort()).toEqual(
      ids.map((id) => `<${id}@acme.example>`).sort(),
    );
  });
});
