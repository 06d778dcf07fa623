import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { freshEnv, run, serve } from "../support/clients.ts";
import { makeDatabase } from "../support/own-database.ts";
import { startWire, type Wire } from "../support/wire.ts";

const url = inject("databaseUrl");
/** The limit of 15 seconds, and room for a start on a busy machine. */
const LIMIT_MS = 15_000;
const START_MS = 15_000;
const TEST_MS = 90_000;

describe.skipIf(url === undefined)(
  "the program, when the network to its PostgreSQL server falls silent",
  () => {
    let line: Wire;
    let database: Awaited<ReturnType<typeof makeDatabase>>;
    beforeAll(async () => {
      database = await makeDatabase(url ?? "", `greenflag_program_${process.pid}`);
      line = await startWire(new URL(database.url));
    });
    afterEach(() => line.mend());
    afterAll(async () => {
      line.close();
      await database.drop();
    });

    it(
      "is not ready, says so in time, and is ready again afterwards",
      async () => {
        const server = await serve(freshEnv({ DATABASE_URL: line.url }));
        const ready = server.url.replace("/mcp", "/readyz");
        expect((await fetch(ready)).status).toBe(200);
        line.silence();
        const began = performance.now();
        expect((await fetch(ready)).status).toBe(503);
        expect(performance.now() - began).toBeLessThan(LIMIT_MS);
        line.mend();
        expect((await fetch(ready)).status).toBe(200);
        line.silence();
        expect(await server.stop()).toBe(0);
      },
      TEST_MS,
    );

    it(
      "ends a command in time with a line, not a stack",
      async () => {
        line.silence();
        const began = performance.now();
        const { code, stderr } = await run(["member", "list"], freshEnv({ DATABASE_URL: line.url }));
        expect(performance.now() - began).toBeLessThan(LIMIT_MS + START_MS);
        expect([code, stderr]).toEqual([1, expect.stringMatching(/did not answer/)]);
        expect(stderr).not.toMatch(/\n {4}at /);
      },
      TEST_MS,
    );
  },
);
