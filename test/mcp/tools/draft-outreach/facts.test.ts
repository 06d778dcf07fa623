import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../../src/catalog/load.ts";
import { createGithub } from "../../../../src/github/client.ts";
import { teamDirectory } from "../../../catalog/team-directory.ts";
import { assign, moveTo, pay, rules, useDrafts } from "./set-up.ts";

const { begin } = useDrafts();

// A pull request is registered by its address alone: nothing is asked of GitHub.
const github = createGithub({ token: undefined, apiUrl: "https://api.github.com" });

describe("draft_outreach", () => {
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
    const kim = { role: "MLE", name: "Kim Lee", email: "kim@example.test", source: "careers page" };
    await greenflag.ok("add_candidate", kim);
    greenflag.clock.now = new Date("2026-11-30T10:00:00Z");
    const purpose = "status_update";
    const drafted = await greenflag.ok("draft_outreach", { application: "MLE-2", purpose });
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

  it("quotes no line that would block the message", async () => {
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
});
