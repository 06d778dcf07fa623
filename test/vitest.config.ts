import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The limit for what hangs, not for what is slow: no outcome depends on how fast a machine is. */
const HANG_MS = 600_000;

const UNIT = [
  "test/*.test.ts",
  "test/auth/{code-limit,registration}.test.ts",
  "test/calendar/{busy,damaged,generated,interviews,invite,programs,recurrence,zones}.test.ts",
  "test/{catalog,charts,commands,domain,git,github,mail,sharing}/**/*.test.ts",
  "test/documents/pdf*.test.ts",
  "test/transfer/import/sheet/*.test.ts",
  "test/mcp/{answers,surface}.test.ts",
  "test/mcp/{answers,text}/**/*.test.ts",
  "test/transfer/import/**/*.test.ts",
];
const E2E = ["test/e2e/**/*.test.ts"];
const PACKAGING = ["test/packaging/**/*.test.ts"];

export default defineConfig({
  test: {
    root: file(".."),
    maxWorkers: 2,
    projects: [
      {
        // Neither a database nor the built program.
        test: {
          name: "unit",
          include: UNIT,
          isolate: false,
          pool: "forks",
          testTimeout: HANG_MS,
          hookTimeout: HANG_MS,
          // Who opens a database here is told where such tests belong.
          alias: [{ find: /^(@electric-sql\/pglite|pg)$/, replacement: file("support/no-database.ts") }],
        },
      },
      {
        // The server in this process, on a database; files of one worker share it, each test in a workspace of its own.
        test: {
          name: "integration",
          include: ["test/**/*.test.ts"],
          exclude: [...UNIT, ...E2E, ...PACKAGING],
          isolate: false,
          pool: "forks",
          globalSetup: ["test/support/build.ts", "test/support/made-database.ts"],
          testTimeout: HANG_MS,
          hookTimeout: HANG_MS,
        },
      },
      {
        // The built program as hosts start it.
        test: {
          name: "e2e",
          include: E2E,
          isolate: false,
          pool: "forks",
          globalSetup: ["test/support/build.ts", "test/support/made-database.ts"],
          testTimeout: HANG_MS,
          hookTimeout: HANG_MS,
        },
      },
      {
        // What people install, made from the built program and started from where it was unpacked.
        test: {
          name: "packaging",
          include: PACKAGING,
          pool: "forks",
          globalSetup: ["test/support/build.ts"],
          testTimeout: HANG_MS,
          hookTimeout: HANG_MS,
        },
      },
    ],
  },
});
