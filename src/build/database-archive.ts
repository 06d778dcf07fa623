import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { MIGRATIONS } from "../store/database/migrate.ts";
import { makeDatabase } from "../store/database/ready-made.ts";
import { CACHE } from "./cache.ts";

/**
 * The ready-made database, packed: made by whichever build or run of the tests comes first, and kept until a migration or
 * the engine changes.
 * @returns the path of the archive.
 */
export async function databaseArchive(): Promise<string> {
  const archive = join(CACHE, `database-${keyOfDatabase()}.tar.br`);
  if (existsSync(archive)) return archive;
  mkdirSync(CACHE, { recursive: true });
  const half = `${archive}.${process.pid}`;
  writeFileSync(half, pack(await makeDatabase()));
  renameSync(half, archive);
  return archive;
}

/** The window spans the log of changes (16 MB), which repeats what the tables hold: half of what gzip leaves. */
function pack(tar: Buffer): Buffer {
  return brotliCompressSync(tar, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
    },
  });
}

/** What a ready-made database depends on: the migrations, the release of the engine, and how it is made and packed. */
function keyOfDatabase(): string {
  const hash = createHash("sha256");
  const makers = [import.meta.url, new URL("../store/database/ready-made.ts", import.meta.url)];
  for (const path of [engineManifest(), ...makers.map((url) => fileURLToPath(url))])
    hash.update(readFileSync(path));
  const files = readdirSync(MIGRATIONS, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  for (const path of files.map((f) => join(f.parentPath, f.name)).sort())
    hash.update(path.slice(MIGRATIONS.length)).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

const engineManifest = (): string =>
  join(createRequire(import.meta.url).resolve("@electric-sql/pglite"), "../../package.json");
