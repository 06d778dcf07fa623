import { readFileSync } from "node:fs";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMcpFetch } from "../../src/mcp/fetch.ts";
import { tools } from "../../src/mcp/tools/index.ts";

/** What every conversation pays: name, description and arguments of all tools, and the whole list. */
const MAX_TOKENS_OF_INPUTS = 6_000;
const MAX_TOKENS_OF_LIST = 12_000;
const DESCRIPTION_CHARS = 400;

/** A server whose services are never made: the surface must be told without them. */
const mcp = createMcpFetch({
  services: () => Promise.reject(new Error("listing must not need the database")),
  tools,
  confirm: "code",
  version: "0.0.0",
  log: createLog("silent"),
});
const client = new Client({ name: "surface", version: "1" }, {
  versionNegotiation: { mode: { pin: "2026-07-28" } },
} as ConstructorParameters<typeof Client>[1]);

beforeAll(() =>
  client.connect(
    new StreamableHTTPClientTransport(new URL("http://127.0.0.1/mcp"), {
      fetch: (input, init) => mcp.fetch(new Request(input as string, init)),
    }),
  ),
);
afterAll(async () => {
  await client.close();
  await mcp.close();
});

const listed = async () => (await client.listTools()).tools;
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

describe("the published surface", () => {
  it("is as committed", async () => {
    await expect(json(await listed())).toMatchFileSnapshot("__snapshots__/tools.json");
    const { resources } = await client.listResources();
    const { resourceTemplates } = await client.listResourceTemplates();
    const { prompts } = await client.listPrompts();
    await expect(json({ resources, resourceTemplates, prompts })).toMatchFileSnapshot(
      "__snapshots__/resources-and-prompts.json",
    );
  });

  it("stays within its budget of tokens", async () => {
    const tools = await listed();
    const tokensOf = (value: unknown) => encode(JSON.stringify(value)).length;
    const inputs = tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    const sizes = tools.map((tool) => `${tool.name} ${tokensOf(tool)}`).join(", ");
    expect(tokensOf(inputs), sizes).toBeLessThanOrEqual(MAX_TOKENS_OF_INPUTS);
    expect(tokensOf(tools), sizes).toBeLessThanOrEqual(MAX_TOKENS_OF_LIST);
  });

  it("describes each tool shortly, with every hint and both schemas", async () => {
    for (const tool of await listed()) {
      expect(tool.description?.length, tool.name).toBeLessThanOrEqual(DESCRIPTION_CHARS);
      expect(tool.title, tool.name).toBeTruthy();
      expect(Object.keys(tool.annotations ?? {}).sort(), tool.name).toEqual([
        "destructiveHint",
        "idempotentHint",
        "openWorldHint",
        "readOnlyHint",
      ]);
      expect(tool.inputSchema, tool.name).toMatchObject({ type: "object", additionalProperties: false });
      expect(tool.outputSchema, tool.name).toMatchObject({ type: "object" });
    }
  });

  it("calls files as the tools are called", () => {
    for (const { name } of tools) {
      const file = new URL(`../../src/mcp/tools/${name.replaceAll("_", "-")}.ts`, import.meta.url);
      expect(readFileSync(file, "utf8")).toContain(`name: "${name}"`);
    }
  });

  it("is what the table in docs/tools.md says", () => {
    const table = readFileSync(new URL("../../docs/tools.md", import.meta.url), "utf8");
    const rows = [...table.matchAll(/^\| `([a-z_]+)` +\| (read|write|decide) +\|/gm)].map((m) => [
      m[1],
      m[2],
    ]);
    expect(rows).toEqual(tools.map((tool) => [tool.name, tool.effect]));
  });

  it("names every variable of the environment in docs/configuration.md", () => {
    const told = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
    const config = readFileSync(new URL("../../src/config.ts", import.meta.url), "utf8");
    for (const [, name] of config.matchAll(/^ {2}([A-Z_]+): /gm)) expect(told).toContain(`\`${name}\``);
  });
});
