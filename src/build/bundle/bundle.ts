import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";
import { formsToPack } from "../../mcp/schema.ts";
import { tools } from "../../mcp/tools/index.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const DIST = join(ROOT, "dist");
const PACKAGES = join(ROOT, "node_modules");

/** The program, and the scripts that it starts as a process or a thread. */
const ENTRIES = [
  "cli.js",
  "documents/extract-child.js",
  "calendar/busy-worker.js",
  "services/submissions/facts-worker.js",
];

/** Files that packages read at run time, and where the bundle has them. */
const RUNTIME_FILES: Readonly<Record<string, string>> = {
  "@electric-sql/pglite/dist/pglite.wasm": "dist/pglite/pglite.wasm",
  "@electric-sql/pglite/dist/pglite.data": "dist/pglite/pglite.data",
  "@electric-sql/pglite/dist/initdb.wasm": "dist/pglite/initdb.wasm",
  "@electric-sql/pglite/dist/pg_trgm.tar.gz": "dist/pglite/pg_trgm.tar.gz",
  "pdfjs-dist/legacy/build/pdf.worker.min.mjs": "dist/pdf.worker.mjs",
  "pdfjs-dist/standard_fonts/LiberationSans-Regular.ttf": "dist/charts/LiberationSans-Regular.ttf",
  "@resvg/resvg-wasm/index_bg.wasm": "dist/charts/resvg.wasm",
  "pdfjs-dist/package.json": "dist/pdfjs/package.json",
};
/** The same for folders. */
const RUNTIME_FOLDERS: Readonly<Record<string, string>> = {
  "pdfjs-dist/cmaps": "dist/pdfjs/cmaps",
  "pdfjs-dist/standard_fonts": "dist/pdfjs/standard_fonts",
  "pdfjs-dist/wasm": "dist/pdfjs/wasm",
};

/** Licences are gathered in one file. */
const isLicence = (file: string): boolean => /^LICENSE/.test(basename(file));

/** The folders whose files find others by their own place, and where the bundle keeps that place. */
const PLACES = [
  { folder: DIST, at: "" },
  { folder: join(PACKAGES, "@electric-sql", "pglite", "dist"), at: "pglite/" },
];

/** What packages load for databases and browsers that no process here has. */
const NEVER_LOADED = /\/(?:(?:bun|d1|node)-sqlite-dialect[^/]*|memfs2opfs|opfs-ahp)\.m?js$/;

type PackageJson = Readonly<Record<string, unknown>> & { readonly imports: Readonly<Record<string, string>> };

/**
 * Makes the program of `dist` into a package that needs no other: few scripts, and beside them what they read, at the
 * places where `dist` has it.
 */
export async function makeBundle(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  const metafile = await bundleScripts(join(directory, "dist"));
  cpSync(DIST, join(directory, "dist"), { recursive: true, filter: (file) => !file.endsWith(".js") });
  removeEmptyFolders(join(directory, "dist"));
  cpSync(join(ROOT, "migrations"), join(directory, "migrations"), {
    recursive: true,
    filter: (file) => !file.endsWith("_snapshot.json"),
  });
  for (const [from, to] of Object.entries(RUNTIME_FILES)) {
    mkdirSync(dirname(join(directory, to)), { recursive: true });
    copyFileSync(join(PACKAGES, from), join(directory, to));
  }
  for (const [from, to] of Object.entries(RUNTIME_FOLDERS))
    cpSync(join(PACKAGES, from), join(directory, to), {
      recursive: true,
      filter: (file) => !isLicence(file),
    });
  const schemas = Object.assign({}, ...tools.map(formsToPack)) as object;
  mkdirSync(join(directory, "dist", "mcp"), { recursive: true });
  writeFileSync(join(directory, "dist", "mcp", "published-schemas.json"), JSON.stringify(schemas));
  for (const file of ["README.md", "LICENSE"]) copyFileSync(join(ROOT, file), join(directory, file));
  writeFileSync(join(directory, "THIRD-PARTY-LICENSES.txt"), licences(metafile));
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(ownPackage(), null, 2)}\n`);
  chmodSync(join(directory, "dist", "cli.js"), 0o755);
}

async function bundleScripts(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES.map((entry) => join(DIST, entry)),
    outbase: DIST,
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    // Every byte is read at each start.
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    external: ["pg-native"],
    plugins: [keepPlaces, englishOnly, leaveOut],
    // Packages of the older kind call require for Node's own modules.
    banner: {
      js: 'import{createRequire as createRequireHere}from"node:module";const require=createRequireHere(import.meta.url);',
    },
  });
  requireAtTop(metafile, outdir);
  return metafile;
}

/** Gives each file that looks for others from its own place that place below the top folder, whatever script it goes into. */
const keepPlaces: Plugin = {
  name: "keep-places",
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, ({ path }) => {
      const place = PLACES.find(({ folder }) => path.startsWith(folder + sep));
      if (place === undefined) return undefined;
      const code = readFileSync(path, "utf8");
      if (!code.includes("import.meta.url")) return undefined;
      const own = `./${place.at}${relative(place.folder, path).replaceAll(sep, "/")}`;
      const [shebang = ""] = /^#!.*\n/.exec(code) ?? [];
      const rest = code.slice(shebang.length).replaceAll("import.meta.url", "ownPlace");
      const first = `const ownPlace = new URL(${JSON.stringify(own)}, import.meta.url).href;`;
      return { contents: `${shebang}${first}\n${rest}`, loader: "js" };
    });
  },
};

/** zod brings its messages in fifty languages; none but English is ever asked for. */
const englishOnly: Plugin = {
  name: "english-only",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      loader: "js",
    }));
  },
};

/** One script stands for all that is never loaded. */
const leaveOut: Plugin = {
  name: "leave-out",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: NEVER_LOADED }, () => ({ path: "left-out", namespace: "left-out" }));
    onLoad({ filter: /^left-out$/, namespace: "left-out" }, () => ({
      contents: 'throw new Error("not in the bundle");',
      loader: "js",
    }));
  },
};

/** Scripts in folders may not hold a file that looks for others: its place is counted from the top folder. */
function requireAtTop({ outputs }: Metafile, outdir: string): void {
  for (const [output, { inputs }] of Object.entries(outputs)) {
    if (dirname(resolve(ROOT, output)) === outdir) continue;
    const looking = Object.keys(inputs).find((input) => {
      const path = resolve(ROOT, input);
      return (
        PLACES.some(({ folder }) => path.startsWith(folder + sep)) &&
        readFileSync(path, "utf8").includes("import.meta.url")
      );
    });
    if (looking !== undefined) throw new Error(`${looking} looks for files, and lies in ${output}`);
  }
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

const readPackage = (path: string): PackageJson =>
  JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as PackageJson;

/** What npm and Node need to know, without dependencies and without the clone's commands. */
function ownPackage(): object {
  const { name, version, description, license, type, engines, bin, keywords, imports } = readPackage(ROOT);
  const inBundle = Object.entries(imports).map(([alias, file]) => {
    const copy = RUNTIME_FILES[file];
    if (copy === undefined) throw new Error(`${alias} is ${file}, which the bundle lacks`);
    return [alias, `./${copy}`];
  });
  const files = ["dist", "migrations", "THIRD-PARTY-LICENSES.txt"];
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin,
    files,
    keywords,
    imports: Object.fromEntries(inBundle),
  };
}

/** The licences of all that went into the bundle, package by package. */
function licences({ inputs }: Metafile): string {
  const files = [
    ...Object.keys(inputs),
    ...Object.keys(RUNTIME_FILES).map((file) => join("node_modules", file)),
  ];
  const folders = files.flatMap((file) => {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll(sep, "/")) ?? [];
    return folder === undefined ? [] : [folder];
  });
  const parts = [...new Set(folders)].sort().map((folder) => licenceOf(join(ROOT, folder)));
  const inFolders = Object.keys(RUNTIME_FOLDERS).flatMap((folder) =>
    readdirSync(join(PACKAGES, folder))
      .filter(isLicence)
      .map((file) => {
        const name = file === "LICENSE_LIBERATION" ? "Liberation Sans" : `${folder}, ${file}`;
        return `${name}\n\n${readFileSync(join(PACKAGES, folder, file), "utf8")}`;
      }),
  );
  return [...parts, ...inFolders].join(`\n${"=".repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const { name, version, license } = readPackage(folder);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
  return `${name} ${version} (${JSON.stringify(license)})\n\n${text}`;
}
