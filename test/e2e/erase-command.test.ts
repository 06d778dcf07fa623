import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { freshEnv, run } from "../support/clients.ts";
import { startHost } from "../support/host.ts";

it("erases a person from the terminal while a server runs, after telling what would go", async () => {
  const env = freshEnv();
  const host = startHost(env);
  const text = async (name: string, args: object) => (await host.call(name, args))?.text;
  await text("open_role", { template: "mlops-engineer", level: "senior", location: "Lisbon", key: "MLE" });
  await text("add_candidate", { role: "MLE", name: "Zoë Okafor", email: "zoe@example.test" });
  const dry = await run(["erase", "MLE-1"], env);
  expect(dry.stdout).toMatch(/Would erase[\s\S]*1 row of candidates[\s\S]*greenflag erase MLE-1 --yes/);
  expect(await text("get_candidate", { application: "MLE-1" })).toContain("Zoë Okafor");
  expect((await run(["erase", "MLE-9", "--yes"], env)).code).toBe(1);
  const done = await run(["erase", "mle-1", "--yes"], env);
  expect(done.stdout).toMatch(/MLE-1 is erased[\s\S]*files were rewritten/);
  expect(done.stdout).not.toContain("Zoë");
  expect(await text("get_candidate", { application: "MLE-1" })).toContain("erased person");
  expect((await run(["erase", "MLE-1", "--yes"], env)).stdout).toContain("nothing was changed");
  expect((await run(["suppress", "--list"], env)).stdout).toMatch(/somebody who was erased/);
  host.kill();
  const list = readFileSync(join(env.GREENFLAG_DATA_DIR ?? "", "erased.jsonl"), "utf8");
  expect(list.trim().split("\n")).toHaveLength(1);
  expect(list).not.toMatch(/zoe|zoë/i);
});
