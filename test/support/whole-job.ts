import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { type LocalGithub, startGithub } from "../../examples/github/server.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import type { AnyClient } from "./clients.ts";
import { card } from "./panel.ts";
import { RESUME } from "./record.ts";
import { requireNamedFields } from "./strict.ts";

const file = (path: string): string =>
  fileURLToPath(new URL(`../../examples/github/${path}`, import.meta.url));

/** A git host on the loopback with the submission that a whole job reads. */
export const startSubmission = (): Promise<LocalGithub> =>
  startGithub({ bundle: file("serving-exercise.bundle"), fixture: file("pull-request.json") });

type Job = {
  /** Key of the role that is opened. */
  readonly key: string;
  readonly pullRequestUrl: string;
};
type Call = { readonly name: string } & Awaited<ReturnType<AnyClient["call"]>>;

/** From an opened role to an offer, through nearly every tool there is. @returns every answer on the way. */
export async function doWholeJob(client: AnyClient, { key, pullRequestUrl }: Job): Promise<Call[]> {
  const calls: Call[] = [];
  const must = async (name: string, args: object) => {
    const answer = await client.call(name, args);
    expect(answer.isError, `${name}: ${answer.text}`).toBe(false);
    requireNamedFields(name, answer.facts);
    calls.push({ name, ...answer });
    return answer.facts;
  };
  const ref = `${key}-1`;
  expect((await client.listTools()).length).toBe(tools.length);
  const section = (name: string) => must("get_role_template", { template: "mlops-engineer", section: name });
  await section("lanes");
  await must("open_role", {
    template: "mlops-engineer",
    lane: "serving_reliability",
    level: "senior",
    location: "Lisbon",
    key,
  });
  const rounds = ["screen", "architecture", "incident", "exercise", "on_call_fit"];
  const panel = rounds.map((round) => ({ round, members: ["ada@example.test"] }));
  const outcomes = ["p99 latency from 800 ms to under 200 ms by summer"];
  await must("update_role", { role: key, comp_min: 170000, comp_max: 205000, panel, outcomes });
  await must("check_role", { role: key });
  await must("benchmark_salary", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
  await must("draft_job_post", { role: key });
  const score = (round: string) =>
    must("submit_scorecard", card(round, [3, 2, 4], "said so", { application: ref }));
  await must("add_candidate", {
    role: key,
    name: "Zoë Okafor",
    email: "zoe@example.test",
    resume_text: RESUME,
  });
  await must("add_document", { application: ref, kind: "note", text: "Met at a meet-up in Porto." });
  await section("rubric");
  await must("get_candidate", { application: ref });
  const { assessment } = await must("score_candidate", { application: ref });
  expect(assessment.points.green).toBeGreaterThan(0);
  await must("get_candidate", { application: ref });
  await section("interviews");
  await section("questions");
  for (const to of ["screen", "architecture", "incident", "exercise"]) {
    await must("move_candidate", { application: ref, to });
    await score(to);
  }
  const { submission } = await must("summarize_submission", {
    application: ref,
    url: pullRequestUrl,
  });
  expect(submission.timeline.commits).toBe(5);
  await must("move_candidate", { application: ref, to: "on_call_fit" });
  await score("on_call_fit");
  await must("move_candidate", { application: ref, to: "debrief" });
  expect((await must("get_debrief", { application: ref })).aggregate).toHaveLength(13);
  await must("cast_vote", { application: ref, vote: "yes", reason: "Ran what we run" });
  expect(await must("move_candidate", { application: ref, to: "offer" })).toMatchObject({
    application: { stage: "offer" },
  });
  const { message } = await must("draft_outreach", { application: ref });
  expect(message).toMatchObject({ to: "zoe@example.test", status: "draft", purpose: "offer_talk" });
  // There is no mail server here, so the message is handed over to be sent by hand.
  expect(await must("send_message", { message: message.id })).toMatchObject({
    message: { status: "draft" },
    delivery: { mailto: expect.stringMatching(/^mailto:zoe@example\.test\?subject=/) },
  });
  expect(await must("find_candidates", { role: key })).toMatchObject({ total: 1 });
  expect((await must("get_candidate", { application: ref, include: ["history"] })).history).toHaveLength(7);
  await must("undo_move", { application: ref });
  await must("get_pipeline", { role: key });
  await must("set_availability", { member: "me", timezone: "Europe/Lisbon", hours: "mon-fri 9-17" });
  await must("get_team", {});
  expect(await client.read(`hiring://decisions/${ref}`)).toMatchObject({
    decisions: [{ to: "offer", through: "test-client 9.9.9", on_the_table: { majority: "for" } }],
  });
  expect(await client.prompt("screen_candidate", { application: ref })).toContain("deployed_model_count");
  return calls;
}
