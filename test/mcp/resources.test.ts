import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { createGithub } from "../../src/github/client.ts";
import { createLog } from "../../src/log.ts";
import { createMcpFetch } from "../../src/mcp/fetch.ts";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { createServices } from "../../src/services/services.ts";
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
    const store = await database.workspace();
    const greenflag = await startWithCandidate({ store });
    const services = createServices({
      ...{
        store: async () => store,
        catalog: loadCatalog({}),
        now: () => new Date(),
        member: undefined,
        allowFiles: false,
        githubOwner: undefined,
        mail: { canSend: false, from: undefined, delay: 0, unsubscribeUrl: undefined, due: () => {} },
      },
      github: createGithub({ token: undefined, apiUrl: "http://127.0.0.1:9" }),
    });
    const mcp = createMcpFetch({
      services: async () => services,
      tools,
      confirm: "code",
      version: "0",
      log: createLog("silent"),
    });
    const client = new Client({ name: "completing", version: "1" });
    await client.connect(
      new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), {
        fetch: (input, init) => mcp.fetch(new Request(input as string, init)),
      }),
    );
    const complete = async (ref: object, name: string, value: string) =>
      (await client.complete({ ref, argument: { name, value } } as Parameters<typeof client.complete>[0]))
        .completion.values;
    const resource = (uri: string) => ({ type: "ref/resource", uri });
    const prompt = (name: string) => ({ type: "ref/prompt", name });
    expect(await complete(resource("hiring://rubrics/{template}"), "template", "ml")).toEqual([
      "ml-engineer",
      "mlops-engineer",
    ]);
    expect(await complete(resource("hiring://roles/{role}"), "role", "m")).toEqual(["MLE"]);
    expect(await complete(resource("hiring://applications/{ref}"), "ref", "mle-")).toEqual(["MLE-1"]);
    expect(await complete(prompt("screen_candidate"), "application", "")).toEqual(["MLE-1"]);
    expect(await complete(prompt("prepare_interview"), "round", "in")).toEqual(["incident"]);
    await client.close();
    await greenflag.close();
  });
});
