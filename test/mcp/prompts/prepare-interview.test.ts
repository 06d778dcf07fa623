import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalGithub, startGithub } from "../../../examples/github/server.ts";
import { createGithub } from "../../../src/github/client.ts";
import { useDatabase } from "../../support/database.ts";
import { card, startPanel } from "../../support/panel.ts";

const database = useDatabase();
const file = (path: string) => fileURLToPath(new URL(`../../../examples/github/${path}`, import.meta.url));
let github: LocalGithub;
beforeAll(async () => {
  github = await startGithub({ bundle: file("serving-exercise.bundle"), fixture: file("pull-request.json") });
});
afterAll(() => github.close());

const MLE = { application: "MLE-1" };
const begin = async () =>
  startPanel(await database.workspace(), {
    github: createGithub({ token: undefined, apiUrl: github.url, deadlineMs: 300_000 }),
  });

describe("prepare_interview", () => {
  it("briefs from the kit: purpose, minutes, every anchor, questions with follow-ups and answers, what not to ask", async () => {
    const { grace } = await begin();
    const brief = await grace.prompt("prepare_interview", { ...MLE, round: "incident" });
    const kit = await grace.ok("get_role_template", { template: "mlops-engineer", section: "interviews" });
    const incident = kit.content.find((k: { round: string }) => k.round === "incident");
    for (const { label, anchors } of incident.criteria)
      for (const words of [label, ...Object.values(anchors)]) expect(brief).toContain(words);
    expect(brief).toContain(incident.purpose);
    expect(brief).toMatch(/Minutes: 60\./);
    expect(brief).toMatch(
      /production outage.*Then: What did users see\?.*answer holds: Times; How it was noticed/s,
    );
    expect(brief).toMatch(/Do not ask: Secrets of a former employer/);
    expect(brief).toMatch(/submit_scorecard with application MLE-1, round incident/);
  });

  it("adds what the rubric left open for this candidate, and what the submission raises", async () => {
    const { ada, grace } = await begin();
    const { assessment } = await ada.ok("get_candidate", { ...MLE, include: ["assessment"] });
    const open = assessment.flags.filter(
      (f: { polarity: string; verdict: string }) => f.polarity === "green" && f.verdict !== "present",
    );
    expect(open.length).toBeGreaterThan(0);
    const before = await grace.prompt("prepare_interview", { ...MLE, round: "screen" });
    for (const { label, verdict } of open) expect(before).toContain(`- ${label}, ${verdict}: `);
    expect(before).not.toMatch(/Raised by their submission/);
    await ada.ok("assign_exercise", {
      ...MLE,
      exercise: "overprovisioned-serving",
      repository: github.pullRequestUrl,
    });
    await ada.ok("summarize_submission", MLE);
    const { submission } = await ada.ok("get_candidate", { ...MLE, include: ["submission"] });
    const after = await grace.prompt("prepare_interview", { ...MLE, round: "screen" });
    expect(submission.follow_ups.length).toBeGreaterThan(0);
    for (const { ask } of submission.follow_ups) expect(after).toContain(ask);
  });

  it("holds nothing that another interviewer wrote, before and after one's own card", async () => {
    const { grace, alan } = await begin();
    await alan.ok("submit_scorecard", card("screen", [1], "otherswords", { notes: "otherswords" }));
    await alan.ok("add_document", { ...MLE, kind: "note", text: "otherswords: cut GPU spend by 38%." });
    const findings = [{ flag: "cost_win", verdict: "unclear", quotes: [], note: "otherswords" }];
    await alan.ok("score_candidate", { ...MLE, findings });
    const brief = () => grace.prompt("prepare_interview", { ...MLE, round: "screen" });
    expect(await brief()).not.toContain("otherswords");
    await grace.ok("submit_scorecard", card("screen", [3]));
    expect(await brief()).not.toContain("otherswords");
  });
});
