import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Fixture, startGithub } from "../../examples/github/server.ts";
import { RECORD_PARTS } from "../../src/domain/candidates/record-parts.ts";
import { createGithub } from "../../src/github/client.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";
import { card } from "../support/panel.ts";
import { addInterviewer } from "../support/team.ts";

const database = useDatabase();

/** What nobody sees, in every form that the cleaning knows, around a word that is seen. */
const HOSTILE =
  "seen\u200b\u202e\u2066\u{e0041}\u{e0042}<!-- smuggled --><img src=x onerror=smuggled>&#8203;";
const SURVIVED = /[\u200b\u202e\u2066]|[\u{e0000}-\u{e007f}]|<!--|onerror|smuggled|&#8203;/u;

describe("hidden text", () => {
  it("survives in no answer of any tool or resource, whichever field it came in by", async () => {
    const fixture = (await import("../../examples/github/pull-request.json", { with: { type: "json" } })) as {
      default: Fixture;
    };
    const checks = [
      { name: HOSTILE, app: HOSTILE, status: "completed", conclusion: "success", completed_at: null },
    ];
    const bundle = fileURLToPath(new URL("../../examples/github/serving-exercise.bundle", import.meta.url));
    const local = await startGithub({
      bundle,
      fixture: { ...fixture.default, title: HOSTILE, body: HOSTILE, author: "seen", checks },
    });
    const github = createGithub({ token: "for-the-loopback", apiUrl: local.url });
    const store = await database.workspace();
    const greenflag = await start({ store, github });
    await addInterviewer(store, "ines@example.test");
    const asked = new Set<string>();
    const sweep = async (name: string, args: object) => {
      asked.add(name);
      const answer = await greenflag.call(name, args);
      expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
      expect(`${answer.text}\n${JSON.stringify(answer.facts)}`, name).not.toMatch(SURVIVED);
      return answer.facts;
    };
    const overridden = async (to: string) => {
      const move = { application: "MLE-1", to, override: true, reason: HOSTILE };
      const { confirmation } = await sweep("move_candidate", move);
      return sweep("move_candidate", { ...move, confirm: confirmation.code });
    };

    const lines = {
      title: HOSTILE,
      outcomes: [HOSTILE],
      must_haves: [HOSTILE],
      nice_to_haves: [HOSTILE],
      on_call: HOSTILE,
    };
    await sweep("open_role", {
      template: "mlops-engineer",
      lane: "serving_reliability",
      level: "senior",
      location: HOSTILE,
      ...lines,
    });
    await sweep("update_role", { role: "MLE", ...lines, location: `${HOSTILE} again` });
    await sweep("check_role", { role: "MLE" });
    await sweep("check_role", {
      description: `We run models for you and with you. ${HOSTILE}`,
      location: HOSTILE,
    });
    await sweep("benchmark_salary", { template: "mlops-engineer", level: "senior", location: HOSTILE });
    const measured = [`p99 from 800 ms to 200 ms ${HOSTILE}`];
    await sweep("update_role", { role: "MLE", outcomes: measured, location: "Lisbon" });
    await sweep("draft_job_post", { role: "MLE" });
    const person = {
      role: "MLE",
      name: "Zoë Okafor",
      email: "zoe@example.test",
      location: HOSTILE,
      source: HOSTILE,
    };
    await sweep("add_candidate", {
      ...person,
      resume_text: `Ran 12 models in production. ${HOSTILE}`,
      resume_name: HOSTILE,
    });
    for (const kind of ["cover_letter", "transcript", "email", "submission_notes", "note"]) {
      await sweep("add_document", { application: "MLE-1", kind, text: `${kind} ${HOSTILE}`, name: HOSTILE });
    }
    const mended = {
      location: `${HOSTILE} 2`,
      source: `${HOSTILE} 2`,
      referred_by: HOSTILE,
      tags: [HOSTILE],
    };
    await sweep("update_candidate", { application: "MLE-1", ...mended });
    const { documents } = await sweep("get_candidate", { application: "MLE-1", include: ["documents"] });
    const letter = documents.find(({ kind }: { kind: string }) => kind === "cover_letter").id;
    const anew = { text: `Another letter. ${HOSTILE}`, name: HOSTILE, reason: HOSTILE };
    await sweep("update_document", { application: "MLE-1", document: letter, ...anew });
    const findings = [
      { flag: "cost_win", verdict: "unclear", quotes: ["Ran 12 models in production"], note: HOSTILE },
    ];
    await sweep("score_candidate", { application: "MLE-1", findings });
    await overridden("exercise");
    await sweep("assign_exercise", {
      application: "MLE-1",
      exercise: "overprovisioned-serving",
      repository: local.pullRequestUrl,
    });
    await sweep("summarize_submission", { application: "MLE-1", url: local.pullRequestUrl });
    await sweep("summarize_submission", { url: local.pullRequestUrl });
    const round = { application: "MLE-1", round: "on_call_fit", interviewers: ["ines@example.test"] };
    await sweep("find_interview_times", { ...round, from: "2026-11-30", to: "2026-12-04" });
    const late = { start: "2026-12-01T20:00+01:00", override: true, reason: HOSTILE };
    await sweep("schedule_interview", { ...round, ...late, location: HOSTILE });
    await sweep("draft_outreach", { application: "MLE-1", note: HOSTILE });
    const { message } = await sweep("draft_outreach", { application: "MLE-1", note: HOSTILE });
    await sweep("send_message", { message: message.id });
    await sweep("submit_scorecard", card("exercise", [3], HOSTILE, { notes: HOSTILE }));
    await overridden("debrief");
    await sweep("cast_vote", { application: "MLE-1", vote: "yes", reason: HOSTILE });
    await sweep("get_debrief", { application: "MLE-1" });
    const terms = { base: 180_000, bonus: HOSTILE, equity: HOSTILE, note: HOSTILE };
    await sweep("record_offer", { application: "MLE-1", ...terms });
    await sweep("move_candidate", { application: "MLE-1", to: "rejected", reason: HOSTILE });
    await sweep("get_candidate", { application: "MLE-1", include: RECORD_PARTS });
    await sweep("find_candidates", { query: "zoe" });
    await sweep("get_pipeline", {});
    await sweep("get_agenda", { member: "all", days: 31 });
    await sweep("get_report", { report: "owed" });
    // A name with characters that nobody sees is refused.
    const nan = { action: "add", email: "nan@example.test", access: "viewer" };
    const refusal = await greenflag.refused("manage_team", { ...nan, name: HOSTILE });
    expect(refusal).not.toMatch(SURVIVED);
    await sweep("manage_team", { ...nan, name: "Nan" });
    await sweep("set_availability", { timezone: "Europe/Berlin", hours: "mon-fri 9-17" });
    await sweep("get_team", {});
    await sweep("undo_move", { application: "MLE-1" });
    await sweep("erase_candidate", { application: "MLE-1" });
    await sweep("get_role_template", { template: "mlops-engineer" });
    expect([...asked].sort()).toEqual(tools.map((tool) => tool.name).sort());

    for (const uri of ["hiring://roles/MLE", "hiring://applications/MLE-1", "hiring://decisions/MLE-1"]) {
      expect(JSON.stringify(await greenflag.read(uri)), uri).not.toMatch(SURVIVED);
    }
    for (const name of ["screen_candidate", "review_submission", "run_debrief"]) {
      expect(await greenflag.prompt(name, { application: "MLE-1" }), name).not.toMatch(SURVIVED);
    }
    await local.close();
  });
});
