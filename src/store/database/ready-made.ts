import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { MIGRATIONS } from "./migrate.ts";

/** The ready-made database that the build puts beside the program; there is none beside the source. */
const ARCHIVE = fileURLToPath(new URL("../../database/empty.tar.br", import.meta.url));

/**
 * Makes an empty database that has had every migration.
 * @returns a tar of its files. It takes seconds, so a build does it once for everybody.
 */
export async function makeDatabase(): Promise<Buffer> {
  const client = await PGlite.create({ extensions: { pg_trgm } });
  try {
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
    // What has reached the tables need not be replayed at the first opening.
    await client.query("checkpoint");
    return Buffer.from(await (await client.dumpDataDir("none")).arrayBuffer());
  } finally {
    await client.close();
  }
}

/**
 * Puts an empty database in a place where there is none yet, whole or not at all: it grows beside that place. For whoever
 * holds the lock, since what is found half-grown is taken for what a killed process left.
 */
export async function placeDatabase(data: string): Promise<void> {
  const growing = `${data}.new`;
  rmSync(growing, { recursive: true, force: true });
  try {
    unpack(existsSync(ARCHIVE) ? brotliDecompressSync(readFileSync(ARCHIVE)) : await makeDatabase(), growing);
    renameSync(growing, data);
  } finally {
    rmSync(growing, { recursive: true, force: true });
  }
}

const BLOCK_BYTES = 512;
/** Where a tar's header has the fields that are read here: first byte and number of bytes. */
const HEADER = { path: [0, 100], size: [124, 12], kind: [156, 1] } as const;
const FILE = "0";
const FOLDER = "5";

/** Writes the files of a tar as PGlite makes it: folders before what is in them, and no path longer than a header's field. */
function unpack(tar: Buffer, directory: string): void {
  mkdirSync(directory, { mode: 0o700 });
  for (let header = 0; (tar[header] ?? 0) !== 0; ) {
    const field = ([start, bytes]: readonly [number, number]): string =>
      tar.toString("latin1", header + start, header + start + bytes).replace(/\0.*$/s, "");
    const path = join(directory, field(HEADER.path));
    const kind = field(HEADER.kind);
    const size = Number.parseInt(field(HEADER.size), 8);
    const content = header + BLOCK_BYTES;
    if (kind === FOLDER) mkdirSync(path, { mode: 0o700 });
    else if (kind === FILE && content + size <= tar.length)
      writeFileSync(path, tar.subarray(content, content + size), { mode: 0o600 });
    else throw new Error(`The ready-made database cannot be read at byte ${header}.`);
    header = content + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
}
