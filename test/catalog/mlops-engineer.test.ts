import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";

const mlops = loadCatalog({}).get("mlops-engineer");

/** Looks a value up: names lead into objects, and among the entries of a list the one called so is meant. */
function at(path: string): unknown {
  return path.split(" > ").reduce<unknown>((value, name) => {
    if (!Array.isArray(value)) return (value as Record<string, unknown> | undefined)?.[name];
    return value.find((entry) => [entry.id, entry.what, entry.code].includes(name));
  }, mlops);
}

describe("the numbers of the hiring guide", () => {
  it.each([
    ["salary > currency", "USD"],
    ["salary > year", 2026],
    ["salary > range > low", 90_000],
    ["salary > range > high", 257_000],
    ["salary > national_average > low", 130_000],
    ["salary > national_average > high", 165_000],
    ["salary > levels > entry > years", "0-2"],
    ["salary > levels > entry > low", 85_000],
    ["salary > levels > entry > high", 132_000],
    ["salary > levels > mid > years", "3-5"],
    ["salary > levels > mid > low", 115_000],
    ["salary > levels > mid > high", 175_000],
    ["salary > levels > senior > years", "5-8"],
    ["salary > levels > senior > low", 150_000],
    ["salary > levels > senior > high", 210_000],
    ["salary > levels > staff > years", "8+"],
    ["salary > levels > staff > low", 195_000],
    ["salary > levels > staff > high", 312_000],
    ["salary > total_comp > from_level", "senior"],
    ["salary > total_comp > low_percent", 20],
    ["salary > total_comp > high_percent", 40],
    ["salary > adjustments > bay_area > low_percent", 15],
    ["salary > adjustments > bay_area > high_percent", 25],
    ["salary > adjustments > new_york_seattle > low_percent", 10],
    ["salary > adjustments > new_york_seattle > high_percent", 20],
    ["salary > adjustments > fully_remote > low_percent", -26],
    ["salary > adjustments > fully_remote > high_percent", -10],
    ["salary > adjacent > SOC 15-2051 > median", 112_590],
    ["salary > adjacent > SOC 15-2051 > growth_percent", 34],
    ["salary > adjacent > SOC 15-2051 > period", "2024-2034"],
    ["salary > adjacent > SOC 15-1221 > median", 140_910],
    ["salary > adjacent > SOC 15-1221 > growth_percent", 20],
    ["salary > adjacent > SOC 15-1221 > period", "2024-2034"],
    ["salary > reported > Average base > amount", 161_000],
    ["salary > reported > Average base of seniors > amount", 206_000],
    ["week > reliability > percent", 25],
    ["week > serving infrastructure > percent", 20],
    ["week > feature platforms > percent", 15],
    ["week > CI/CD > percent", 15],
    ["week > observability > percent", 10],
    ["week > meetings and debugging > percent", 15],
    ["time_to_fill > clean > low_weeks", 4],
    ["time_to_fill > clean > high_weeks", 7],
    ["time_to_fill > mis_scoped > low_weeks", 9],
    ["time_to_fill > mis_scoped > high_weeks", 14],
    ["stages > architecture > minutes", 45],
    ["stages > incident > minutes", 60],
    ["stages > exercise > minutes", 75],
    ["stages > on_call_fit > minutes", 45],
    ["credentials > aws_ml_engineer_associate > cost > amount", 150],
    ["credentials > aws_ml_specialty > cost > amount", 300],
    ["credentials > aws_ml_specialty > valid_until", "2026-03-31"],
    ["credentials > google_professional_ml_engineer > cost > amount", 200],
    ["credentials > azure_ai_engineer_associate > cost > amount", 165],
  ])("%s is %s", (path, value) => {
    expect(at(path)).toBe(value);
  });

  it("stand in the warning about a band that was saved on", () => {
    expect(mlops.salary.warnings.map((w) => w.text.match(/\d+(,\d{3})?/g))).toEqual([
      ["40,000", "190,000", "13", "245,000"],
    ]);
    expect(mlops.salary.total_comp?.note).toMatch(/300,000/);
  });

  it("add up: the week to a hundred, the stages' goals to a clean search", () => {
    expect(mlops.week.reduce((sum, part) => sum + part.percent, 0)).toBe(100);
    const weeks = mlops.stages.reduce((sum, stage) => sum + stage.goal_days, 0) / 7;
    expect(weeks).toBeGreaterThanOrEqual(4);
    expect(weeks).toBeLessThanOrEqual(7);
  });
});

describe("the hiring guide's advice", () => {
  it("is three lanes, five mistakes and three neighbouring titles", () => {
    expect(mlops.lanes.map((lane) => lane.id)).toEqual([
      "pipeline_owner",
      "serving_reliability",
      "platform_builder",
    ]);
    expect(mlops.mistakes.map((mistake) => mistake.id)).toEqual([
      "modeler_hired",
      "band_too_narrow",
      "no_outcomes",
      "search_mis_scoped",
      "algorithm_puzzles",
    ]);
    expect(mlops.neighbours.map((n) => n.role)).toEqual(["Data scientist", "ML engineer", "MLOps engineer"]);
  });

  it("is the pipeline with its gates", () => {
    expect(mlops.stages.map(({ id, gate }) => [id, gate.join(" and ")])).toEqual([
      ["applied", "assessment"],
      ["screen", "scorecards"],
      ["architecture", "scorecards"],
      ["incident", "scorecards"],
      ["exercise", "scorecards and submission"],
      ["on_call_fit", "scorecards"],
      ["debrief", "votes"],
      ["offer", ""],
    ]);
  });

  it("is six green flags and four red ones", () => {
    expect(mlops.rubric.flags.map((flag) => `${flag.polarity} ${flag.id}`)).toEqual([
      "green deployed_model_count",
      "green reliability_win",
      "green named_tools_with_versions",
      "green production_on_call",
      "green cost_win",
      "green open_source_or_talks",
      "red vague_language",
      "red modeler_resume",
      "red no_scale_context",
      "red tutorial_projects",
    ]);
  });

  it.each(["rolling_update", "drift_at_scale", "p99_doubled", "reversible_deploys", "cut_inference_cost"])(
    "is to ask %s, and to know what a real operator's answer holds",
    (id) => {
      const question = mlops.questions.find((q) => q.id === id);
      expect(question?.listen_for.length).toBeGreaterThanOrEqual(3);
      expect(question?.follow_ups.length).toBeGreaterThanOrEqual(1);
    },
  );

  it("is anchors for what tells an operator: incident, rollout, drift, p99, cost, on-call", () => {
    const criteria = mlops.interviews.flatMap((kit) => kit.criteria.map((c) => `${kit.round} ${c.id}`));
    for (const signal of [
      ...["incident timeline", "incident p99_triage", "incident drift"],
      ...[
        "architecture rollout_and_rollback",
        "architecture where_to_cut_cost",
        "on_call_fit on_call_honesty",
      ],
    ])
      expect(criteria).toContain(signal);
    for (const { label, anchors } of mlops.interviews.flatMap((kit) => kit.criteria))
      expect(new Set(Object.values(anchors)).size, label).toBe(4);
  });

  it("is to take the one retired certificate as legacy, and no other", () => {
    expect(mlops.credentials.filter((c) => c.legacy).map((c) => c.id)).toEqual(["aws_ml_specialty"]);
  });

  it("has exercises on both faults that it names", () => {
    expect(mlops.exercises.map((e) => e.id)).toEqual([
      "broken-retraining-pipeline",
      "overprovisioned-serving",
    ]);
  });
});
