import fc from "fast-check";
import { type AddressObject, simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../src/catalog/lexicon.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { checkDraft } from "../../src/domain/message-check/check.ts";
import { isSafeEmailAddress } from "../../src/domain/outreach/address.ts";
import { SAMPLE_FACTS } from "../../src/domain/outreach/facts.ts";
import { composeMail, type Mail, mailtoLink } from "../../src/mail/compose.ts";
import { renderMessage } from "../../src/mail/render.ts";

const MAIL: Mail = {
  messageId: "<0199a@example.test>",
  from: { name: "Ada Byron", address: "hiring@example.test" },
  replyTo: "ada@example.test",
  to: "zoe@example.test",
  subject: "About the role",
  body: "Hello Zoë,\n\n- one\n- two\n\nhttps://github.com/acme/task is yours.\nAda\n",
  date: new Date("2026-11-24T09:00:00Z"),
  unsubscribe: null,
  invite: null,
};
const FIXED = ["content-type", "from", "reply-to", "to", "subject", "message-id", "date", "mime-version"];
const OUT = ["list-unsubscribe", "list-unsubscribe-post"];

const parse = async (mail: Mail) => {
  const raw = await composeMail(mail);
  // Header names as they travel, before a parser gathers the list headers under one key.
  const head = raw.toString("latin1").split("\r\n\r\n")[0] ?? "";
  const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(":")).toLowerCase());
  return { raw: raw.toString("utf8"), names, parsed: await simpleParser(raw) };
};
const addresses = (field: AddressObject | AddressObject[] | undefined) =>
  [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address));

describe("a composed message", () => {
  it("has the fixed headers, plain text first, and HTML made from it", async () => {
    const { parsed, names, raw } = await parse(MAIL);
    expect(names.sort()).toEqual([...FIXED].sort());
    expect(parsed).toMatchObject({ messageId: MAIL.messageId, subject: MAIL.subject, text: MAIL.body });
    expect(parsed.from?.value).toEqual([{ name: "Ada Byron", address: "hiring@example.test" }]);
    expect(addresses(parsed.to)).toEqual(["zoe@example.test"]);
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(parsed.html).toContain("<ul>\n<li>one</li>\n<li>two</li>\n</ul>");
    expect(parsed.html).toContain('<a href="https://github.com/acme/task">https://github.com/acme/task</a>');
  });

  it("offers a way out by mail, and with one click only where there is a page for it", async () => {
    const byMail = { mailto: "ada@example.test", url: null };
    const { raw: plain, names } = await parse({ ...MAIL, unsubscribe: byMail });
    expect(plain).toContain("List-Unsubscribe: <mailto:ada@example.test?subject=unsubscribe>\r\n");
    expect(names).not.toContain("list-unsubscribe-post");
    const page = { ...byMail, url: "https://acme.example/out?m=0199" };
    const { raw } = await parse({ ...MAIL, unsubscribe: page });
    expect(raw.replace(/\r\n /g, " ")).toContain(
      "List-Unsubscribe: <https://acme.example/out?m=0199>, <mailto:ada@example.test?subject=unsubscribe>\r\n",
    );
    expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
  });

  it("carries an invitation as text/calendar when there is one", async () => {
    const content = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    const { raw, parsed } = await parse({ ...MAIL, invite: { method: "REQUEST", content } });
    expect(raw).toMatch(/content-type: text\/calendar; charset=utf-8;\s+method=REQUEST/i);
    expect(parsed.attachments.map((a) => [a.filename, a.content.toString()])).toContainEqual([
      "invite.ics",
      content,
    ]);
  });

  it("is the same, to the same one person, whatever names, notes and documents contain", async () => {
    const nasty = fc.constantFrom(
      "\r\nBcc: eve@evil.example\r\n",
      "\nTo: eve@evil.example",
      "a@b.example, eve@evil.example",
      '"eve@evil.example" <eve@evil.example>',
      "<img src=https://evil.example/p>",
      "[x](javascript:alert(1))",
      "\u202e",
      "\r\n.\r\nMAIL FROM:<x@y.example>\r\n",
      "=?utf-8?q?=0d=0aBcc:eve@evil.example?=",
      "ｅve＠evil.example",
      "--boundary\r\nContent-Type: text/html\r\n\r\n",
    );
    const words = fc
      .array(fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 20 })), { maxLength: 4 })
      .map((parts) => parts.join(" "));
    await fc.assert(
      fc.asyncProperty(words, words, words, fc.boolean(), async (name, subject, body, unasked) => {
        const unsubscribe = unasked ? { mailto: "ada@example.test", url: "https://acme.example/out" } : null;
        const mail = {
          ...MAIL,
          from: { ...MAIL.from, name },
          subject,
          body: `Hello,\n${body}\n`,
          unsubscribe,
        };
        const { names, parsed } = await parse(mail);
        expect(addresses(parsed.to)).toEqual(["zoe@example.test"]);
        expect(addresses(parsed.from)).toEqual(["hiring@example.test"]);
        expect(addresses(parsed.replyTo)).toEqual(["ada@example.test"]);
        expect(parsed.cc).toBeUndefined();
        expect(parsed.bcc).toBeUndefined();
        expect(parsed.attachments).toEqual([]);
        const allowed = [...FIXED, ...(unasked ? OUT : [])];
        // An empty subject is left out.
        for (const header of names) expect(allowed).toContain(header);
        expect(new Set(names).size).toBe(names.length);
        expect(String(parsed.html)).not.toMatch(/<(?!\/?(?:html|body|p|br|ul|li|a)\b|!doctype html>)[a-z]/i);
        expect(String(parsed.html)).not.toMatch(/<a href="(?!https?:\/\/)/);
      }),
      { numRuns: 300 },
    );
  });

  it("holds no address on the web that neither template nor list gave, or is not sent at all", async () => {
    const message = loadCatalog({})
      .get("mlops-engineer")
      .messages.find(({ id }) => id === "exercise_invite");
    const nasty = fc.constantFrom(
      "https://evil.example/x",
      "HTTP://EVIL.EXAMPLE",
      "www.evil.com",
      "evil.io/pay",
      "//evil.example/x",
      "https://github.com@evil.example/",
      "https://github.com.evil.example/",
      "[click](https://evil.example)",
      '<a href="https://evil.example">here</a>',
      "ftp://evil.example/f",
      "https://gіthub.com/x",
      "https:\\\\evil.example",
      "h\u200bttps://evil.example",
      "https://evil。example/",
      "javascript:alert(1)",
      "mailto:eve@evil.example",
    );
    const plain = fc.stringMatching(/^[A-Za-z ,.'-]{0,20}$/);
    const words = fc
      .array(fc.oneof({ weight: 1, arbitrary: nasty }, { weight: 4, arbitrary: plain }), { maxLength: 3 })
      .map((parts) => parts.join(" "));
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(words, words, words, async (name, note, quote) => {
        const facts = { ...SAMPLE_FACTS, name: name || "Zoë", first_name: name.split(" ")[0] || "Zoë", note };
        const text = await renderMessage(message ?? { subject: "", body: "" }, {
          ...facts,
          evidence: [quote],
        });
        const found = checkDraft(
          { ...text, purpose: "exercise_invite" },
          {
            lexicon: loadLexicon(),
            ...{
              recipientName: facts.name,
              roleTitle: facts.role.title,
              allowedNumbers: [JSON.stringify(facts)],
            },
            ...{
              otherCandidates: [],
              salaryRequired: false,
              salary: facts.salary,
              allowedHosts: ["github.com"],
            },
            ...{ now: MAIL.date, unsolicited: false, note },
          },
        );
        if (found.some(({ severity }) => severity === "error")) return;
        sent += 1;
        const { parsed } = await parse({ ...MAIL, ...text });
        const linked = [...String(parsed.html).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
        const said =
          String(parsed.text).match(/(?:https?|ftp):\/\/\S+|www\.\S+|\S*evil\.(?:com|io|example)\S*/giu) ??
          [];
        for (const address of [...linked, ...said]) expect(address).toBe(SAMPLE_FACTS.exercise?.repository);
      }),
      { numRuns: 400 },
    );
    expect(sent).toBeGreaterThan(50);
  });

  it("has a short link that opens one with its address and subject", () => {
    const link = mailtoLink({ to: "a+b@example.test", subject: "R & D? 100%" });
    const url = new URL(link);
    expect(decodeURIComponent(url.pathname)).toBe("a+b@example.test");
    expect(url.searchParams.get("subject")).toBe("R & D? 100%");
    expect([...url.searchParams.keys()]).toEqual(["subject"]);
  });
});

describe("an address that mail may go to", () => {
  it.each(["zoe@example.test", "z.o+e_1@mail.example.co", "o'neil@xn--bcher-kva.example", "a@b.co"])(
    "may be %s",
    (address) => {
      expect(isSafeEmailAddress(address)).toBe(true);
    },
  );

  it.each([
    "",
    "zoe",
    "zoe@localhost",
    "@example.test",
    "zoe@",
    "zoe@example.test,eve@evil.example",
    "zoe@example.test;eve@evil.example",
    "zoe@example.test eve@evil.example",
    "zoe@example.test\r\nRCPT TO:<eve@evil.example>",
    "zoe@example.test>\r\nDATA",
    "Zoë <zoe@example.test>",
    '"zoe@evil.example"@example.test',
    "zoe(eve@evil.example)@example.test",
    "zoe@exаmple.test",
    "zoé@example.test",
    "zoe@evil.example@example.test",
    "zoe%evil.example@[10.0.0.1]",
    "zoe@10.0.0.1",
    "zoe..x@example.test",
    ".zoe@example.test",
    "zoe@-example.test",
    "zoe@example..test",
    `${"z".repeat(65)}@example.test`,
    `zoe@${"e".repeat(64)}.test`,
    "zoe\u200b@example.test",
    "zoe@example.test\0",
  ])("is not %j", (address) => {
    expect(isSafeEmailAddress(address)).toBe(false);
  });
});
