import { describe, expect, it } from "vitest";
import { useDatabase } from "../../support/database.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const begin = async () => startWithCandidate({ store: await database.workspace() });

describe("draft_outreach", () => {
  it("picks the purpose from the stage, cites the candidate's own words, and sends nothing", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", {
      role: "MLE",
      comp_min: 170000,
      comp_max: 205000,
      outcomes: ["p99 from 900 ms to 250 ms"],
    });
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message).toMatchObject({
      purpose: "screen_invite",
      to: "zoe@example.test",
      status: "draft",
      findings: [],
    });
    expect(message.body).toContain("Ran 12 models in production on KServe 0.13");
    expect(message.body).toContain("USD 170,000 to 205,000 a year");
    expect(message.body).toMatch(/^Hello Zoë,\n/);
    expect(message.body).not.toMatch(/\{\{|\{%|\n{3}/);
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toMatchObject([{ id: message.id, status: "draft" }]);
  });

  it("finds what is missing", async () => {
    const greenflag = await begin();
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1", language: "de" });
    expect(message.findings.map((f: { rule: string }) => f.rule)).toEqual([
      "salary_missing",
      "no_evidence",
      "language",
    ]);
  });

  it("does not store the same draft twice", async () => {
    const greenflag = await begin();
    const first = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose: "rejection" });
    const again = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose: "rejection" });
    expect(again).toMatchObject({
      message: { id: first.message.id },
      note: expect.stringMatching(/nothing was changed/),
    });
  });

  it.each([
    "source",
    "screen_invite",
    "exercise_invite",
    "exercise_reminder",
    "schedule",
    "status_update",
    "rejection",
    "offer_talk",
    "offer_followup",
    "reengage",
  ])("writes %s short, whole, and without a promise or an exclamation", async (purpose) => {
    const greenflag = await begin();
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose });
    expect(message.body.split(/\s+/).length).toBeLessThan(180);
    expect(`${message.subject}\n${message.body}`).not.toMatch(
      /!|\{|\}|undefined|null|\bexcited\b|\bpassionate\b|rockstar/i,
    );
    expect(message.subject.trim()).not.toBe("");
  });

  it("puts names and notes in as text, whatever they look like", async () => {
    const greenflag = await begin();
    const name = "{{ role.title }} {% include '/etc/passwd' %}";
    await greenflag.ok("add_candidate", { role: "MLE", name, email: "b@example.test" });
    const note = "{% for i in (1..100000000) %}x{% endfor %} {{ sender.__proto__ }}";
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-2", note });
    expect(message.body).toContain("Hello {{,");
    expect(message.body).toContain(note);
    expect(message.findings.map((f: { rule: string }) => f.rule)).toContain("unfilled");
  });

  it.each([
    ["purpose", { purpose: "spam" }, /"spam".*screen_invite/],
    ["application", { application: "MLE-9" }, /No application "MLE-9"/],
  ])("refuses an unknown %s", async (_name, args, text) => {
    const greenflag = await begin();
    expect(await greenflag.refused("draft_outreach", { application: "MLE-1", ...args })).toMatch(text);
  });
});
