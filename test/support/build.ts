import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CACHE } from "../../src/build/cache.ts";
import { DomainError } from "../../src/domain/errors.ts";
import { lockDirectory } from "../../src/store/database/directory-lock.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the program where what it is made of is newer, once when several runs start. `npm run check` checks the types. */
export default async function setup(): Promise<void> {
  if (!isStale()) return;
  const release = await lockBuild();
  try {
    if (isStale()) execFileSync("npm", ["run", "--silent", "build", "--", "--noCheck"], { cwd: root });
  } finally {
    await release();
  }
}

function isStale(): boolean {
  const program = join(root, "dist", "cli.js");
  if (!existsSync(program)) return true;
  const built = statSync(program).mtimeMs;
  // Folders too: a file that was deleted or renamed changes its folder alone.
  const paths = ["src", "migrations"].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true }).map((path) => join(root, name, path.toString())),
  );
  const single = ["tsconfig.json", "package-lock.json"].map((name) => join(root, name));
  return [...single, ...paths].some((path) => statSync(path).mtimeMs > built);
}

async function lockBuild(): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await lockDirectory(join(CACHE, "build"), "build", new Date());
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "unavailable") throw error;
      await wait(200);
    }
  }
}
