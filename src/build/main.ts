import { copyFileSync, cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseArchive } from "./database-archive.ts";

// What `npm run build` puts into dist beside the compiled program: the catalogue's data and the ready-made database.

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const CATALOG = fileURLToPath(new URL("../catalog", import.meta.url));

const archive = await databaseArchive();
rmSync(DIST, { recursive: true, force: true });
cpSync(CATALOG, join(DIST, "catalog"), { recursive: true, filter: (path) => !path.endsWith(".ts") });
mkdirSync(join(DIST, "database"));
copyFileSync(archive, join(DIST, "database", "empty.tar.br"));
