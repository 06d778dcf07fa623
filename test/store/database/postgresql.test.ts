import { createServer, connect as dial, type Server, type Socket } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openStore } from "../../../src/store/database/open.ts";
import type { Store } from "../../../src/store/store.ts";
import { start } from "../../support/harness.ts";

const url = inject("databaseUrl");
const firstAdmin = async () => ({ email: "ada@example.test", name: "Ada Byron" });

/** A wire to the server that can be cut and mended. */
async function wire(target: URL): Promise<{ url: string; cut(): void; mend(): void; close(): void }> {
  const sockets = new Set<Socket>();
  let whole = true;
  const server: Server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = dial(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket
        .on("error", () => {})
        .on("close", () => {
          near.destroy();
          far.destroy();
        });
    }
    return near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const through = new URL(target.href);
  through.port = String((server.address() as { port: number }).port);
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: through.href,
    cut() {
      whole = false;
      drop();
    },
    mend() {
      whole = true;
    },
    close() {
      drop();
      server.close();
    },
  };
}

describe.skipIf(url === undefined)(
  "on a PostgreSQL server (skipped without TEST_DATABASE_URL: it takes a server to lose one)",
  () => {
    let line: Awaited<ReturnType<typeof wire>>;
    let store: Store;
    beforeAll(async () => {
      line = await wire(new URL(url ?? ""));
      store = await openStore({ databaseUrl: line.url, directory: "", command: "test", firstAdmin });
    });
    afterAll(async () => {
      await store.close();
      line.close();
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
      const name = `greenflag_race_${process.pid}`;
      const admin = new pg.Client({ connectionString: url });
      await admin.connect();
      await admin.query(`create database ${name}`);
      const empty = new URL(url ?? "");
      empty.pathname = `/${name}`;
      const stores = await Promise.all(
        Array.from({ length: 5 }, () =>
          openStore({ databaseUrl: empty.href, directory: "", command: "test", firstAdmin }),
        ),
      );
      expect(new Set(stores.map((s) => s.workspaceId)).size).toBe(1);
      await Promise.all(stores.map((s) => s.close()));
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
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
