import { readdirSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { addCommands } from "../src/commands/administer.ts";
import { mcpAddress } from "../src/commands/connect/connect.ts";
import { tools } from "../src/mcp/tools/index.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const TEAM = read("docs/team.md");
const CONFIGURATION = read("docs/configuration.md");

/** Every variable that the program reads. */
const VARIABLES = [...read("src/config.ts").matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = ""]) => name);
/** Variables of the compose file alone: what the database and the file itself are told. */
const OF_COMPOSE = ["POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"];

/** What a command is called, and the options that it takes. */
const COMMANDS = new Map<string, readonly string[]>();
const program = new Command();
addCommands(program);
const keep = (command: Command, name: string): void => {
  COMMANDS.set(
    name,
    command.options.flatMap(({ long }) => (long ? [long] : [])),
  );
  for (const each of command.commands) keep(each, `${name} ${each.name()}`.trim());
};
keep(program, "");
for (const [, name = ""] of read("src/cli.ts").matchAll(/\.command\("(\w+)/g)) COMMANDS.set(name, ["--url"]);

/** Why a line that calls the program would fail; empty where it would not. */
function faultsOf(words: readonly string[]): string[] {
  const [first = "", second = ""] = words;
  const name = COMMANDS.has(`${first} ${second}`) ? `${first} ${second}` : first;
  const options = COMMANDS.get(name);
  if (options === undefined) return [`${name}: no such command`];
  const given = words.filter((word) => word.startsWith("--"));
  return given.filter((word) => !options.includes(word)).map((word) => `${name} has no ${word}`);
}

/** Each line of a text that calls the program, as words. */
const callsIn = (text: string): string[][] =>
  [
    ...text.matchAll(
      /(?:(?<![\w/-])greenflag(?! +(?:node|https?:))|node dist\/cli\.js) +((?:"[^"]*"|[^`\n"'|])+)/g,
    ),
  ]
    .map(([, words = ""]) =>
      words
        .replace(/"[^"]*"/g, "QUOTED")
        .trim()
        .split(/\s+/),
    )
    .filter(([first = ""]) => /^[a-z]/.test(first));

const Service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.string().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const Compose = z.object({
  services: z.object({ postgres: Service, greenflag: Service, proxy: Service }),
  volumes: z.record(z.string(), z.null()),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
});
const COMPOSE = read("examples/deploy/compose.yaml");
const EXAMPLE = read("examples/deploy/example.env");

describe("examples/deploy/compose.yaml", () => {
  const { services, volumes, networks } = Compose.parse(parse(COMPOSE));
  const { postgres, greenflag, proxy } = services;
  const inExample = [...EXAMPLE.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = "", value]) => ({
    name,
    value,
  }));

  it("publishes the proxy's ports alone; the database is on a network that leads nowhere else", () => {
    expect(proxy.ports).toEqual(["80:80", "443:443"]);
    expect([...postgres.ports, ...greenflag.ports]).toEqual([]);
    expect(postgres.networks).toEqual(["inside"]);
    expect(networks.inside).toEqual({ internal: true });
    expect(proxy.networks).not.toContain("inside");
  });

  it("starts each part once the one that it needs is healthy", () => {
    expect(greenflag.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    expect(proxy.depends_on).toEqual({ greenflag: { condition: "service_healthy" } });
    expect(postgres.healthcheck?.test.slice(0, 2)).toEqual(["CMD", "pg_isready"]);
    expect(read("examples/deploy/Dockerfile")).toMatch(/^HEALTHCHECK /m);
  });

  it("builds what is in the repository, and keeps what must be kept in volumes that are there", () => {
    expect(greenflag.build).toEqual({ context: "../..", dockerfile: "examples/deploy/Dockerfile" });
    const kept = [...postgres.volumes, ...proxy.volumes].map((volume) => volume.split(":")[0] ?? "");
    expect(kept.sort()).toEqual(["./Caddyfile", "certificates", "database"]);
    expect(Object.keys(volumes).sort()).toEqual(["certificates", "database"]);
  });

  it("names images by version", () => {
    for (const image of [postgres.image, proxy.image]) expect(image).toMatch(/:\d+/);
  });

  it("takes every secret from .env, whose example is empty and has each variable that is asked for", () => {
    for (const { name, value } of inExample) expect(value, name).toBe("");
    const asked = [...COMPOSE.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = ""]) => name);
    const names = inExample.map(({ name }) => name);
    for (const name of asked) expect(names).toContain(name);
    expect(greenflag.env_file).toBe(".env");
  });

  it("uses variables that the program reads and docs/configuration.md explains", () => {
    const used = [...inExample.map(({ name }) => name), ...Object.keys(greenflag.environment)];
    const ours = used.filter((name) => !OF_COMPOSE.includes(name));
    expect(ours.filter((name) => !VARIABLES.includes(name))).toEqual([]);
    expect(ours.filter((name) => !CONFIGURATION.includes(`\`${name}\``))).toEqual([]);
  });

  it("hands on to the port at which the image listens, exactly the paths that the program answers", () => {
    const caddyfile = read("examples/deploy/Caddyfile");
    const [, port] = /^ENV GREENFLAG_PORT=(\d+)$/m.exec(read("examples/deploy/Dockerfile")) ?? [];
    expect(caddyfile).toContain(`reverse_proxy greenflag:${port}`);
    const [, paths = ""] = /^\t@greenflag path (.+)$/m.exec(caddyfile) ?? [];
    const answered = [
      "/mcp",
      "/auth/*",
      "/.well-known/*",
      "/sign-in",
      "/consent",
      "/upload",
      "/upload/*",
      "/healthz",
      "/readyz",
    ];
    expect(paths.split(" ")).toEqual(answered);
    expect(caddyfile).toContain("{$GREENFLAG_PUBLIC_URL} {");
  });
});

describe("docs/team.md", () => {
  it("calls the program as it can be called", () => {
    const calls = callsIn(TEAM);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.flatMap(faultsOf)).toEqual([]);
  });

  it("gives addresses of a server as the program takes them", () => {
    const addresses = [...`${TEAM}${CONFIGURATION}`.matchAll(/--url (https?:[^\s`]+)/g)].map(
      ([, url]) => url ?? "",
    );
    expect(addresses.length).toBeGreaterThan(2);
    expect(() => addresses.map(mcpAddress)).not.toThrow();
  });

  it("names variables that the program reads and docs/configuration.md explains", () => {
    const named = [...TEAM.matchAll(/\b(?:GREENFLAG_[A-Z_]+|SMTP_URL|DATABASE_URL)\b/g)].map(
      ([name]) => name,
    );
    const unknown = named.filter(
      (name) => !VARIABLES.includes(name) || !CONFIGURATION.includes(`\`${name}\``),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });

  it("shows in .env what the example asks for", () => {
    const filled = /```\n(GREENFLAG_PUBLIC_URL=[\s\S]*?)```/.exec(TEAM)?.[1] ?? "";
    const names = (text: string) => [...text.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(names(filled)).toEqual(names(EXAMPLE));
  });

  it("names tools that there are", () => {
    const known: readonly string[] = tools.map(({ name }) => name);
    const named = [...TEAM.matchAll(/`((?:get|manage|set|add|find)_[a-z_]+)`/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("explains each line of greenflag doctor --public", () => {
    const folder = new URL("../src/commands/public/", import.meta.url);
    const judges = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const lines = judges.flatMap((text) =>
      [...text.matchAll(/const what = "([\w-]+)"/g)].map(([, what]) => what),
    );
    const table = TEAM.slice(TEAM.indexOf("| line |"));
    const rows = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, what]) => what);
    expect(rows.sort()).toEqual([...lines, "mail"].sort());
  });

  it("links to what is there", () => {
    for (const [, path = ""] of TEAM.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]+)?\)/g))
      expect(read(`docs/${path}`)).not.toBe("");
    const headings = [...TEAM.matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
      text.toLowerCase().replaceAll(" ", "-"),
    );
    for (const [, anchor = ""] of TEAM.matchAll(/\]\(#([\w-]+)\)/g)) expect(headings).toContain(anchor);
  });

  it("is linked from the README", () => {
    expect(read("README.md")).toContain("(docs/team.md)");
  });
});
