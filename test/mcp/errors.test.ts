import { describe, expect, it } from "vitest";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";
import { startWithCandidate } from "../support/record.ts";

const database = useDatabase();
const SECRET = "postgres://user:s3cret@db.internal/greenflag";

describe("the one catch", () => {
  it("hides a defect behind a reference", async () => {
    const store = await database.workspace();
    const broken = { ...store, read: () => Promise.reject(new Error(`boom ${SECRET}`)) };
    const greenflag = await start({ store: broken });
    const answer = await greenflag.call("get_pipeline");
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(
      /Something went wrong inside Greenflag; its log explains it under [0-9a-f]{8}/,
    );
    expect(JSON.stringify(answer)).not.toMatch(/s3cret|boom/);
    await expect(greenflag.read("hiring://roles/MLE")).rejects.toThrow(/Something went wrong/);
    await expect(greenflag.read("hiring://roles/MLE")).rejects.not.toThrow(/s3cret|boom/);
  });

  it("carries a code, a message and the next call for a script to read", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const { facts } = await greenflag.call("move_candidate", { application: "MLE-9", to: "screen" });
    expect(facts).toEqual({
      error: {
        code: "not_found",
        message: 'No application "MLE-9".',
        hint: expect.stringMatching(/find_candidates/),
      },
    });
  });

  it.each([
    ["a thousand levels", () => Array.from({ length: 1_000 }).reduce<object>((inner) => ({ in: inner }), {})],
    [
      "keys that mean something to the language",
      () => JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}') as object,
    ],
  ])("refuses %s where no such argument is", async (_name, make) => {
    const greenflag = await start({ store: await database.workspace() });
    expect(await greenflag.refused("get_pipeline", { role: "MLE", junk: make() })).toMatch(/junk/);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it("refuses an unknown tool", async () => {
    const greenflag = await start({ store: await database.workspace() });
    await expect(greenflag.call("drop_tables")).rejects.toThrow(/drop_tables/);
  });

  it("acts only for a member of the team", async () => {
    const greenflag = await start({ store: await database.workspace(), member: "stranger@example.test" });
    expect(await greenflag.refused("get_pipeline")).toMatch(
      /stranger@example\.test, who is not a member.*greenflag member add/,
    );
  });
});
