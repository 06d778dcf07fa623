import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshEnv, run } from "../support/clients.ts";

it("imports what applicants said of themselves only while an admin has it on, the whole file or nothing", async () => {
  const env = freshEnv();
  const file = join(mkdtempSync(join(tmpdir(), "greenflag-answers-")), "answers.jsonl");
  writeFileSync(file, '{"application": "MLE-1", "sex": "female"}\n');
  const off = await run(["impact", "import", file], env);
  expect(off.code).toBe(1);
  expect(off.stderr).toMatch(/impact report is off[\s\S]*greenflag impact on/);
  expect((await run(["impact", "on"], env)).stdout).toMatch(/is on, for admins/);
  expect((await run(["impact", "import", file], env)).stdout).toMatch(
    /0 answers stored\. Not known here: MLE-1/,
  );
  writeFileSync(file, '{"application": "MLE-1", "zodiac": "lion"}\n');
  expect((await run(["impact", "import", file], env)).stderr).toMatch(/line 1 asks "zodiac"; known are sex/);
  expect((await run(["impact", "off", "--erase"], env)).stdout).toMatch(/is off.*deleted/);
});
