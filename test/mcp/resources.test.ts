import { describe, expect, it } from "vitest";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { useDatabase } from "../support/database.ts";
import { startWithCandidate } from "../support/record.ts";

const database = useDatabase();
const begin = async () => startWithCandidate({ store: await database.workspace() });

describe("resources", () => {
  it.each([
    ["hiring://role-templates", /mlops-engineer/],
    ["hiring://role-templates/mlops-engineer", /serving_reliability/],
    ["hiring://salary-bands/mlops-engineer", /150000/],
    ["hiring://rubrics/mlops-engineer", /deployed_model_count/],
    ["hiring://interview-kits/mlops-engineer", /anchors/],
    ["hiring://credentials/mlops-engineer", /2026-03-31/],
    ["hiring://roles/MLE", /serving_reliability/],
    ["hiring://applications/MLE-1", /Ran 12 models/],
    ["hiring://decisions/MLE-1", /"decisions":\[\]/],
  ])("%s is JSON that holds what it names", async (uri, content) => {
    const greenflag = await begin();
    expect(JSON.stringify(await greenflag.read(uri))).toMatch(content);
  });

  it.each([
    "hiring://rubrics/astronaut",
    "hiring://roles/NOPE",
    "hiring://applications/MLE-99",
    "hiring://nothing/at-all",
  ])("%s is refused in words", async (uri) => {
    await expect((await begin()).read(uri)).rejects.toThrow(/not known|No role|No application|not found/i);
  });

  it.each([
    ["hiring://applications/%00", /NUL/],
    ["hiring://roles/MLE%00", /NUL/],
    ["hiring://applications/%E0%A4%A", /percent sign/],
  ])("%s, which no database takes, is refused in words", async (uri, words) => {
    await expect((await begin()).read(uri)).rejects.toThrow(words);
  });

  it("shows nothing of another workspace", async () => {
    await begin();
    const other = await startWithCandidate({ store: await database.workspace() });
    expect(JSON.stringify(await other.read("hiring://applications/MLE-1"))).toContain("zoe@example.test");
    await other.ok("add_candidate", { role: "MLE", name: "Only Here", email: "here@example.test" });
    await expect((await begin()).read("hiring://applications/MLE-2")).rejects.toThrow(/No application/);
  });
});

describe("prompts", () => {
  it.each([
    ["scope_role", { template: "mlops-engineer" }, /Which lane/],
    ["screen_candidate", { application: "MLE-1" }, /green deployed_model_count: .*Counts:/],
    ["prepare_interview", { application: "MLE-1", round: "incident" }, /Timeline of a real incident/],
    ["review_submission", { application: "MLE-1" }, /summarize_submission/],
    ["run_debrief", { application: "MLE-1" }, /Do not recommend/],
    ["weekly_review", {}, /get_pipeline/],
  ])("%s is written from the record", async (name, args, text) => {
    expect(await (await begin()).prompt(name, args)).toMatch(text);
  });

  it.each([
    ["screen_candidate", { application: "MLE-9" }, /No application/],
    ["screen_candidate", { application: "MLE-1\0" }, /NUL/],
    ["prepare_interview", { application: "MLE-1", round: "picnic" }, /"picnic".*architecture/],
    ["scope_role", { template: "astronaut" }, /mlops-engineer/],
  ])("%s refuses what there is none of", async (name, args, text) => {
    await expect((await begin()).prompt(name, args)).rejects.toThrow(text);
  });

  it("are called as their files", () => {
    expect(prompts.map((p) => p.name)).toEqual([
      "scope_role",
      "screen_candidate",
      "prepare_interview",
      "review_submission",
      "run_debrief",
      "weekly_review",
    ]);
  });
});

describe("completion", () => {
  it("completes every variable, from the catalogue and from the record", async () => {
    const greenflag = await begin();
    const resource = (uri: string) => ({ type: "ref/resource", uri }) as const;
    const prompt = (name: string) => ({ type: "ref/prompt", name }) as const;
    expect(await greenflag.complete(resource("hiring://rubrics/{template}"), "template", "ml")).toEqual([
      "ml-engineer",
      "mlops-engineer",
    ]);
    expect(await greenflag.complete(resource("hiring://roles/{role}"), "role", "m")).toEqual(["MLE"]);
    expect(await greenflag.complete(resource("hiring://applications/{ref}"), "ref", "mle-")).toEqual([
      "MLE-1",
    ]);
    expect(await greenflag.complete(prompt("screen_candidate"), "application", "")).toEqual(["MLE-1"]);
    expect(await greenflag.complete(prompt("prepare_interview"), "round", "in")).toEqual(["incident"]);
    await greenflag.ok("open_role", { template: "data-scientist", level: "senior", location: "Lisbon" });
    const rounds = (chosen?: Record<string, string>) =>
      greenflag.complete(prompt("prepare_interview"), "round", "in", chosen);
    expect(await rounds()).toEqual(["incident", "interview"]);
    expect(await rounds({ application: "MLE-1" })).toEqual(["incident"]);
    await greenflag.close();
  });
});
