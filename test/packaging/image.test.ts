import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Instruction, readDockerfile, readIgnoreFile, type Stage, wordsOf } from "./dockerfile.ts";

// No engine builds the image here. The steps of the Dockerfile are run instead, in order, each stage in a folder of its
// own that stands for the root of its image.

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, "examples", "deploy", name), "utf8");
const stages = readDockerfile(read("Dockerfile"));
const last = stages.at(-1);
if (last === undefined) throw new Error("the Dockerfile has no stage");
const allowed = readIgnoreFile(read("Dockerfile.dockerignore"));
const textsOf = (stage: Stage, name: string): string[] =>
  stage.instructions.filter((each) => each.name === name).map(({ text }) => text);
const folder = mkdtempSync(join(tmpdir(), "greenflag-image-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A user that owns nothing, where the tests may choose one. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** What an image starts its programs with. */
type Image = { readonly root: string; cwd: string; readonly env: Record<string, string> };
const images = new Map<string, Image>();

function make(stage: Stage): Image {
  const root = join(folder, stage.name);
  mkdirSync(root);
  const image: Image = { root, cwd: root, env: {} };
  for (const instruction of stage.instructions) step(image, instruction);
  return image;
}

function step(image: Image, { name, text }: Instruction): void {
  switch (name) {
    case "WORKDIR":
      image.cwd = join(image.root, text);
      mkdirSync(image.cwd, { recursive: true });
      return;
    case "ENV":
      image.env[text.slice(0, text.indexOf("="))] = text.slice(text.indexOf("=") + 1);
      return;
    case "COPY":
      copy(image, text.split(" "));
      return;
    case "RUN": {
      const [program = "", ...words] = wordsOf(text);
      // As in a container, where nothing of this machine is set.
      const env = { PATH: process.env.PATH ?? "", HOME: folder, ...npmSettings(), ...image.env };
      execFileSync(program, words, { cwd: image.cwd, env, stdio: "pipe" });
      return;
    }
    case "USER":
    case "EXPOSE":
    case "HEALTHCHECK":
    case "CMD":
      return;
    default:
      throw new Error(`${name}: not known here; teach this test to run it`);
  }
}

function copy(image: Image, words: readonly string[]): void {
  const from = words.find((word) => word.startsWith("--from="))?.slice("--from=".length);
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = join(image.cwd, paths.at(-1) ?? "");
  const source = from === undefined ? ROOT : (images.get(from)?.root ?? "");
  for (const path of paths.slice(0, -1)) {
    if (from === undefined && !allowed.includes(path)) throw new Error(`${path} is not in the context`);
    const into = paths.at(-1)?.endsWith("/") ? join(target, basename(path)) : target;
    cpSync(join(source, path), into, { recursive: true, verbatimSymlinks: true });
  }
}

/** Where this machine's npm gets packages, and keeps them. */
function npmSettings(): Record<string, string> {
  const of = (key: string) => execFileSync("npm", ["config", "get", key], { encoding: "utf8" }).trim();
  return {
    npm_config_cache: of("cache"),
    npm_config_registry: of("registry"),
    npm_config_prefer_offline: "true",
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("the Dockerfile", () => {
  it("names its base by version, and each stage the same", () => {
    for (const { image } of stages) expect(image).toMatch(/^node:24\.\d+\.\d+-\w+-slim$/);
    expect(new Set(stages.map(({ image }) => image)).size).toBe(1);
  });

  it("runs as a user that is not root, with a health check", () => {
    expect(textsOf(last, "USER")).toEqual(["node"]);
    expect(textsOf(last, "HEALTHCHECK")).toHaveLength(1);
    expect(textsOf(last, "CMD")).toEqual(['["node", "dist/cli.js", "serve"]']);
  });

  it("keeps no secret in a layer: nothing is passed in, and only what it is made of is in the context", () => {
    const all = stages.flatMap(({ instructions }) => instructions);
    expect(all.filter(({ name }) => name === "ARG" || name === "ADD")).toEqual([]);
    expect(all.filter(({ name }) => name === "ENV").map(({ text }) => text)).toEqual([
      "NODE_ENV=production",
      "GREENFLAG_HOST=0.0.0.0",
      "GREENFLAG_PORT=3130",
    ]);
    expect(allowed).toEqual(["package.json", "package-lock.json", "tsconfig.json", "src", "migrations"]);
  });
});

describe("the image that its steps make", () => {
  let image: Image;
  beforeAll(() => {
    for (const stage of stages) images.set(stage.name, make(stage));
    image = images.get(last.name) ?? make(last);
    chmodSync(folder, 0o755);
  });

  it("holds the program, its data and what it needs to run, and nothing that only builds it", () => {
    expect(readdirSync(image.cwd).sort()).toEqual(["dist", "migrations", "node_modules", "package.json"]);
    const has = (name: string) => existsSync(join(image.cwd, "node_modules", name, "package.json"));
    expect(["pg", "zod", "pdfjs-dist"].filter(has)).toHaveLength(3);
    expect(["typescript", "vitest", "@biomejs/biome", "tsx", "esbuild"].filter(has)).toEqual([]);
    expect(existsSync(join(image.cwd, "dist", "database", "empty.tar.br"))).toBe(true);
  });

  it("starts as another user with no other program at hand, turns healthy, and stops when it is told to", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, "node"));
    const env = {
      ...image.env,
      PATH: bin,
      HOME: "/",
      // Only this machine may connect while it is tried.
      GREENFLAG_HOST: "127.0.0.1",
      GREENFLAG_PORT: String(await freePort()),
      GREENFLAG_DATA_DIR: "/nonexistent/greenflag",
    };
    const [program = "", ...words] = wordsOf(textsOf(last, "CMD")[0] ?? "");
    const options = { cwd: image.cwd, env, ...NOBODY };
    const server = spawn(program, words, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const ended = once(server, "exit");
    const check = (textsOf(last, "HEALTHCHECK")[0] ?? "").replace(/^.*?CMD /, "");
    const [prober = "", ...probe] = wordsOf(check);
    const isHealthy = async (): Promise<boolean> => {
      const [code] = await once(spawn(prober, probe, { ...options, stdio: "ignore" }), "exit");
      return code === 0;
    };
    try {
      await vi.waitUntil(async () => server.exitCode !== null || (await isHealthy()), {
        interval: 200,
        timeout: 300_000,
      });
      expect(log).not.toMatch(/"level":(50|60)/);
      expect(server.exitCode).toBeNull();
    } finally {
      server.kill("SIGTERM");
    }
    expect((await ended)[0]).toBe(0);
    expect(await isHealthy()).toBe(false);
  });
});
