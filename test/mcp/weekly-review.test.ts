import { expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { useDatabase } from "../support/database.ts";
import { start } from "../support/harness.ts";
import { randomPipeline } from "../support/random-pipeline.ts";
import { readCall } from "../support/told-call.ts";

const database = useDatabase();
const NOW = new Date("2026-11-24T09:00:00Z");

it("reviews a team's week in the three calls that the prompt names", async () => {
  const store = await database.workspace();
  const { stages } = loadCatalog({}).get("mlops-engineer");
  await randomPipeline(store, { count: 80, seed: 11, stages, now: NOW });
  const greenflag = await start({ store, clock: { now: NOW } });
  const prompt = await greenflag.prompt("weekly_review", {});
  expect([...prompt.matchAll(/^\d\. (get_\w+)(?: with report (\w+))?/gm)].map((m) => [m[1], m[2]])).toEqual([
    ["get_pipeline", undefined],
    ["get_report", "funnel"],
    ["get_report", "time_in_stage"],
  ]);

  const { roles, needs_attention, order } = await greenflag.ok("get_pipeline");
  expect(order).toMatch(/^errors first, then most days over the goal, then closest to a hire; .* 10 longest/);
  expect(roles.find((r: { key: string }) => r.key === "AA")).toMatchObject({
    weeks_open: 8.6,
    clock: {
      pace: "past_clean",
      clean: { low_weeks: 4, high_weeks: 7 },
      mis_scoped: { low_weeks: 9, high_weeks: 14 },
    },
  });
  const rank = (a: { severity: string; days_over: number }) =>
    [a.severity === "error" ? 0 : 1, -a.days_over] as const;
  const ranks = needs_attention.map(rank);
  expect(ranks).toEqual([...ranks].sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  const refs = needs_attention.map((a: { ref: string }) => a.ref).filter((ref: string) => ref.includes("-"));
  expect(new Set(refs).size).toBe(refs.length);
  for (const { next } of needs_attention) {
    const { who, arguments: args } = readCall(next);
    expect(who).toBeUndefined();
    expect(args.application ?? args.role ?? args.report).toBeDefined();
  }
  const kinds = new Set(needs_attention.map((a: { kind: string }) => a.kind));
  expect(kinds.has("offer_ageing") || kinds.has("over_goal")).toBe(true);
  const offers = roles.flatMap((r: { stages: { id: string; applications: { waits_for: string }[] }[] }) =>
    r.stages.filter((s) => s.id === "offer").flatMap((s) => s.applications),
  );
  expect(offers.every((a: { waits_for: string }) => a.waits_for === "candidate")).toBe(true);

  for (const report of ["funnel", "time_in_stage"]) {
    const answer = await greenflag.ok("get_report", { report });
    expect(answer).toMatchObject({ enough: true, period: { to: "2026-11-24" } });
  }
});
