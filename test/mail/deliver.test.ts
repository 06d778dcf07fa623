import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fault, type LocalSmtp, startSmtp } from "../../examples/smtp/server.ts";
import type { Handover } from "../../src/domain/outreach/outbox.ts";
import type { Mail } from "../../src/mail/compose.ts";
import { greet, type SmtpLimits } from "../../src/mail/deliver.ts";
import { createMailer } from "../../src/mail/mailer.ts";
import { parseSmtpUrl } from "../../src/mail/smtp-url.ts";

const MAIL: Mail = {
  messageId: "<0199@example.test>",
  from: { name: "Ada Byron", address: "ada@example.test" },
  replyTo: null,
  to: "zoe@example.test",
  subject: "About the role",
  body: "Hello Zoë,\n\n.a line that begins with a dot\n\nAda\n",
  date: new Date("2026-11-24T09:00:00Z"),
  unsubscribe: null,
  invite: null,
};
/** Longer than this machine takes, however slow it is. */
const LIMITS = { connect: 300_000, greeting: 300_000, silence: 300_000, whole: 300_000 };

let smtp: LocalSmtp;
beforeAll(async () => {
  smtp = await startSmtp();
});
afterAll(() => smtp.close());

const send = (fault?: Fault) => {
  smtp.fault = fault;
  return createMailer(smtp.url, LIMITS).send(MAIL);
};

/**
 * Sends to a server that hangs, and waits for it shortly: longer, once more, where this machine was too slow to come as
 * far as that.
 */
async function sendInto(hang: Fault, limits: (ms: number) => Partial<SmtpLimits>): Promise<Handover> {
  smtp.fault = hang;
  for (let ms = 300; ; ms *= 2) {
    const before = smtp.hangs;
    const outcome = await createMailer(smtp.url, { ...LIMITS, ...limits(ms) }).send(MAIL);
    if (smtp.hangs > before) return outcome;
  }
}
const isHang = (fault: Fault) => fault.startsWith("hang");
const untilSilent = (ms: number) => ({ greeting: ms, silence: ms });

describe("handing over", () => {
  it("delivers one message to one recipient", async () => {
    expect(await send()).toEqual({ kind: "sent" });
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]).toMatchObject({ from: "ada@example.test", recipients: ["zoe@example.test"] });
    expect(smtp.received[0]?.mail.text).toContain("\n.a line that begins with a dot\n");
  });

  it.each([
    ["hang at greeting", { kind: "not_now", at: "connect", code: null }],
    ["hang at hello", { kind: "not_now", at: "connect", code: null }],
    ["hang at sender", { kind: "not_now", at: "sender", code: null }],
    ["hang at recipient", { kind: "not_now", at: "sender", code: null }],
    ["garbage", { kind: "not_now", at: "connect", code: null }],
    ["451 greylist", { kind: "not_now", at: "recipient", code: 451 }],
    ["550 at recipient", { kind: "refused", at: "recipient", code: 550 }],
    ["550 after the text", { kind: "refused", at: "message", code: 550 }],
  ] as const)("knows that nothing arrived on %s", async (fault, outcome) => {
    const before = smtp.received.length;
    expect(await (isHang(fault) ? sendInto(fault, untilSilent) : send(fault))).toEqual(outcome);
    expect(smtp.received).toHaveLength(before);
  });

  it.each([
    ["hang after the text", null, 1],
    ["451 after the text, and kept", 451, 1],
    ["drop after the text, and kept", null, 1],
    ["drop in the middle of the text", null, 0],
  ] as const)("does not claim to know what came of it on %s", async (fault, code, arrived) => {
    const before = smtp.received.length;
    const outcome = await (isHang(fault) ? sendInto(fault, untilSilent) : send(fault));
    expect(outcome).toEqual({ kind: "unclear", code });
    expect(smtp.received).toHaveLength(before + arrived);
  });

  it("waits for a server that is only slow", async () => {
    expect(await send("slow")).toEqual({ kind: "sent" });
  });

  it("gives up in the end, however a server keeps it busy", async () => {
    const inAll = (whole: number) => ({ whole });
    expect(await sendInto("hang at hello", inAll)).toMatchObject({ kind: "not_now" });
    expect(await sendInto("hang after the text", inAll)).toMatchObject({ kind: "unclear" });
  });

  it("knows a server that is not there", async () => {
    const outcome = await createMailer("smtp://127.0.0.1:9", LIMITS).send(MAIL);
    expect(outcome).toEqual({ kind: "not_now", at: "connect", code: null });
  });

  it("signs in, and knows when that is refused", async () => {
    const locked = await startSmtp({ user: "mara", password: "p:s@/?#" });
    expect(await createMailer(locked.url, LIMITS).send(MAIL)).toEqual({ kind: "sent" });
    const wrong = locked.url.replace("mara:", "eve:");
    expect(await createMailer(wrong, LIMITS).send(MAIL)).toEqual({
      kind: "refused",
      at: "sign_in",
      code: 535,
    });
    expect(locked.received).toHaveLength(1);
    await locked.close();
  });

  it("uses TLS where this machine's server offers it", async () => {
    const encrypted = await startSmtp({ starttls: true });
    expect(await createMailer(encrypted.url, LIMITS).send(MAIL)).toEqual({ kind: "sent" });
    await encrypted.close();
  });

  it.each([
    ["in the clear", false],
    ["under a certificate that nobody signed", true],
  ])("hands nothing over to another machine %s", async (_name, starttls) => {
    const server = await startSmtp({ starttls });
    // This machine by a name that is no loopback name: the rule for other machines holds for it.
    const elsewhere = server.url.replace("127.0.0.1", "0.0.0.0");
    expect(parseSmtpUrl(elsewhere).loopback).toBe(false);
    expect(await createMailer(elsewhere, LIMITS).send(MAIL)).toMatchObject({ kind: "refused", at: "tls" });
    expect(server.received).toEqual([]);
    await server.close();
  });
});

describe("SMTP_URL", () => {
  it.each([
    ["smtp://mail.example.test", { port: 587, secure: false, loopback: false, user: null }],
    ["smtps://mail.example.test", { port: 465, secure: true }],
    ["smtp://a%40b:c%3Ad@mail.example.test:25", { port: 25, user: "a@b", password: "c:d" }],
    ["smtp://localhost:1025", { loopback: true }],
    ["smtp://[::1]:1025", { host: "::1", loopback: true }],
    ["smtp://127.0.0.1.example.test", { loopback: false }],
    ["smtp://localhost.example.test", { loopback: false }],
  ])("reads %s", (text, server) => {
    expect(parseSmtpUrl(text)).toMatchObject(server);
  });

  it.each(["http://x", "smtp://", "x", "smtp://u:s3cret@h?tls.rejectUnauthorized=false"])(
    "refuses %s without repeating it",
    (text) => {
      const refused = expect.objectContaining({
        code: "invalid",
        message: expect.not.stringMatching(/s3cret|reject/),
      });
      expect(() => parseSmtpUrl(text)).toThrow(refused);
    },
  );
});

describe("greeting", () => {
  const ask = (url: string, fault?: Fault, server = smtp) => {
    server.fault = fault;
    return greet(parseSmtpUrl(url), fault && isHang(fault) ? { ...LIMITS, ...untilSilent(300) } : LIMITS);
  };

  it("finds a server that would take mail, and sends none", async () => {
    const before = smtp.received.length;
    expect(await ask(smtp.url)).toBeUndefined();
    expect(smtp.received).toHaveLength(before);
  });

  it.each([
    ["hang at greeting", { at: "connect", code: null }],
    ["hang at hello", { at: "connect", code: null }],
    ["garbage", { at: "connect", code: null }],
  ] as const)("is given up on %s", async (fault, refusal) => {
    expect(await ask(smtp.url, fault)).toEqual(refusal);
  });

  it("tells a wrong password, and where nobody listens", async () => {
    const guarded = await startSmtp({ user: "ada", password: "right" });
    expect(await ask(guarded.url, undefined, guarded)).toBeUndefined();
    expect(await ask(guarded.url.replace("right", "wrong"), undefined, guarded)).toEqual({
      at: "sign_in",
      code: 535,
    });
    await guarded.close();
    expect(await ask(guarded.url, undefined, guarded)).toEqual({ at: "connect", code: null });
  });
});
