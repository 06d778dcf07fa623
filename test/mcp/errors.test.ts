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

  it("answers an error in text alone: what is wrong and the next call", async () => {
    const greenflag = await startWithCandidate({ store: await database.workspace() });
    const answer = await greenflag.call("move_candidate", { application: "MLE-9", to: "screen" });
    expect(answer.text).toMatch(/^No application "MLE-9"\. .*find_candidates/);
    expect(answer.facts).toBeUndefined();
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

  it.each([
    [
      "benchmark_salary",
      { template: "mlops-engineer", level: "mid", offer_min: 1.5, currency: "usd" },
      'offer_min: 1.5 is not a whole number. currency: "usd" is not three capital letters, such as USD. Call benchmark_salary again with offer_min as a whole number; with currency as three capital letters, such as USD.',
    ],
    [
      "get_candidate",
      {},
      "application: missing. Call get_candidate again with application as text. find_candidates lists references.",
    ],
    [
      "cast_vote",
      { application: "MLE-1", reason: "Good." },
      "vote: missing. Call cast_vote again with vote one of strong_no, no, yes, strong_yes.",
    ],
    [
      "get_debrief",
      { application: "MLE-1", deep: true },
      "deep: no such argument. Call get_debrief again without it, which takes application.",
    ],
    [
      "update_role",
      { role: "MLE", panel: [{ round: "incident", members: ["nobody"] }] },
      'panel[0].members[0]: "nobody" is not an e-mail address or me. Call update_role again with panel[0].members[0] as an e-mail address or me.',
    ],
    [
      "get_report",
      { report: "funnel", since: "yesterday" },
      'since: "yesterday" is not a day as YYYY-MM-DD. Call get_report again with since as a day as YYYY-MM-DD.',
    ],
    [
      "find_candidates",
      { limit: 0, query: "x".repeat(201) },
      "query: what was given is not text of at most 200 characters. limit: 0 is not a number of at least 1. Call find_candidates again with query as text of at most 200 characters; with limit as a number of at least 1.",
    ],
  ])(
    "names field, allowed values and the next call where the schema of %s refuses %j",
    async (tool, args, text) => {
      const greenflag = await start({ store: await database.workspace() });
      const answer = await greenflag.call(tool, args);
      expect(answer).toMatchObject({ isError: true, text });
    },
  );

  it("tells back no long or hidden text that a schema refuses, and few of many faults", async () => {
    const greenflag = await start({ store: await database.workspace() });
    const long = { template: "mlops-engineer", level: `\u202e${"x".repeat(5_000)}` };
    const junk = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${"k".repeat(200)}${n}`, n]));
    const text = await greenflag.refused("benchmark_salary", { ...long, ...junk });
    expect(text.length).toBeLessThan(1_000);
    expect(text).not.toContain("\u202e");
    const panel = Array.from({ length: 20 }, () => ({ round: 1, members: [] }));
    expect(await greenflag.refused("update_role", { role: "MLE", panel })).toMatch(
      /And 15 more\. Call update_role/,
    );
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
