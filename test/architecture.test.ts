import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** Which layers each may import beside itself. What is not named here may not be imported at all. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  catalog: ["domain"],
  store: ["domain"],
  github: ["domain"],
  mail: ["domain"],
  files: ["domain"],
  calendar: ["domain", "files"],
  documents: ["domain", "files"],
  // The formats in which a workspace, or people from elsewhere, come in and go out.
  transfer: ["domain", "catalog", "documents", "files"],
  git: ["domain", "files"],
  services: [
    "domain",
    "catalog",
    "store",
    "github",
    "git",
    "mail",
    "calendar",
    "documents",
    "charts",
    "transfer",
  ],
  sharing: ["domain", "store", "services"],
  charts: ["domain"],
  mcp: ["domain", "services"],
  // Who makes a request over HTTP, and what is answered there beside MCP.
  auth: ["domain", "services"],
  web: ["domain", "services", "mcp", "auth"],
  commands: ["domain", "catalog", "store", "calendar", "transfer", "services", "mcp", "entry"],
  // Makes what is shipped, and is not shipped itself.
  build: ["store", "mcp"],
  entry: [
    "domain",
    "files",
    "catalog",
    "store",
    "github",
    "mail",
    "services",
    "sharing",
    "mcp",
    "auth",
    "web",
    "commands",
  ],
};

/** Packages that only one place may know. */
const ONLY_IN: Record<string, readonly string[]> = {
  "drizzle-orm": ["store"],
  pg: ["store"],
  "@electric-sql/pglite": ["store"],
  octokit: ["github"],
  "rrule-temporal": ["calendar"],
  "ical-generator": ["calendar"],
  vega: ["charts"],
  "@resvg/resvg-wasm": ["charts"],
  liquidjs: ["mail", "catalog"],
  nodemailer: ["mail"],
  "@modelcontextprotocol/": ["mcp", "auth", "entry"],
  jose: ["auth"],
  "better-auth": ["auth"],
  "@better-auth/": ["auth"],
  pino: ["entry"],
};

/** Who may write to standard output: the protocol, a person at a terminal, a child that answers its parent, and a build. */
const MAY_PRINT = new Set([
  "stdio.ts",
  join("build", "bundle", "main.ts"),
  join("commands", "terminal.ts"),
  join("documents", "extract-child.ts"),
]);

/** Domain code is pure: beside zod and its like it reaches for nothing. */
const PURE = ["domain"];

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const layerOf = (file: string): string => (file.includes(sep) ? (file.split(sep)[0] ?? "") : "entry");
/** The import statements of a file, as they are written. */
const importText = (file: string): string =>
  [...readFileSync(join(SRC, file), "utf8").matchAll(/^import\s[^;]*;/gms)].map(([text]) => text).join("\n");
const importsOf = (file: string): { from: string; typeOnly: boolean }[] => {
  const text = readFileSync(join(SRC, file), "utf8");
  const statics = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"/gms)];
  const dynamics = [...text.matchAll(/import\("([^"]+)"\)/g)];
  return [
    ...statics.map((m) => ({ from: m[2] ?? "", typeOnly: m[1] !== undefined })),
    ...dynamics.map((m) => ({ from: m[1] ?? "", typeOnly: false })),
  ];
};

/** Groups of files each of which reaches all others of its group by imports. */
function importCircles(): string[][] {
  const targets = new Map(
    files.map((file) => [
      file,
      importsOf(file).flatMap(({ from }) =>
        from.startsWith(".") ? [relative(SRC, resolve(SRC, dirname(file), from))] : [],
      ),
    ]),
  );
  const reachedFrom = (start: string): Set<string> => {
    const reached = new Set<string>();
    const open = [...(targets.get(start) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      open.push(...(targets.get(file) ?? []));
    }
    return reached;
  };
  const reach = new Map(files.map((file) => [file, reachedFrom(file)]));
  const circleOf = (file: string) =>
    files.filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file));
  const circles = files.map((file) => circleOf(file).sort().join(" ")).filter((circle) => circle !== "");
  return [...new Set(circles)].map((circle) => circle.split(" "));
}

describe("the architecture", () => {
  it("knows every folder", () => {
    expect(Object.keys(MAY_IMPORT).sort()).toEqual([...new Set(files.map(layerOf))].sort());
  });

  it.each(files)("%s imports one way", (file) => {
    const layer = layerOf(file);
    for (const { from, typeOnly } of importsOf(file)) {
      if (from.startsWith(".")) {
        const target = layerOf(relative(SRC, resolve(SRC, dirname(file), from)));
        const allowed = [layer, ...(MAY_IMPORT[layer] ?? [])];
        // The log's type is spoken everywhere; the log itself is made in one place.
        if (typeOnly && from.endsWith("/log.ts")) continue;
        expect(allowed, `${file} imports ${from}`).toContain(target);
      }
      for (const [name, layers] of Object.entries(ONLY_IN)) {
        if (from === name || from.startsWith(name.endsWith("/") ? name : `${name}/`)) {
          expect(layers, `${file} imports ${from}`).toContain(layer);
        }
      }
      if (PURE.includes(layer)) expect(from, `${file} is pure`).not.toMatch(/^node:/);
    }
  });

  it.each(files)("%s leaves the environment and standard output alone", (file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    if (file !== "config.ts") expect(text).not.toMatch(/process\.env/);
    if (!MAY_PRINT.has(file)) expect(text).not.toMatch(/process\.stdout|console\./);
  });

  it.each(files)("%s can be read in one sitting", (file) => {
    expect(readFileSync(join(SRC, file), "utf8").split("\n").length).toBeLessThanOrEqual(301);
  });

  it("redacts what was loaded for a reader in one place, and loads the stored rows only there or to write", () => {
    const importers = (name: RegExp) =>
      files.filter((file) => name.test(importText(file)) && layerOf(file) !== "store").sort();
    const reader = join("services", "panel", "load-for-reader.ts");
    expect(importers(/\bredactFor\b/)).toEqual([reader]);
    const writers = new Set([
      join("services", "candidates", "documents.ts"),
      // How many cards and votes two records have of the same member, and no word of them.
      join("services", "candidates", "merge-candidates.ts"),
      join("services", "evaluation", "score-candidate.ts"),
      join("services", "evaluation", "take-out-quotes.ts"),
      join("services", "panel", "assign-interviewers.ts"),
      join("services", "panel", "cast-vote.ts"),
      join("services", "panel", "submit-scorecard.ts"),
      join("services", "pipeline", "record-decision.ts"),
    ]);
    const rows =
      /\b(listScorecards|listVotes|listMoves|listDecisions|listDocuments|listMessages|unsentMessages)\b/;
    const others = importers(new RegExp(`${rows.source}|\\bnewestAssessment\\b`));
    expect(others.filter((file) => !writers.has(file))).toEqual([reader]);
  });

  it("has no circle of imports, not even of types", () => {
    expect(importCircles()).toEqual([]);
  });

  it("loads the library of sign-in nowhere but where somebody signs in", () => {
    const users = files.filter((file) => /"(?:@?better-auth)[/"]/.test(importText(file)));
    const allowed = ["authorization-server.ts", "library-options.ts", "own-keys.ts", "providers.ts"];
    expect(users.sort()).toEqual(allowed.map((file) => join("auth", file)));
    const loaders = files.filter((file) =>
      importsOf(file).some(
        ({ from, typeOnly }) => !typeOnly && allowed.some((name) => from.endsWith(`/${name}`)),
      ),
    );
    // Each of them is itself one of these, or is loaded by `import()` alone.
    expect(loaders.sort()).toEqual(
      ["auth/authorization-server.ts", "auth/code-mail.ts", "auth/library-options.ts", "sign-in.ts"].map(
        (file) => file.replaceAll("/", sep),
      ),
    );
    expect(importText("sign-in.ts")).not.toMatch(/import \{[^}]*\} from "\.\/auth/);
  });

  it("lets only the impact report and its commands read what applicants said of themselves", () => {
    const readers = files.filter((file) =>
      importsOf(file).some(({ from }) => from.endsWith("/self-reports.ts")),
    );
    expect(readers.sort()).toEqual([
      join("services", "reports", "impact-settings.ts"),
      join("services", "reports", "impact.ts"),
      // It gives the rows of an application to the one that it is joined to, and reads none.
      join("store", "candidates", "merge.ts"),
      join("store", "tables.ts"),
    ]);
    const users = files.filter((file) =>
      /\bselfReports\b|self_reports/.test(readFileSync(join(SRC, file), "utf8")),
    );
    expect(users.sort()).toEqual([
      // It says that an erasure leaves them, and reads none.
      join("store", "candidates", "erase.ts"),
      join("store", "reports", "self-reports.ts"),
      join("store", "schema", "self-reports.ts"),
      join("store", "tables.ts"),
      // A backup takes the rows along as they are, and shows none.
      join("store", "transfer", "tables.ts"),
    ]);
  });
});
