import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { candidates } from "../../../../src/store/tables.ts";
import { startWithCandidate } from "../../../support/record.ts";
import { rules, useDrafts } from "./set-up.ts";

const { database, begin } = useDrafts();

describe("draft_outreach", () => {
  it("puts names and notes in as text, whatever they look like", async () => {
    const greenflag = await begin();
    const name = "{{ role.title }} {% include '/etc/passwd' %}";
    await greenflag.ok("add_candidate", { role: "MLE", name, email: "b@example.test" });
    const note = "{% for i in (1..100000000) %}x{% endfor %} {{ sender.__proto__ }}";
    const drafted = await greenflag.ok("draft_outreach", { application: "MLE-2", note });
    expect(drafted.message.body).toContain("Hello {{,");
    expect(drafted.message.body).toContain(note);
    expect(rules(drafted)).toContain("unfilled");
  });

  it.each([
    ["an unknown purpose", { purpose: "spam" }, /"spam".*screen_invite/],
    ["an unknown application", { application: "MLE-9" }, /No application "MLE-9"/],
  ])("refuses %s", async (_name, args, text) => {
    const greenflag = await begin();
    expect(await greenflag.refused("draft_outreach", { application: "MLE-1", ...args })).toMatch(text);
  });

  it.each([
    ["no address", null, /MLE-1 has no e-mail address on record/],
    ["two addresses", "zoe@example.test,eve@evil.example", /not one that mail can safely go to/],
    ["a line break", "zoe@example.test\r\nRCPT TO:<eve@evil.example>", /not one that mail can safely go to/],
    ["letters that only look the same", "zoe@exаmple.test", /not one that mail can safely go to/],
  ])("refuses to draft to %s", async (_name, email, text) => {
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store });
    await database.db.update(candidates).set({ email }).where(eq(candidates.workspaceId, store.workspaceId));
    expect(await greenflag.refused("draft_outreach", { application: "MLE-1" })).toMatch(text);
  });
});
