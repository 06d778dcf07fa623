import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { createGithub } from "../../../src/github/client.ts";
import { candidates } from "../../../src/store/tables.ts";
import { teamDirectory } from "../../catalog/team-directory.ts";
import { useDatabase } from "../../support/database.ts";
import type { Harness, HarnessOptions } from "../../support/harness.ts";
import { startWithCandidate } from "../../support/record.ts";

const database = useDatabase();
const begin = async (more: Partial<HarnessOptions> = {}) =>
  startWithCandidate({ store: await database.workspace(), ...more });

// A pull request is registered by its address alone: nothing is asked of GitHub.
const github = createGithub({ token: undefined, apiUrl: "https://api.github.com" });

const pay = (greenflag: Harness) =>
  greenflag.ok("update_role", {
    role: "MLE",
    comp_min: 170000,
    comp_max: 205000,
    outcomes: ["p99 from 900 ms to 250 ms"],
  });
const moveTo = async (greenflag: Harness, to: string) => {
  const move = { application: "MLE-1", to, override: true, reason: "For the test" };
  const { confirmation } = await greenflag.ok("move_candidate", move);
  if (confirmation) await greenflag.ok("move_candidate", { ...move, confirm: confirmation.code });
};
const assign = (greenflag: Harness, due = "2026-12-01") =>
  greenflag.ok("assign_exercise", {
    application: "MLE-1",
    exercise: "overprovisioned-serving",
    repository: "https://github.com/acme/serving/pull/1",
    due,
  });
const rules = ({ message }: { message: { findings: { rule: string }[] } }) =>
  message.findings.map((finding) => finding.rule);

describe("draft_outreach", () => {
  it("picks the purpose from the stage, cites the candidate's own words, and sends nothing", async () => {
    const greenflag = await begin();
    await pay(greenflag);
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message).toMatchObject({
      purpose: "screen_invite",
      to: "zoe@example.test",
      status: "draft",
      version: 1,
      findings: [],
    });
    expect(message.body).toContain('"Ran 12 models in production on KServe 0.13"');
    expect(message.body).toContain("170,000 to 205,000 USD a year");
    expect(message.body).toMatch(/^Hello Zoë,\n[\s\S]*\n\nAda Byron\n$/);
    expect(message.body).not.toMatch(/\{\{|\{%|\n{3}/);
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toMatchObject([{ id: message.id, status: "draft", replies: [] }]);
  });

  it("finds what is missing", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", { role: "MLE", location: "Milan" });
    const drafted = await greenflag.ok("draft_outreach", { application: "MLE-1", language: "de" });
    expect(rules(drafted)).toEqual(["salary_missing", "language", "no_evidence"]);
  });

  it("asks for the range where a rule in force does, and nowhere else", async () => {
    const greenflag = await begin();
    for (const [location, missing] of [
      ["Milan", true],
      ["Denver, CO", true],
      ["Zurich", false],
      ["Washington, DC", true],
      ["Cork-on-Sea", false],
    ] as const) {
      await greenflag.ok("update_role", { role: "MLE", location });
      const drafted = await greenflag.ok("draft_outreach", { application: "MLE-1" });
      expect(rules(drafted).includes("salary_missing"), location).toBe(missing);
    }
    greenflag.clock.now = new Date("2026-06-06T12:00:00Z");
    await greenflag.ok("update_role", { role: "MLE", location: "Milan" });
    expect(rules(await greenflag.ok("draft_outreach", { application: "MLE-1" }))).not.toContain(
      "salary_missing",
    );
  });

  it("does not store the same draft twice", async () => {
    const greenflag = await begin();
    const first = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    const again = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(again).toMatchObject({
      message: { id: first.message.id },
      note: expect.stringMatching(/nothing was changed/),
    });
  });

  it("revises: another note is a new version, and the one before stays on record, discarded", async () => {
    const greenflag = await begin();
    const purpose = "status_update";
    const first = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose });
    const note = "The panel meets on Thursday.";
    const second = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose, note });
    expect(second.message).toMatchObject({ version: 2, body: expect.stringContaining(note) });
    expect(second.message.id).not.toBe(first.message.id);
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toMatchObject([
      { id: first.message.id, version: 1, status: "discarded", body: first.message.body },
      { id: second.message.id, version: 2, status: "draft" },
    ]);
  });

  it("discards a draft, once, and only a draft of that application", async () => {
    const greenflag = await begin();
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    const discard = { application: "MLE-1", discard: message.id };
    await greenflag.ok("add_candidate", { role: "MLE", name: "B", email: "b@example.test" });
    expect(await greenflag.refused("draft_outreach", { ...discard, application: "MLE-2" })).toMatch(
      /not one to MLE-2/,
    );
    expect(await greenflag.ok("draft_outreach", discard)).toMatchObject({ message: { status: "discarded" } });
    expect(await greenflag.ok("draft_outreach", discard)).toMatchObject({
      note: expect.stringMatching(/already: nothing was changed/),
    });
    for (const id of ["nope", "00000000-0000-7000-8000-000000000000"])
      expect(await greenflag.refused("draft_outreach", { application: "MLE-1", discard: id })).toMatch(
        /No message "/,
      );
    const next = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(next.message).toMatchObject({ status: "draft", version: 1 });
  });

  it("tells the exercise as it was given: due in the candidate's zone, its address, the time it takes", async () => {
    const greenflag = await begin({ github });
    await moveTo(greenflag, "exercise");
    const missing = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(missing.message.purpose).toBe("exercise_invite");
    expect(rules(missing)).toEqual(["exercise_missing"]);
    await assign(greenflag);
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message.findings).toEqual([]);
    expect(message.body).toContain("Due: Tuesday 1 December 2026, 23:59 UTC");
    expect(message.body).toContain("Repository: https://github.com/acme/serving/pull/1");
    expect(message.body).toContain("Time: stop after 3 hours");
    const zone = { role: "MLE", name: "Kim Lee", email: "kim@example.test", timezone: "Europe/Berlin" };
    await greenflag.ok("add_candidate", zone);
    await greenflag.ok("assign_exercise", {
      application: "MLE-2",
      exercise: "overprovisioned-serving",
      repository: "https://github.com/acme/serving/pull/2",
      due: "2026-12-01",
    });
    const invite = { application: "MLE-2", purpose: "exercise_invite" };
    expect((await greenflag.ok("draft_outreach", invite)).message.body).toContain(
      "Due: Wednesday 2 December 2026, 00:59 CET",
    );
    greenflag.clock.now = new Date("2026-12-02T09:00:00Z");
    expect(rules(await greenflag.ok("draft_outreach", invite))).toContain("exercise_over");
  });

  it("says how long somebody has waited, from the record", async () => {
    const greenflag = await begin();
    greenflag.clock.now = new Date("2026-11-30T10:00:00Z");
    const purpose = "status_update";
    const drafted = await greenflag.ok("draft_outreach", { application: "MLE-1", purpose });
    expect(drafted.message.body).toContain("You have waited 6 days to hear from us");
    expect(drafted.message.findings).toEqual([]);
  });

  it("takes numbers from the record alone, and a note on record counts", async () => {
    const greenflag = await begin();
    const note = "Our fleet has 37 endpoints.";
    const ask = { application: "MLE-1", purpose: "status_update", note };
    expect(rules(await greenflag.ok("draft_outreach", ask))).toEqual(["unsupported_number"]);
    await greenflag.ok("add_document", {
      application: "MLE-1",
      kind: "note",
      text: "We told her: 37 endpoints in all.",
    });
    expect(rules(await greenflag.ok("draft_outreach", ask))).toEqual([]);
    const proposed = { ...ask, note: "Could we speak on Thursday 3 December 2026 at 15:30 CET?" };
    expect(rules(await greenflag.ok("draft_outreach", proposed))).toEqual([]);
    const zoneless = { ...ask, note: "Could we speak on Thursday 3 December 2026 at 15:30?" };
    expect(rules(await greenflag.ok("draft_outreach", zoneless))).toEqual(["time_without_zone"]);
  });

  it("names no other candidate of the role, however many there are", async () => {
    const greenflag = await begin();
    for (const name of ["Priya Raman", "Maria-José Lopes", "O'Neil"]) {
      const email = `${name.slice(0, 2).replace("'", "")}@example.test`.toLowerCase();
      await greenflag.ok("add_candidate", { role: "MLE", name, email });
    }
    for (const name of ["PRIYA RAMAN", "Maria Jose Lopes", "O'Neil"]) {
      const ask = { application: "MLE-1", purpose: "status_update", note: `We spoke to ${name} too.` };
      expect(rules(await greenflag.ok("draft_outreach", ask)), name).toContain("other_candidate");
    }
    const fine = { application: "MLE-1", purpose: "status_update", note: "We spoke to nobody else." };
    expect(rules(await greenflag.ok("draft_outreach", fine))).toEqual([]);
  });

  it("cites no line that would block the message it stands in", async () => {
    const greenflag = await begin();
    const resume_text =
      "- Ran 12 models in production on KServe 0.13, see https://evil.example/me\n- Cut GPU spend by 38%, from $80k to $50k a month.\n";
    await greenflag.ok("add_candidate", { role: "MLE", name: "Bo Li", email: "b@example.test", resume_text });
    await greenflag.ok("score_candidate", { application: "MLE-2" });
    await pay(greenflag);
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-2" });
    expect(message.body).not.toContain("evil");
    expect(message.body).toContain("Cut GPU spend by 38%");
    expect(message.findings).toEqual([]);
  });

  it("links to the exercise's own host and to what the team's own template says, and nowhere else", async () => {
    const messages =
      "- id: status_update\n  stages: [debrief]\n  subject: Where we are\n  body: |\n    Hello {{ first_name }},\n\n    https://jobs.acme.example/faq has the rest. {{ note }}\n";
    const directory = teamDirectory({ "mlops-engineer/messages.yaml": messages });
    const greenflag = await begin({ catalog: loadCatalog({ directory }) });
    const ask = { application: "MLE-1", purpose: "status_update" };
    expect(rules(await greenflag.ok("draft_outreach", { ...ask, note: "Thank you." }))).toEqual([]);
    const note = "See https://evil.example/x.";
    expect(rules(await greenflag.ok("draft_outreach", { ...ask, note }))).toEqual(["link_host"]);
  });

  it.each([
    ["applied", ["source", "screen_invite", "status_update", "reengage"]],
    ["screen", ["screen_invite", "schedule", "status_update"]],
    ["incident", ["schedule", "status_update"]],
    ["exercise", ["exercise_invite", "exercise_reminder", "schedule", "status_update"]],
    ["debrief", ["status_update"]],
    ["offer", ["status_update", "offer_talk", "offer_followup"]],
    ["rejected", ["rejection", "reengage"]],
    ["withdrawn", ["reengage"]],
    ["hired", []],
  ] as const)("at %s drafts what fits, and refuses what the stage contradicts", async (place, fitting) => {
    const greenflag = await begin();
    await pay(greenflag);
    if (place !== "applied") await moveTo(greenflag, place);
    const all = loadCatalog({})
      .get("mlops-engineer")
      .messages.map((m) => m.id);
    for (const purpose of all) {
      const ask = { application: "MLE-1", purpose };
      if ((fitting as readonly string[]).includes(purpose)) {
        const { message } = await greenflag.ok("draft_outreach", ask);
        expect(message.body.split(/\s+/).length).toBeLessThan(180);
        expect(`${message.subject}\n${message.body}`).not.toMatch(/!|\{|\}|undefined|null|rockstar/i);
      } else {
        const said = await greenflag.refused("draft_outreach", ask);
        expect(said).toContain(`purpose: ${purpose} contradicts the record; MLE-1 is`);
        expect(said).toContain(fitting.length === 0 ? "Nothing fits now" : fitting.join(", "));
      }
    }
  });

  it("never picks a rejection by itself, and gives no reason unless a member wrote one", async () => {
    const greenflag = await begin();
    await moveTo(greenflag, "rejected");
    expect(await greenflag.refused("draft_outreach", { application: "MLE-1" })).toMatch(
      /none fits; MLE-1 is rejected.*rejection/,
    );
    const { messages } = await greenflag.ok("get_candidate", { application: "MLE-1", include: ["messages"] });
    expect(messages).toEqual([]);
    const ask = { application: "MLE-1", purpose: "rejection" };
    const { message } = await greenflag.ok("draft_outreach", ask);
    expect(message.findings).toEqual([]);
    expect(message.body).not.toMatch(/because|unfortunately|other candidates|experience|fit\b|For the test/i);
    const note = "We stopped because the role moved to another city.";
    const reasoned = await greenflag.ok("draft_outreach", { ...ask, note });
    expect(reasoned.message).toMatchObject({ findings: [], body: expect.stringContaining(note) });
  });

  it("tells those who stand in a closed role that it is closed, and nothing else", async () => {
    const greenflag = await begin();
    await greenflag.ok("update_role", { role: "MLE", status: "filled" });
    const { message } = await greenflag.ok("draft_outreach", { application: "MLE-1" });
    expect(message).toMatchObject({
      purpose: "status_update",
      body: expect.stringContaining("has been filled"),
    });
    expect(
      await greenflag.refused("draft_outreach", { application: "MLE-1", purpose: "screen_invite" }),
    ).toMatch(/the role is filled/);
  });

  it("names the company where it is known, numbers in its name included, and none elsewhere", async () => {
    const greenflag = await begin({ company: "Kestrel 42 Ltd" });
    await pay(greenflag);
    await greenflag.ok("score_candidate", { application: "MLE-1" });
    const ask = { application: "MLE-1", purpose: "source" };
    const { message } = await greenflag.ok("draft_outreach", ask);
    expect(message).toMatchObject({ body: expect.stringContaining("At Kestrel 42 Ltd I am"), findings: [] });
    const nameless = await begin();
    await pay(nameless);
    const drafted = await nameless.ok("draft_outreach", ask);
    expect(drafted.message.body).toMatch(/I am hiring/);
    expect(drafted.message.body).not.toMatch(/ at \.|At {2}|Kestrel/);
  });

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
    ["no address", "", /MLE-1 has no e-mail address/],
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
