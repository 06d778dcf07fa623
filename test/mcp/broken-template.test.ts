import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { LEAST, teamDirectory } from "../catalog/team-directory.ts";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";

const database = useDatabase();

describe("a role whose template was broken by an edit", () => {
  it("can be looked at, and what needs the template tells its fault", async () => {
    const directory = teamDirectory({ "own.yaml": LEAST });
    const greenflag = await start({
      store: await database.workspace(),
      catalog: loadCatalog({ directory }),
    });
    await greenflag.ok("open_role", { template: "own", level: "senior", location: "Lisbon", key: "OWN" });
    await greenflag.ok("add_candidate", {
      ...{ role: "OWN", name: "Dana Reis", email: "dana@example.test", resume_text: "Led 12 people." },
    });
    greenflag.clock.now = new Date("2026-12-20T09:00:00Z");
    writeFileSync(join(directory, "own.yaml"), LEAST.replace("polarity: red", "polarity: purple"));
    expect((await greenflag.call("get_pipeline", {})).text).toContain("Dana Reis");
    expect((await greenflag.call("get_candidate", { application: "OWN-1" })).text).toContain("Dana Reis");
    expect(await greenflag.refused("score_candidate", { application: "OWN-1" })).toMatch(
      /own\.yaml:\d+, rubric\.flags\[1\]\.polarity: must be one of green, red.*template check/s,
    );
    writeFileSync(join(directory, "own.yaml"), LEAST);
    await greenflag.ok("score_candidate", { application: "OWN-1" });
  });
});
