import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";
import { findPassages, missingFrom } from "../../../src/domain/evidence/conditions.ts";
import { findQuote } from "../../../src/domain/evidence/quote.ts";
import { readDocuments } from "../../../src/domain/evidence/read.ts";

const catalog = loadCatalog({});
const rubric = compileRubric(catalog.get("mlops-engineer").rubric);

/** What a line lacks of a flag's conditions, as a quote of a document that holds it alone. */
function lacking(id: string, line: string, within = rubric): readonly string[] {
  const documents = [{ id: "d", kind: "resume" as const, name: "d", text: `- ${line}` }];
  const flag = within.flags.find((one) => one.flag.id === id);
  const quote = findQuote(line, documents);
  if (!flag || "message" in quote) throw new Error(`${id}: ${line}`);
  return missingFrom(flag, quote, readDocuments(within, documents));
}

const MEETS: [string, string][] = [
  ["deployed_model_count", "Answer for 23 ranking models that are live in two regions"],
  ["reliability_win", "Checkout scorer: error rate from 2.1% to 0.3% within a quarter"],
  ["named_tools_with_versions", "Upgraded KServe 0.11 without downtime"],
  ["production_on_call", "On call for the feature store one week in six"],
  ["cost_win", "GPU bill down from €61k to €38k a month"],
  ["open_source_or_talks", "Four merged pull requests in Argo Workflows"],
  ["vague_language", "Exposure to Terraform and Kubernetes"],
  ["modeler_resume", "Gradient boosting and feature engineering for churn"],
  ["no_scale_context", "Built and maintained ML pipelines in Airflow"],
  ["tutorial_projects", "Deployed an Iris classifier to production on Heroku"],
];

const MISSES: [string, string, RegExp[]][] = [
  ["deployed_model_count", "Deployed models to production", [/no number of models/]],
  ["deployed_model_count", "Software Engineer at Larkspur", [/no models or endpoints/, /no number/]],
  ["reliability_win", "Improved latency significantly", [/no figure of it before and after/]],
  ["reliability_win", "Our SLO target next year is 99.9% availability", [/no figure of it/]],
  ["named_tools_with_versions", "Airflow, MLflow and Kubernetes", [/no version beside the tool/]],
  ["named_tools_with_versions", "Python 3.11 and PyTorch 2.1", [/no operations tool/, /no version/]],
  ["production_on_call", "Supported on-call", [/how often one was on call/]],
  [
    "production_on_call",
    "Built the on-call alerting tool, used by 12 teams weekly",
    [/no word/, /how often/],
  ],
  ["cost_win", "Software Engineer at Larkspur", [/infrastructure spend/, /no amount or share/]],
  ["cost_win", "This enabled an effort reduction by 60% in invoicing", [/no amount or share/]],
  [
    "open_source_or_talks",
    "Gave an internal talk about Kubernetes",
    [/no contribution/, /no public project/],
  ],
  ["vague_language", "Familiar with KServe: ran 9 services on it", [/a figure, a version or what was done/]],
  ["no_scale_context", "Built ML pipelines for 40 models", [/a figure of scale stands in it/, /elsewhere/]],
  ["tutorial_projects", "Notebooks on the Titanic data set", [/no claim of production/]],
];

describe("a quote", () => {
  it.each(MEETS)("of %s meets its conditions: %s", (id, line) => {
    expect(lacking(id, line)).toEqual([]);
  });

  it.each(MISSES)("of %s is told what it lacks: %s", (id, line, missing) => {
    const told = lacking(id, line).join("\n");
    for (const part of missing) expect(told).toMatch(part);
  });

  it("is checked in the clause that it stands in, and not in the ones around it", () => {
    const text = "- Data platform work.\n- GPU bill down from €61k to €38k a month, by scaling to zero.";
    const documents = [{ id: "d", kind: "resume" as const, name: "d", text }];
    const read = readDocuments(rubric, documents);
    const cost = rubric.flags.find(({ flag }) => flag.id === "cost_win");
    const lacksOf = (words: string) => {
      const quote = findQuote(words, documents);
      return cost && !("message" in quote) ? missingFrom(cost, quote, read) : undefined;
    };
    expect(lacksOf("by scaling to zero")).toEqual([]);
    expect(lacksOf("Data platform work")).toHaveLength(2);
  });
});

describe("passages", () => {
  it("are the clauses that meet all conditions, and beside them those that are only about the flag", () => {
    const text = "- Airflow and MLflow for everything.\n- KServe 0.11 on EKS.\n- Cooking.";
    const read = readDocuments(rubric, [{ id: "d", kind: "resume", name: "d", text }]);
    const tools = rubric.flags.find(({ flag }) => flag.id === "named_tools_with_versions");
    const found = tools && findPassages(tools, read);
    expect(found?.meeting.map(({ quote }) => quote)).toEqual(["KServe 0.11 on EKS"]);
    expect(found?.about.map(({ quote }) => quote)).toEqual(["Airflow and MLflow for everything"]);
  });
});

describe.each(catalog.list().map(({ id }) => id))("the examples of the flags of %s", (template) => {
  const { flags } = catalog.get(template).rubric;
  const compiled = compileRubric(catalog.get(template).rubric);
  it.each(flags.map(({ id, examples }) => [id, examples.yes] as const))("%s meets: %s", (id, yes) => {
    expect(lacking(id, yes, compiled)).toEqual([]);
  });
  // Whether modelling outweighs the rest is asked of a whole document.
  const byClause = flags.filter(({ outweighs }) => outweighs === undefined);
  it.each(byClause.flatMap(({ id, examples: { no } }) => (no === undefined ? [] : [[id, no] as const])))(
    "%s does not meet: %s",
    (id, no) => {
      expect(lacking(id, no, compiled)).not.toEqual([]);
    },
  );
});
