import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openStore } from "../../../src/store/database/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { start } from "../../support/harness.ts";
import { makeDatabase } from "../../support/own-database.ts";
import { startWire, type Wire } from "../../support/wire.ts";

const url = inject("databaseUrl");
const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });

describe.skipIf(url === undefined)(
  "on a PostgreSQL server (skipped without TEST_DATABASE_URL: it takes a server to lose one)",
  () => {
    let line: Wire;
    let store: Store;
    let database: Awaited<ReturnType<typeof makeDatabase>>;
    beforeAll(async () => {
      database = await makeDatabase(url ?? "", `greenflag_lost_${process.pid}`);
      line = await startWire(new URL(database.url));
      store = await openStore({ databaseUrl: line.url, directory: "", command: "test", firstAdmin });
    });
    afterAll(async () => {
      await store.close();
      line.close();
      await database.drop();
    });

    it("says so when the server is lost, and works again once it is back", async () => {
      const greenflag = await start({ store });
      await greenflag.ok("get_pipeline");
      line.cut();
      const text = await greenflag.refused("get_pipeline");
      expect(text).toMatch(/database did not answer.*greenflag doctor/);
      expect(text).not.toMatch(/127\.0\.0\.1|postgres:|ECONN/);
      line.mend();
      await greenflag.ok("get_pipeline");
    });

    it("loses nothing and halves nothing when the server goes in the middle of a write", async () => {
      const greenflag = await start({ store });
      const key = "CUT";
      await greenflag.ok("open_role", {
        template: "mlops-engineer",
        level: "senior",
        location: "Lisbon",
        key,
      });
      const adding = Array.from({ length: 20 }, (_, n) =>
        greenflag.call("add_candidate", {
          role: key,
          name: `P${n}`,
          email: `cut${n}@example.test`,
          resume_text: "Ran 3 models.",
        }),
      );
      await Promise.race(adding);
      line.cut();
      const answers = await Promise.all(adding);
      line.mend();
      const done = answers.filter((a) => !a.isError).length;
      const found = await greenflag.ok("find_candidates", { role: key, limit: 100 });
      expect(found.total).toBeGreaterThanOrEqual(done);
      for (const { ref } of found.applications) {
        expect(
          (await greenflag.ok("get_candidate", { application: ref, include: ["documents"] })).documents,
        ).toHaveLength(1);
      }
    });

    it("migrates once when several processes start on an empty database", async () => {
      const empty = await makeDatabase(url ?? "", `greenflag_race_${process.pid}`);
      const stores = await Promise.all(
        Array.from({ length: 5 }, () =>
          openStore({ databaseUrl: empty.url, directory: "", command: "test", firstAdmin }),
        ),
      );
      expect(new Set(stores.map((s) => s.workspaceId)).size).toBe(1);
      await Promise.all(stores.map((s) => s.close()));
      await empty.drop();
    });
  },
);

describe("a database that cannot be reached", () => {
  it("is described in words, without its address", async () => {
    const opening = openStore({
      databaseUrl: "postgres://someone:s3cret@127.0.0.1:9/none",
      directory: "",
      command: "test",
      firstAdmin,
    });
    await expect(opening).rejects.toMatchObject({
      code: "unavailable",
      message: expect.not.stringMatching(/s3cret|127/),
    });
  });
});
