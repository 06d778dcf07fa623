import { describe, expect, it } from "vitest";
import type { LocalSmtp } from "../../../examples/smtp/server.ts";
import { closeOptOuts } from "../../../src/store/candidates/mails.ts";
import { confirm, draft, FROM, look, useMail } from "../../support/mail.ts";

const { smtp, begin } = await useMail();
const ZOE = "Zoe Okafor <zoe@example.test>";
const MIME = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8";
type Greenflag = Awaited<ReturnType<typeof begin>>["greenflag"];

/** What a mail server does that may have taken a message. */
const LOST = "451 after the text, and kept";

/** Starts with a message to Zoë that was sent, or of which nobody knows whether it was. */
async function beginSent(fault?: LocalSmtp["fault"]) {
  const { greenflag, store } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
  const { id, body } = await draft(greenflag);
  await confirm(greenflag, id);
  smtp.fault = fault;
  await greenflag.dispatcher.runOnce();
  smtp.fault = undefined;
  return { greenflag, store, id, body, messageId: `<${id}@acme.example>` };
}
const add = (greenflag: Greenflag, text: string, more: object = {}) =>
  greenflag.call("add_document", { application: "MLE-1", kind: "email", text, ...more });
const mail = (headers: string, text: string, from = ZOE) =>
  `From: ${from}\nTo: Ada <ada@example.test>\n${headers}\n${MIME}\n\n${text}\n`;
const points = async (greenflag: Greenflag) =>
  (await greenflag.ok("score_candidate", { application: "MLE-1" })).assessment.points.total;

const report = (named: string, action: string) =>
  [
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.test>",
    "To: hiring@acme.example",
    "Subject: Undelivered Mail Returned to Sender",
    `In-Reply-To: ${named}`,
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.test",
    "",
    "Final-Recipient: rfc822; zoe@example.test",
    `Action: ${action}`,
    "Status: 5.1.1",
    "--b",
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${named}`,
    "Subject: Where we are",
    "--b--",
    "",
  ].join("\n");

describe("a mail that no person wrote", () => {
  it("tells that a message did not arrive, when it is a delivery report, and answers nothing", async () => {
    for (const fault of [undefined, LOST] as const) {
      const { greenflag, id, messageId } = await beginSent(fault);
      const { facts, text } = await add(greenflag, report(messageId, "failed"));
      expect(facts).toMatchObject({ report: { delivery: "failed", message: id } });
      expect(facts).toMatchObject({ document: { mail: { what: "delivery_report", author: "other" } } });
      expect(facts).not.toHaveProperty("in_reply_to");
      expect(text).toContain(`message ${id} did not arrive`);
      expect(await look(greenflag, id)).toMatchObject({
        status: "failed",
        outcome: expect.stringMatching(/did not arrive/),
        replies: [],
      });
      // It can be sent again once the address is right.
      expect(await greenflag.ok("send_message", { message: id })).toHaveProperty("confirmation");
    }
  });

  it("changes nothing about a message when it reports a delay, or another mail", async () => {
    const { greenflag, id, messageId } = await beginSent(LOST);
    for (const [text, told] of [
      [report(messageId, "delayed"), { delivery: "delayed", message: id }],
      [report(messageId, "relayed"), { delivery: "delivered", message: id }],
      [report("<other@acme.example>", "failed"), { delivery: "failed", message: null }],
    ] as const)
      expect((await add(greenflag, text)).facts).toMatchObject({ report: told });
    expect(await look(greenflag, id)).toMatchObject({ status: "unknown", replies: [] });
  });

  it("is known as a delivery report in plain text, by its sender and its name", async () => {
    const { greenflag, id, messageId } = await beginSent();
    const text =
      `From: postmaster@mx.example.test\nTo: hiring@acme.example\nSubject: Unzustellbar: Where we are\n\n` +
      `Ihre Nachricht konnte nicht zugestellt werden.\nMessage-ID: ${messageId}\n`;
    expect((await add(greenflag, text)).facts).toMatchObject({ report: { delivery: "failed", message: id } });
    expect(await look(greenflag, id)).toMatchObject({ status: "failed" });
  });

  it.each([
    ["Auto-Submitted", "Subject: Automatic reply: role\nAuto-Submitted: auto-replied\nPrecedence: bulk"],
    ["its subject", "Subject: Abwesenheitsnotiz: Re: Where we are"],
    ["X-Autoreply", "Subject: Re: Where we are\nX-Autoreply: yes"],
  ])("is kept, and answers nothing, when it is an absence told by %s", async (_name, headers) => {
    const { greenflag, id, messageId } = await beginSent(LOST);
    const before = await points(greenflag);
    const away = "I am away until 4 January. Cut GPU spend by 41%, from $90k to $50k a month.";
    const { facts, text } = await add(greenflag, mail(`${headers}\nIn-Reply-To: ${messageId}`, away));
    expect(facts).toMatchObject({ document: { mail: { what: "auto_reply" } } });
    expect(facts).not.toHaveProperty("in_reply_to");
    expect(text).toMatch(/A program wrote it/);
    expect(await look(greenflag, id)).toMatchObject({ status: "unknown", replies: [] });
    expect(await points(greenflag)).toBe(before);
  });

  it("is told as a calendar's reply with what it answers", async () => {
    const { greenflag, id, messageId } = await beginSent(LOST);
    const text = [
      `From: ${ZOE}`,
      `Subject: Accepted: Interview\nIn-Reply-To: ${messageId}\nMIME-Version: 1.0`,
      'Content-Type: multipart/alternative; boundary="b"\n',
      "--b\nContent-Type: text/plain\n\nZoe has accepted this invitation.\n",
      "--b\nContent-Type: text/calendar; method=REPLY; charset=utf-8\n",
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1@acme.example",
      "ATTENDEE;CN=Zoe;\n PARTSTAT=ACCEPTED:mailto:zoe@example.test\nEND:VEVENT\nEND:VCALENDAR\n--b--\n",
    ].join("\n");
    const answer = await add(greenflag, text);
    const told = {
      what: "calendar_reply",
      author: "candidate",
      from: "zoe@example.test",
      calendar_answer: "accepted",
    };
    expect(answer.facts).toMatchObject({ document: { mail: told } });
    expect(answer.facts).not.toHaveProperty("in_reply_to");
    expect(answer.text).toMatch(/calendar's reply to an invitation \(accepted\)/);
    expect(await look(greenflag, id)).toMatchObject({ status: "unknown" });
  });
});

describe("whose a mail is", () => {
  const CLAIM = "Cut GPU spend by 41%, from $90k to $50k a month, and ran 40 models in production.";

  it("is asked where a stranger sends it, and nothing is filed until somebody says", async () => {
    const { greenflag, id, messageId } = await beginSent(LOST);
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const text = mail(
      `Subject: Re: role\nIn-Reply-To: ${messageId}`,
      "Thursday suits me.",
      "Z <z@home.test>",
    );
    const first = await add(greenflag, text);
    expect(first.facts).toMatchObject({ document: { mail: { author: "unknown", from: "z@home.test" } } });
    expect(first.facts).not.toHaveProperty("in_reply_to");
    expect(first.text).toMatch(/z@home\.test, neither the candidate nor on the team.*\n?.*author: candidate/);
    expect(await look(greenflag, id)).toMatchObject({ status: "unknown", replies: [] });

    const stated = await add(greenflag, text, { author: "candidate" });
    expect(stated.facts).toMatchObject({ in_reply_to: id, document: { mail: { author: "candidate" } } });
    expect(await look(greenflag, id)).toMatchObject({ status: "sent", replies: [stated.facts.document.id] });
    const { history } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["history"] });
    expect(history).toBeDefined();
    const again = await add(greenflag, text, { author: "candidate" });
    expect(again.facts.note).toMatch(/nothing was changed/);
    // From now on that address is theirs.
    const next = await add(greenflag, mail("Subject: Hello", "See you.", "z@home.test"));
    expect(next.facts).toMatchObject({ document: { mail: { author: "candidate" } } });
  });

  it.each([
    ["a stranger's", mail("Subject: About Zoe", CLAIM, "Bo <bo@else.test>"), undefined],
    ["a mail without a sender", `Subject: About Zoe\nTo: Ada\n${MIME}\n\n${CLAIM}`, undefined],
    ["somebody else's, as a person says", mail("Subject: About Zoe", CLAIM), "other"],
    ["the team's, as a person says", CLAIM, "team"],
    ["a member's", mail("Subject: About Zoe", CLAIM, "Ada <ada@example.test>"), undefined],
  ])("decides that %s is no evidence", async (_name, text, author) => {
    const { greenflag } = await begin();
    const before = await points(greenflag);
    await add(greenflag, text, author === undefined ? {} : { author });
    expect(await points(greenflag)).toBe(before);
    const finding = { flag: "reliability_win", verdict: "present", quotes: [CLAIM] };
    const refused = await greenflag.refused("score_candidate", { application: "MLE-1", findings: [finding] });
    expect(refused).toMatch(/not the candidate's own words/);
  });

  it("is ours, when our own message is stored again", async () => {
    const { greenflag, body, messageId } = await beginSent();
    const sent = `Message-ID: ${messageId}\nSubject: Where we are`;
    for (const text of [
      mail(sent, body, `Ada <${FROM}>`),
      mail("Subject: x", body, "copy@else.test"),
      body,
    ]) {
      const { facts } = await add(greenflag, text);
      expect(facts).toMatchObject({ document: { mail: { author: "team" } } });
      expect(facts).not.toHaveProperty("in_reply_to");
    }
  });

  it("is said of mails alone", async () => {
    const { greenflag } = await begin();
    const note = { application: "MLE-1", kind: "note", text: "She was late.", author: "candidate" };
    expect(await greenflag.refused("add_document", note)).toMatch(/author: only a mail has one/);
  });

  it("does not take a sender's address for markup", async () => {
    const { greenflag } = await begin();
    const text = `From: ${ZOE}\nTo: Ada <ada@example.test>\nSubject: Hello\n\nThursday works.`;
    const { facts } = await add(greenflag, text);
    expect(facts.document).toMatchObject({ hidden_text_removed: 0, chars: text.length });
  });
});

describe("words of others in a mail", () => {
  it("are counted, kept apart, and shown to whoever asks for that mail", async () => {
    const { greenflag } = await begin();
    const quoted = "On 30 Nov 2026, at 09:00, Ada <ada@example.test> wrote:\n> Are you on call?";
    const signature = "-- \nZoe Okafor";
    const { facts, text } = await add(greenflag, `Yes.\n${signature}\n\n${quoted}`);
    const { document } = facts;
    expect(document).toMatchObject({
      chars: 4,
      apart: { quoted: quoted.length, signature: signature.length },
    });
    expect(text).toContain(`${quoted.length} quoted characters`);
    const whole = { application: "MLE-1", include: ["documents"] };
    const { documents } = await greenflag.ok("get_candidate", whole);
    const shown = documents.find((d: { id: string }) => d.id === document.id);
    expect(shown.untrusted.text).toBe("Yes.");
    expect(shown).not.toHaveProperty("apart_text");
    const one = await greenflag.call("get_candidate", { application: "MLE-1", document: document.id });
    expect(one.text).toContain("> Are you on call?");
    expect(one.facts.documents[0].apart_text).toEqual([
      { what: "signature", untrusted: expect.objectContaining({ text: signature }) },
      { what: "quoted", untrusted: expect.objectContaining({ text: quoted }) },
    ]);
  });

  it("are our message's, however a program shows them", async () => {
    const { greenflag, body } = await beginSent();
    const line = body.split("\n").find((each) => each.length > 40) ?? "";
    const { facts } = await add(greenflag, `${line}\n\nYes, gladly.`);
    expect(facts.document.apart.quoted).toBe(line.length);
  });
});

describe("what reads like an opt-out", () => {
  const STOP = "Please do not contact me again and remove my address. STOP";
  const next = (greenflag: Greenflag) =>
    greenflag.ok("draft_outreach", { application: "MLE-1", purpose: "status_update", note: "Soon." });

  it("is pointed out, and holds drafts up until somebody has looked", async () => {
    const { greenflag, store, messageId } = await beginSent();
    const text = mail(`Subject: Re: role\nIn-Reply-To: ${messageId}`, STOP);
    const { facts, text: told } = await add(greenflag, text);
    expect(facts.document.mail.opt_out).toMatch(/^Please do not contact me again/);
    expect(told).toMatch(/reads like an opt-out.*greenflag suppress/s);
    const { message, next: step } = await next(greenflag);
    expect(message.findings).toContainEqual(expect.objectContaining({ rule: "opt_out", severity: "error" }));
    expect(step).toBeUndefined();
    const refused = await greenflag.refused("send_message", { message: message.id });
    expect(refused).toMatch(/nobody has looked.*greenflag suppress/s);

    const look = () =>
      store.write(new AbortController().signal, (tx) =>
        closeOptOuts(tx, store.workspaceId, "zoe@example.test", greenflag.clock.now),
      );
    expect([await look(), await look()]).toEqual([1, 0]);
    expect((await next(greenflag)).message.findings.map(({ rule }: { rule: string }) => rule)).not.toContain(
      "opt_out",
    );
    expect((await add(greenflag, text)).facts.document.mail).not.toHaveProperty("opt_out");
  });

  it.each([
    ["it is quoted", `Gladly!\n\n> ${STOP}`, {}],
    ["it is no opt-out", "Please do not hesitate to contact me again.", {}],
    ["it is the team's", STOP, { author: "team" }],
  ])("is left alone where %s", async (_name, text, more) => {
    const { greenflag } = await begin();
    expect((await add(greenflag, text, more)).facts.document.mail).not.toHaveProperty("opt_out");
    expect((await next(greenflag)).message.findings.map(({ rule }: { rule: string }) => rule)).not.toContain(
      "opt_out",
    );
  });

  it("counts from an address that is not on record, too", async () => {
    const { greenflag } = await begin();
    await add(greenflag, mail("Subject: unsubscribe", "", "Z <z@home.test>"));
    expect((await next(greenflag)).message.findings).toContainEqual(
      expect.objectContaining({ rule: "opt_out" }),
    );
  });
});

describe("files that came with a mail", () => {
  const CV = "Ran 12 models in production on KServe 0.13.";
  const eml = [
    `From: ${ZOE}`,
    'MIME-Version: 1.0\nSubject: My papers\nContent-Type: multipart/mixed; boundary="b"\n',
    "--b\nContent-Type: text/plain\n\nHere they are.\n",
    '--b\nContent-Type: text/plain; name="cv.txt"\nContent-Disposition: attachment; filename="cv.txt"',
    `Content-Transfer-Encoding: base64\n\n${Buffer.from(CV).toString("base64")}\n`,
    '--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="x.bin"\n\nabc\n--b--\n',
  ].join("\n");

  it("are listed, and each can be added as a document", async () => {
    const { greenflag } = await begin();
    const { facts, text } = await add(greenflag, eml);
    const files = [
      { name: "cv.txt", type: "text/plain", bytes: CV.length },
      { name: "x.bin", type: "application/octet-stream", bytes: 3 },
    ];
    expect(facts.document.mail.attachments).toEqual(files);
    expect(text).toContain(`cv.txt (text/plain, ${CV.length} bytes)`);
    const base64 = Buffer.from(eml).toString("base64");
    for (const way of [{ text: eml }, { base64, name: "papers.eml" }]) {
      const ask = { application: "MLE-1", kind: "cover_letter", attachment: "CV.txt", ...way };
      const { document } = await greenflag.ok("add_document", ask);
      expect(document).toMatchObject({ kind: "cover_letter", chars: CV.length });
      expect(document).not.toHaveProperty("mail");
    }
  });

  it("are named where there is none of that name, and refused where they cannot be read", async () => {
    const { greenflag } = await begin();
    const ask = { application: "MLE-1", kind: "resume", text: eml };
    expect(await greenflag.refused("add_document", { ...ask, attachment: "cv.pdf" })).toMatch(
      /Allowed: cv\.txt, x\.bin/,
    );
    expect(await greenflag.refused("add_document", { ...ask, attachment: "x.bin" })).toMatch(
      /format is not read/,
    );
    const plain = { ...ask, text: "No mail at all." };
    expect(await greenflag.refused("add_document", { ...plain, attachment: "x" })).toMatch(
      /no files with it/,
    );
  });
});
