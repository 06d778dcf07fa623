import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";

const SMALL = readFileSync(new URL("../../src/catalog/backend-engineer.yaml", import.meta.url), "utf8");

/** A team's directory with these files in it. */
function directory(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "greenflag-templates-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}
const own = (changed: (text: string) => string) => changed(SMALL.replace("id: backend-engineer", "id: own"));
const load = (text: string) => loadCatalog({ directory: directory({ "own.yaml": text }) }).get("own");

describe("the built-in templates", () => {
  it("are four, each complete as far as its schema goes", () => {
    expect(
      loadCatalog({})
        .list()
        .map((t) => t.id),
    ).toEqual(["backend-engineer", "data-scientist", "ml-engineer", "mlops-engineer"]);
  });

  const mlops = loadCatalog({}).get("mlops-engineer");

  it("have the guide's numbers", () => {
    const { salary, time_to_fill, credentials, week } = mlops;
    expect(salary.levels.map(({ id, low, high }) => [id, low, high])).toEqual([
      ["entry", 85_000, 132_000],
      ["mid", 115_000, 175_000],
      ["senior", 150_000, 210_000],
      ["staff", 195_000, 312_000],
    ]);
    expect(salary.range).toMatchObject({ low: 90_000, high: 257_000 });
    expect(salary.national_average).toMatchObject({ low: 130_000, high: 165_000 });
    expect(salary.total_comp).toMatchObject({ low_percent: 20, high_percent: 40, from_level: "senior" });
    expect(
      salary.adjustments.map(({ id, low_percent, high_percent }) => [id, low_percent, high_percent]),
    ).toEqual([
      ["bay_area", 15, 25],
      ["new_york_seattle", 10, 20],
      ["fully_remote", -26, -10],
    ]);
    expect(salary.adjacent.map(({ code, median, growth_percent }) => [code, median, growth_percent])).toEqual(
      [
        ["SOC 15-2051", 112_590, 34],
        ["SOC 15-1221", 140_910, 20],
      ],
    );
    expect(salary.reported.map((r) => r.amount)).toEqual([161_000, 206_000]);
    expect(time_to_fill).toMatchObject({
      clean: { low_weeks: 4, high_weeks: 7 },
      mis_scoped: { low_weeks: 9, high_weeks: 14 },
    });
    expect(credentials.map(({ cost, valid_until }) => [cost.amount, valid_until])).toEqual([
      [150, undefined],
      [300, "2026-03-31"],
      [200, undefined],
      [165, undefined],
    ]);
    expect(week.map((w) => w.percent)).toEqual([25, 20, 15, 15, 10, 15]);
    expect(mlops.mistakes).toHaveLength(5);
  });

  it("have the pipeline and the gates that are promised", () => {
    expect(mlops.stages.map(({ id, minutes, gate }) => [id, minutes, gate.join()])).toEqual([
      ["applied", undefined, "assessment"],
      ["screen", undefined, "scorecards"],
      ["architecture", 45, "scorecards"],
      ["incident", 60, "scorecards"],
      ["exercise", 75, "scorecards,submission"],
      ["on_call_fit", 45, "scorecards"],
      ["debrief", undefined, "votes"],
      ["offer", undefined, ""],
    ]);
    expect(mlops.rubric.flags.map((f) => `${f.polarity} ${f.id}`)).toEqual([
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

  it.each(
    loadCatalog({})
      .list()
      .map((t) => t.id),
  )("%s has messages that fit its stages, and says what it lacks", (id) => {
    const catalog = loadCatalog({});
    expect(catalog.get(id).messages.length).toBeGreaterThan(4);
    expect(catalog.section(id)).toMatchObject({
      id,
      sections: expect.arrayContaining(["stages", "rubric", "messages"]),
    });
  });
});

describe("a team's own templates", () => {
  it("stand beside the built-in ones", () => {
    const catalog = loadCatalog({
      directory: directory({ "own.yaml": own((t) => t), "notes.txt": "no template" }),
    });
    expect(catalog.list().map((t) => t.id)).toContain("own");
    expect(catalog.get("own").title).toBe("Backend engineer");
  });

  it("replace single sections of a built-in one, or all of it", () => {
    const lanes = "- { id: only, title: Only, hire_when: Always., tools: [a], duties: [b] }\n";
    const rubric = readFileSync(
      new URL("../../src/catalog/mlops-engineer/rubric.yaml", import.meta.url),
      "utf8",
    ).replace(/^ {4}lanes: .*$/gm, "");
    const catalog = loadCatalog({
      directory: directory({ "mlops-engineer/lanes.yaml": lanes, "mlops-engineer/rubric.yaml": rubric }),
    });
    expect(catalog.get("mlops-engineer")).toMatchObject({ title: "MLOps engineer", lanes: [{ id: "only" }] });
    const whole = loadCatalog({
      directory: directory({ "ml-engineer.yaml": SMALL.replace("id: backend-engineer", "id: ml-engineer") }),
    });
    expect(whole.get("ml-engineer").title).toBe("Backend engineer");
  });

  it.each([
    [
      "an unknown key",
      own((t) => t.replace("title: Backend engineer", "title: x\ntitel: y")),
      /own\.yaml.*titel/,
    ],
    [
      "a wrong type",
      own((t) => t.replace("goal_days: 3", "goal_days: soon")),
      /own\.yaml, stages\.0\.goal_days/,
    ],
    ["a missing section", own((t) => t.replace(/^salary:[\s\S]*?^credentials/m, "credentials")), /salary/],
    ["a stage twice", own((t) => t.replace("id: screen,", "id: applied,")), /"applied" stands twice/],
    [
      "a round that is no stage",
      own((t) => t.replaceAll("round: interview", "round: picnic")),
      /interviews\[0\]\.round: "picnic" is none of applied/,
    ],
    [
      "a signal of an unknown kind",
      own((t) => t.replace("signal: count", "signal: magic")),
      /rubric\.flags\.0\.signals/,
    ],
    ["another id than the file's name", SMALL, /id: must be "own"/],
    ["text that is no YAML", "a: [b", /own\.yaml, line \d+: is not valid YAML/],
    ["a list", "- a\n- b", /must be a mapping/],
    ["nothing", "", /must be a mapping/],
    [
      "references that multiply",
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]`,
      /not valid YAML/,
    ],
    ["a megabyte", own((t) => `${t}\n# ${"x".repeat(1_000_000)}`), /over 1 MB/],
  ])("are refused with file, place and reason for %s", (_name, text, message) => {
    expect(() => load(text)).toThrow(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
    );
    expect(() => load(text)).not.toThrow(/greenflag-templates-/);
  });

  it("need a directory that is there", () => {
    expect(() => loadCatalog({ directory: "/nowhere/at/all" })).toThrow(/GREENFLAG_TEMPLATES_DIR/);
  });
});
