import { describe, expect, it } from "vitest";
import { FROM, useMail } from "../../../support/mail.ts";

const { smtp, begin } = await useMail();

describe("hostile names, notes and documents", () => {
  it.each([
    "Eve <eve@evil.example>, Zoë",
    '"zoe@example.test" <eve@evil.example>',
    "Zoë; Bcc: eve@evil.example",
    "Zoë ｅve＠evil.example",
    "=?utf-8?q?=0d=0aBcc:eve@evil.example?=",
    "Zoë Okafor https://evil.example/",
    "Zoë {{ sender.email }} {% include 'x' %}",
  ])("reach nobody else and lead nowhere: %j", async (name) => {
    const { greenflag } = await begin({ mail: { smtpUrl: smtp.url, from: FROM, delay: 0 } });
    await greenflag.ok("update_role", { role: "MLE", comp_min: 100_000, comp_max: 120_000 });
    const resume_text = `Ran 12 models in production on KServe 0.13; ${name}\nBcc: eve@evil.example\n`;
    await greenflag.ok("add_candidate", { role: "MLE", name, email: "mal@example.test", resume_text });
    await greenflag.ok("score_candidate", { application: "MLE-2" });
    for (const note of [undefined, `${name}\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example`]) {
      const ask = { application: "MLE-2", purpose: "screen_invite", note };
      const { message } = await greenflag.ok("draft_outreach", ask);
      const asked = await greenflag.call("send_message", { message: message.id });
      const blocked = message.findings.some((f: { severity: string }) => f.severity === "error");
      expect(asked.isError).toBe(blocked);
      if (asked.isError) continue;
      const { code } = asked.facts.confirmation;
      await greenflag.ok("send_message", { message: message.id, confirm: code });
      await greenflag.dispatcher.runOnce();
    }
    expect(smtp.received).toHaveLength(1);
    for (const { recipients, mail, raw } of smtp.received) {
      expect(recipients).toEqual(["mal@example.test"]);
      expect([mail.cc, mail.bcc, mail.attachments]).toEqual([undefined, undefined, []]);
      expect(raw.split("\r\n\r\n")[0]).not.toMatch(/evil/);
      expect(`${mail.text}${mail.html}`).not.toMatch(/https?:\/\/evil/);
    }
  });
});
