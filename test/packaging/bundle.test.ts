import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { unpackExtension, validateManifest } from "@anthropic-ai/mcpb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeBundle } from "../../src/build/bundle/bundle.ts";
import { bytesIn, pack } from "../../src/build/bundle/pack.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { PROGRAM } from "../support/clients.ts";
import { calendarEvent, calendarFile } from "../support/feed.ts";
import { Manifest, startOf } from "./manifest-fields.ts";
import { RawClient } from "./raw-client.ts";
import { docx, electronIn, pdf } from "./samples.ts";

const MIB = 1_048_576;
const MAX_BYTES = 70 * MIB;
/** Of which some 180 are the tables of Asian fonts, and 80 the words and templates of the catalogue. */
const MAX_FILES = 450;
const IDENTIFIER_BYTES = 8;

// Outside the repository, so that nothing of its packages is found by accident; and with a space, as on many machines.
const place = mkdtempSync(join(tmpdir(), "greenflag with space "));
const bundle = join(place, "made");
let made: { tarball: string; mcpb: string };
let bytes: number;
let files: string[];

beforeAll(async () => {
  await makeBundle(bundle);
  bytes = bytesIn(bundle);
  files = readdirSync(bundle, { recursive: true, encoding: "utf8" });
  made = await pack(bundle);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Nothing of this machine but where programs are found; npm keeps what it writes in the test's own folder. */
const environment = (more: Record<string, string>) => ({
  PATH: process.env.PATH,
  HOME: place,
  npm_config_cache: join(place, "npm"),
  npm_config_update_notifier: "false",
  GREENFLAG_LOG: "error",
  ...more,
});

const toolNames = tools.map(({ name }) => name).sort();
const namesOf = async (client: RawClient) =>
  (await client.request("tools/list")).result.tools?.map(({ name }) => name).sort();

describe("the bundle", () => {
  it("is small, of few files, and holds no native module", () => {
    console.log(`bundle: ${(bytes / MIB).toFixed(1)} MiB in ${files.length} files and folders`);
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
    expect(files.length).toBeLessThanOrEqual(MAX_FILES);
    expect(files.filter((file) => file.endsWith(".node") || file.includes("node_modules"))).toEqual([]);
  });

  it("has every script that is started as a process or a thread of its own", () => {
    const { knip } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      knip: { entry: string[] };
    };
    // knip takes a script that nothing imports for unused unless it is listed there.
    const scripts = knip.entry.filter((path) => path.startsWith("src/"));
    expect(scripts).not.toEqual([]);
    const built = scripts.map((path) => path.replace(/^src/, "dist").replace(/ts$/, "js"));
    expect(files).toEqual(expect.arrayContaining(built));
  });

  it("ships nothing of what builds it", () => {
    expect(files.filter((file) => file.startsWith(join("dist", "build")))).toEqual([]);
    const code = files
      .filter((file) => file.endsWith(".js"))
      .map((file) => readFileSync(join(bundle, file), "utf8"));
    expect(code.filter((text) => /packExtension|esbuild/.test(text))).toEqual([]);
  });

  it("needs no package: neither by its package.json nor by what its scripts import", () => {
    const text = readFileSync(join(bundle, "package.json"), "utf8");
    const own = JSON.parse(text) as Record<string, unknown>;
    for (const kind of [
      "dependencies",
      "optionalDependencies",
      "peerDependencies",
      "devDependencies",
      "scripts",
    ])
      expect(own[kind], kind).toBeUndefined();
    const scripts = files.filter((file) => file.endsWith(".js"));
    const imported = scripts.flatMap((file) => {
      const code = readFileSync(join(bundle, file), "utf8");
      return [...code.matchAll(/(?:^|[;}])import[^"'();]*"([^"]+)"/gm)].map(([, from = ""]) => from);
    });
    expect(imported).toContain("node:fs");
    expect(imported.filter((from) => !from.startsWith(".") && !isBuiltin(from))).toEqual([]);
  });

  it("tells hosts of the same tools as the clone, schema by schema", async () => {
    const list = async (program: string) => {
      const client = new RawClient(process.execPath, [program], { cwd: place, env: environment({}) });
      await client.initialize();
      const { result } = await client.request("tools/list");
      await client.close();
      return result.tools;
    };
    const ofBundle = await list(join(bundle, "dist", "cli.js"));
    expect(ofBundle).toHaveLength(tools.length);
    expect(ofBundle).toEqual(await list(PROGRAM));
  });

  it("carries the licences of what went into it", () => {
    const licences = readFileSync(join(bundle, "THIRD-PARTY-LICENSES.txt"), "utf8");
    for (const name of ["@electric-sql/pglite", "pdfjs-dist", "octokit", "zod", "Liberation Sans"])
      expect(licences).toContain(`${name} `.trimEnd());
  });
});

describe("the package", () => {
  it("is started by npx from its tarball, in a path with spaces, without a registry", async () => {
    const options = { cwd: bundle, env: environment({ npm_config_offline: "true" }) };
    const npx = ["-y", `./${made.tarball.slice(bundle.length + 1)}`];
    const client = new RawClient("npx", npx, {
      ...options,
      env: { ...options.env, GREENFLAG_DATA_DIR: join(place, "by npx") },
    });
    await client.initialize();
    expect(await namesOf(client)).toEqual(toolNames);
    expect(await client.close()).toBe(0);
    const printed = execFileSync("npx", [...npx, "connect", "cursor"], { ...options, encoding: "utf8" });
    expect(printed).toContain(JSON.stringify(process.execPath));
    expect(printed).toMatch(/_npx.*greenflag.dist.cli\.js/);
    expect(printed).toContain(`npm install --global '${made.tarball}' && greenflag connect cursor`);
  });

  it("says, once it is installed, how a host starts it from there, and a host that does so gets its tools", async () => {
    const options = { cwd: place, env: environment({ npm_config_offline: "true" }) };
    const prefix = join(place, "installed here");
    execFileSync("npm", ["install", "--global", "--silent", "--prefix", prefix, made.tarball], options);
    const folder = join(prefix, "lib", "node_modules", "greenflag");
    expect(bytesIn(folder)).toBeLessThanOrEqual(MAX_BYTES);
    const program = join(prefix, "bin", "greenflag");
    const printed = execFileSync(program, ["connect", "claude-desktop"], { ...options, encoding: "utf8" });
    const [block = ""] = /^\{.*?^\}/ms.exec(printed) ?? [];
    const script = join(realpathSync(folder), "dist", "cli.js");
    const greenflag = { command: process.execPath, args: [script] };
    expect(JSON.parse(block)).toEqual({ mcpServers: { greenflag } });
    const client = new RawClient(greenflag.command, greenflag.args, options);
    await client.initialize();
    expect(await namesOf(client)).toEqual(toolNames);
    expect(await client.close()).toBe(0);
  });
});

describe("the .mcpb", () => {
  const folder = join(place, "Claude Extensions", "greenflag");
  let manifest: Manifest;

  beforeAll(async () => {
    expect(await unpackExtension({ mcpbPath: made.mcpb, outputDir: folder, silent: true })).toBe(true);
    manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
  });

  it("has a manifest that its makers' own check takes, and that names every tool", () => {
    expect(validateManifest(join(folder, "manifest.json"))).toBe(true);
    expect(manifest.tools.map(({ name }) => name).sort()).toEqual(toolNames);
    expect(files).toContain(join(...manifest.server.entry_point.split("/")));
  });

  it("asks for token, mail server, member, company and data directory, and keeps the secrets as such", () => {
    const secrets = Object.entries(manifest.user_config).map(([key, { sensitive = false }]) => [
      key,
      sensitive,
    ]);
    expect(Object.fromEntries(secrets)).toEqual({
      github_token: true,
      smtp_url: true,
      greenflag_member: false,
      greenflag_company: false,
      greenflag_data_dir: false,
    });
    const { env } = startOf(manifest, folder, {});
    expect(Object.values(env)).toEqual(["", "", "", "", ""]);
  });

  it("reads a PDF, scores it and draws a chart, for a host that cannot ask", async () => {
    const answers = { greenflag_data_dir: join(place, "own data"), greenflag_company: "Acme" };
    const { command, args, env } = startOf(manifest, folder, answers);
    const client = new RawClient(command, args, { cwd: place, env: environment(env) });
    const { result } = await client.initialize();
    expect(result).toMatchObject({ serverInfo: { name: "greenflag" } });
    expect(await namesOf(client)).toEqual(toolNames);

    await client.call("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    const person = (n: number) => ({ role: "MLE", name: `Person ${n}`, email: `p${n}@example.test` });
    for (let n = 2; n <= 5; n += 1)
      await client.call("add_candidate", {
        ...person(n),
        resume_text: "Ran a Kubernetes cluster of 40 nodes.",
      });
    const resume = join(place, "a résumé.pdf");
    writeFileSync(resume, await pdf("Ran 14 models in production on a Kubernetes cluster of 40 nodes."));
    const { text } = await client.call("add_candidate", { ...person(1), resume_file: resume });
    const [reference = ""] = /MLE-\d+/.exec(text) ?? [];
    const scored = await client.call("score_candidate", { application: reference });
    expect(scored.text).toContain("14 models in production");

    const report = await client.call("get_report", { report: "funnel" });
    const chart = report.content.find(({ type }) => type === "image");
    expect(chart?.mimeType).toBe("image/png");
    expect(
      Buffer.from(chart?.data ?? "", "base64")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect(await client.close()).toBe(0);
  });

  it("unpacks the ready-made database for a new directory, and shares it with a second host", async () => {
    const data = join(place, "new data");
    const { command, args, env } = startOf(manifest, folder, { greenflag_data_dir: data });
    const client = new RawClient(command, args, { cwd: place, env: environment(env) });
    await client.initialize();
    await client.call("get_pipeline", {});
    const second = new RawClient(command, args, { cwd: place, env: environment(env) });
    await second.initialize();
    await second.call("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    expect((await client.call("get_pipeline", {})).text).toContain("MLE");
    expect(await second.close()).toBe(0);
    expect(await client.close()).toBe(0);
    // Every database that is made has an identifier of its own, in the first bytes of this file.
    const identifier = readFileSync(join(data, "db", "global", "pg_control")).subarray(0, IDENTIFIER_BYTES);
    const readyMade = brotliDecompressSync(readFileSync(join(folder, "dist", "database", "empty.tar.br")));
    expect(readyMade.includes(identifier)).toBe(true);
  });

  it("reads a DOCX inside Electron, which is Node only when it is told so", async () => {
    const { args, env } = startOf(manifest, folder, { greenflag_data_dir: join(place, "Electron's data") });
    const options = { cwd: place, env: environment(env) };
    const client = new RawClient(process.execPath, [...electronIn(place), ...args], options);
    await client.initialize();
    await client.call("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon" });
    const resume = join(place, "a résumé.docx");
    writeFileSync(resume, await docx("Ran 14 models in production on a Kubernetes cluster of 40 nodes."));
    const { text } = await client.call("add_candidate", {
      role: "MLE",
      name: "Ana",
      email: "ana@example.test",
      resume_file: resume,
    });
    const [reference = ""] = /MLE-\d+/.exec(text) ?? [];
    const scored = await client.call("score_candidate", { application: reference });
    expect(scored.text).toContain("14 models in production");
    expect(await client.close()).toBe(0);
  });

  it("reads a calendar in its thread", () => {
    const calendar = join(place, "my calendar.ics");
    const start = new Date(Date.now() + 86_400_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    writeFileSync(calendar, calendarFile(...calendarEvent("1", `DTSTART:${start}`, "DURATION:PT1H")));
    const email = "ana@example.test";
    const env = environment({ GREENFLAG_DATA_DIR: join(place, "Ana's data"), GREENFLAG_MEMBER: email });
    const when = ["--timezone", "Europe/Lisbon", "--calendar", calendar];
    const command = [join(folder, "dist", "cli.js"), "member", "availability", email, ...when];
    expect(execFileSync(process.execPath, command, { env, encoding: "utf8" })).toContain("1 busy time ");
  });
});
