import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { prompts } from "../../src/mcp/prompts/index.ts";
import { resources } from "../../src/mcp/resources/index.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import {
  ALL_ERAS,
  type Answering,
  type AnyClient,
  connect,
  ERAS,
  type Era,
  freshEnv,
  PROGRAM,
  serve,
} from "../support/clients.ts";
import { RESUME } from "../support/record.ts";

const databaseUrl = inject("databaseUrl");
/** One database for all: `serve` holds it, and the programs over stdio work on it through `serve`. */
const env = freshEnv(databaseUrl ? { DATABASE_URL: databaseUrl } : {});
/** On a database server every process of a test run shares one database, so this file has a role of its own. */
const ROLE = `CL${process.pid}`.slice(0, 10);

type Transport = "stdio" | "HTTP";
const overBoth = (eras: readonly Era[]) =>
  eras.flatMap((era) => (["stdio", "HTTP"] as const).map((transport) => ({ era, transport })));

let server: Awaited<ReturnType<typeof serve>>;
const open = (transport: Transport, era: Era, answering?: Answering): Promise<AnyClient> =>
  connect(transport === "stdio" ? { command: [PROGRAM], env } : { url: server.url }, era, answering);

beforeAll(async () => {
  server = await serve(env);
  const client = await open("HTTP", "2.x, 2026-07-28");
  const role = { template: "mlops-engineer", level: "senior", location: "Lisbon", key: ROLE };
  expect((await client.call("open_role", role)).text).toContain(ROLE);
  await client.close();
});
afterAll(async () => expect(await server.stop()).toBe(0));

let candidates = 0;
const nextCandidate = () => {
  candidates += 1;
  const email = `${ROLE.toLowerCase()}-${candidates}@example.test`;
  return { role: ROLE, name: `Zoë ${candidates}`, email, resume_text: RESUME };
};

/** A candidate and the call that rejects them, which a person has to confirm. */
async function rejectable(client: AnyClient) {
  const candidate = nextCandidate();
  const { facts } = await client.call("add_candidate", candidate);
  const application: string = facts.application.ref;
  return {
    name: candidate.name,
    status: async (): Promise<string> =>
      (await client.call("get_candidate", { application, include: [] })).facts.status,
    reject: (more = {}) =>
      client.call("move_candidate", { application, to: "rejected", reason: "No reliability work", ...more }),
  };
}

describe.each(overBoth(ALL_ERAS))("a client of SDK $era over $transport", ({ era, transport }) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await open(transport, era);
  });
  afterAll(() => client.close());

  it("lists every tool, prompt, resource and template", async () => {
    const listed = await client.lists();
    expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    expect(listed.prompts.map(({ name }) => name)).toEqual(prompts.map(({ name }) => name));
    const fixed = resources.filter(({ variable }) => variable === undefined).map(({ uri }) => uri);
    expect(listed.resources.map(({ uri }) => uri)).toEqual(expect.arrayContaining(fixed));
    const templates = resources.filter(({ variable }) => variable !== undefined).map(({ uri }) => uri);
    expect(listed.templates.map(({ uriTemplate }) => uriTemplate)).toEqual(templates);
  });

  it("reads a resource, completes an argument and gets a prompt", async () => {
    expect(await client.read(`hiring://roles/${ROLE}`)).toMatchObject({ role: { key: ROLE } });
    const rubrics = { type: "ref/resource", uri: "hiring://rubrics/{template}" } as const;
    expect(await client.complete(rubrics, "template", "mlo")).toEqual(["mlops-engineer"]);
    expect(await client.prompt("scope_role", { template: "mlops-engineer" })).toContain("open_role");
  });

  it("gets an answer as text and as facts that fit the tool's schema", async () => {
    const { outputSchema = {} } =
      (await client.listTools()).find(({ name }) => name === "add_candidate") ?? {};
    const candidate = nextCandidate();
    const { isError, text, facts } = await client.call("add_candidate", candidate);
    expect(isError, text).toBe(false);
    expect(text).toContain(candidate.name);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validate(outputSchema, facts), ajv.errorsText()).toBe(true);
  });

  it("is told in words what is wrong with a call of any tool, and how to call it", async () => {
    const listed = await client.listTools();
    expect(listed).toHaveLength(tools.length);
    for (const { name } of listed) {
      const { isError, text, facts } = await client.call(name, { nonsense: 1 });
      expect({ isError, facts }, name).toEqual({ isError: true, facts: undefined });
      expect(text, name).toMatch(/\bnonsense: no such argument\. /);
      expect(text, name).toContain(` Call ${name} again with`);
    }
    const missing = await client.call("get_candidate", { application: `${ROLE}-999` });
    expect(missing.text).toMatch(new RegExp(`^No application "${ROLE}-999"\\. .*find_candidates`));
  });

  it("confirms a decision by the code that it is given, as it cannot ask its user", async () => {
    const { name, status, reject } = await rejectable(client);
    const { text, facts } = await reject();
    const { code, summary } = facts.confirmation;
    expect(text).toContain(`confirm: "${code}"`);
    expect(summary).toContain(name);
    expect(await status()).toBe("active");
    expect((await reject({ confirm: code })).facts).toMatchObject({ application: { status: "rejected" } });
    expect(await status()).toBe("rejected");
  });
});

describe.each(overBoth(ERAS))(
  "a client of SDK $era over $transport that can ask its user",
  ({ era, transport }) => {
    let client: AnyClient;
    let answer: ReturnType<Answering>;
    let questions: string[] = [];
    beforeAll(async () => {
      client = await open(transport, era, ({ message }) => {
        questions.push(message);
        return answer;
      });
    });
    afterEach(() => {
      questions = [];
    });
    afterAll(() => client.close());

    it("carries a decision out when the user agrees", async () => {
      answer = { action: "accept", content: { agree: true } };
      const { name, status, reject } = await rejectable(client);
      expect((await reject()).facts).toMatchObject({ application: { status: "rejected" } });
      expect(questions).toEqual([expect.stringContaining(`Reject: ${name} `)]);
      expect(await status()).toBe("rejected");
    });

    it.each(["decline", "cancel"] as const)(
      "changes nothing when the user's answer is %s",
      async (action) => {
        answer = { action };
        const { status, reject } = await rejectable(client);
        const { isError, text } = await reject();
        expect(isError).toBe(true);
        expect(text).toContain("The user did not agree. Nothing was changed.");
        expect(questions).toHaveLength(1);
        expect(await status()).toBe("active");
      },
    );
  },
);
