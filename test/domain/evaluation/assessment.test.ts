import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { assess, type Finding } from "../../../src/domain/evaluation/assessment.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";

const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);
const read = (text: string, lane: string | null = null, findings: readonly Finding[] = []) =>
  assess(rubric, { lane, documents: [{ id: "d", kind: "resume", name: "d", text }], findings });

const SERVING = `
- Cut p99 from 900 ms to 180 ms on the ranking service.
- On call one week in four for inference; two pages a week.
- Canary and rollback for the KServe endpoints.
- Runbooks and postmortems for each incident.`;

describe("profile", () => {
  it("names the other lane where the documents show far more of its work", () => {
    expect(read(SERVING, "platform_builder").profile.other_lane).toEqual({
      role: { lane: "platform_builder", mentions: 0 },
      documents: { lane: "serving_reliability", mentions: 4 },
    });
  });

  it.each([
    ["its own work is shown", SERVING, "serving_reliability"],
    ["the role has no lane", SERVING, null],
    ["too little is shown of any", "- On call one week in four.", "platform_builder"],
    [
      "its own work is shown as well",
      `${SERVING}\n- ML platform for nine teams.\n- Self-service templates.`,
      "platform_builder",
    ],
  ])("names no other lane and no other kind of work where %s", (_why, text, lane) => {
    expect(read(text, lane).profile).not.toHaveProperty("other_lane");
    expect(read(text, lane).profile).not.toHaveProperty("expected");
  });

  it("names the kind of work that the role asks for where the documents show the other", () => {
    const modeller =
      "- Trained LSTM models.\n- AUC from 0.7 to 0.8.\n- Two papers on forecasting.\n- Features and a thesis.\n";
    const batch = "- Retraining in Airflow.\n".repeat(1);
    expect(read(modeller + batch, "serving_reliability").profile).toMatchObject({
      reading: "modeler",
      expected: "operator",
      mentions: { operating: 1, modelling: 4 },
    });
  });
});

describe("second_reading", () => {
  const vague = "- Ran 12 models in production.\n- Familiar with Kubernetes.";

  it("names what the rules did not find, and red flags that rest on one passage", () => {
    const { second_reading } = read(vague);
    expect(second_reading).toContain("cost_win");
    expect(second_reading).toContain("vague_language");
    expect(second_reading).not.toContain("deployed_model_count");
  });

  it("leaves out red flags that several passages show", () => {
    const { second_reading } = read(`${vague}\n- Exposure to Terraform.`);
    expect(second_reading).not.toContain("vague_language");
  });

  it("leaves out what was read a second time, but for what is disputed", () => {
    const finding = (flag: string, verdict: "present" | "absent", quotes: string[] = []): Finding => ({
      flag,
      verdict,
      quotes,
      by: "assistant",
      author: { client: "client", member: "ada@example.test" },
    });
    const findings = [
      finding("cost_win", "absent"),
      finding("vague_language", "present", ["Familiar with Kubernetes"]),
      finding("deployed_model_count", "absent"),
    ];
    const { second_reading } = read(vague, null, findings);
    expect(second_reading).not.toContain("cost_win");
    expect(second_reading).not.toContain("vague_language");
    expect(second_reading).toContain("deployed_model_count");
  });
});
