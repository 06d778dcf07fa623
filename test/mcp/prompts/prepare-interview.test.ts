import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type LocalGithub, startGithub } from "../../../examples/github/server.ts";
import { createGithub } from "../../../src/github/client.ts";
import { useDatabase } from "../../support/database.ts";
import { card, startPanel } from "../../support/panel.ts";

/** What the section `interviews` is read for here. */
const Kits = z.array(
  z.object({
    round: z.string(),
    purpose: z.string(),
    criteria: z.array(z.object({ label: z.string(), anchors: z.record(z.string(), z.string()) })),
  }),
);

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
    const { content } = await grace.ok("get_role_template", {
      template: "mlops-engineer",
      section: "interviews",
    });
    const incident = Kits.parse(content).find(({ round }) => round === "incident");
    if (!incident) throw new Error("the template has no kit for incident");
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

  it("is the same for a host that has tools alone, and refuses a round without a kit", async () => {
    const { grace } = await begin();
    const ask = { ...MLE, include: ["brief"] };
    const { text, facts } = await grace.call("get_candidate", { ...ask, round: "incident" });
    const prompt = (await grace.prompt("prepare_interview", { ...MLE, round: "incident" })).split("\n");
    const brief = prompt.slice(1, -2);
    expect(brief.length).toBeGreaterThan(30);
    expect(text).toContain(["Brief of the round incident:", ...brief].join("\n"));
    expect(facts.brief).toMatchObject({ round: "incident", minutes: 60, open: expect.any(Array) });
    // Without a round, the brief is of the one that the application stands in.
    expect((await grace.ok("get_candidate", ask)).brief.round).toBe("screen");
    expect(await grace.refused("get_candidate", { ...ask, round: "applied" })).toMatch(
      /round: "applied" is not known\. Allowed: screen, /,
    );
    const unknown = grace.prompt("prepare_interview", { ...MLE, round: "applied" });
    await expect(unknown).rejects.toThrow(/round: "applied" is not known/);
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
