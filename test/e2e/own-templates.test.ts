import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LEAST } from "../catalog/team-directory.ts";
import { connect, freshEnv, PROGRAM, run } from "../support/clients.ts";

it("a running server sees a template that comes, changes, breaks, is mended, has a twin and goes", async () => {
  const directory = mkdtempSync(join(tmpdir(), "greenflag-templates-"));
  const env = freshEnv({ GREENFLAG_TEMPLATES_DIR: directory });
  const client = await connect({ command: [PROGRAM], env }, "2.x, 2026-07-28");
  const path = join(directory, "own.yaml");
  const save = (text: string) => writeFileSync(path, text);
  const ask = async (template = "own") => (await client.call("get_role_template", { template })).text;
  expect(await ask()).toContain('"own" is not known');
  save(LEAST);
  expect(await ask()).toContain("title: Own");
  save(LEAST.replace("title: Own", "title: Another"));
  expect(await ask()).toContain("title: Another");
  save(LEAST.replace("kind: debrief", "kind: party"));
  const told = "own.yaml:6, stages[2].kind: must be one of";
  expect(await ask()).toContain(told);
  expect(await ask("backend-engineer")).toContain("title: Backend engineer");
  const checked = await run(["template", "check", path], env);
  expect(checked.stdout).toContain(told);
  expect(checked.code).toBe(1);
  save("id: own\ntitle: [");
  expect(JSON.stringify(await client.read("hiring://role-templates"))).toContain(
    "own.yaml:2: is not valid YAML",
  );
  save(LEAST);
  expect(await ask()).toContain("title: Own");
  writeFileSync(join(directory, "own.yml"), LEAST);
  expect(await ask()).toContain("own.yml: has the same id as own.yaml");
  rmSync(join(directory, "own.yml"));
  expect(await ask()).toContain("title: Own");
  rmSync(path);
  expect(await ask()).toContain('"own" is not known');
  await client.close();
  rmSync(directory, { recursive: true });
});
