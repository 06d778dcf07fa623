import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A built-in template's file, as a team would copy it to begin with. */
export const builtIn = (file: string): string =>
  readFileSync(new URL(`../../src/catalog/${file}`, import.meta.url), "utf8");

/** The backend template under the id `own`, changed. */
export const own = (change: (text: string) => string = (text) => text): string =>
  change(builtIn("backend-engineer.yaml").replace("id: backend-engineer", "id: own"));

/** A directory of a team's with these files in it, gone again when the test is over. */
export function teamDirectory(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "greenflag-templates-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
