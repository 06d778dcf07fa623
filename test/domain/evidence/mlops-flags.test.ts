import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { assess } from "../../../src/domain/evaluation/assessment.ts";
import { compileRubric } from "../../../src/domain/evidence/compile.ts";

const rubric = compileRubric(loadCatalog({}).get("mlops-engineer").rubric);
const read = (text: string) =>
  assess(rubric, { lane: null, documents: [{ id: "d", kind: "resume", name: "d", text }], findings: [] })
    .assessment;
const verdict = (text: string, flag: string) => read(text).flags.find((f) => f.id === flag)?.verdict;

// Phrasings of our own, right and wrong ones, for what each flag means.
const CASES: Record<string, { present: string[]; not: string[] }> = {
  deployed_model_count: {
    present: [
      "- Operated 17 models in production for two insurers.",
      "- Own forty ranking endpoints.",
      "- Keep 9 scoring services live around the clock; 6 classifiers in production.",
    ],
    not: [
      "- Trained 30 models on public data.",
      "- Deployed models to production.",
      "- Our platform team runs 60 endpoints.",
      "- Plan to have 20 models in production next year.",
    ],
  },
  reliability_win: {
    present: [
      "- p95 latency of the scorer down from 600 ms to 140 ms.",
      "- Held 99.95% availability through two peaks.",
      "- MTTR 52 -> 11 minutes.",
      "- Cut failed deploys by 70%: error rate fell accordingly.",
    ],
    not: [
      "- Improved reliability significantly.",
      "- Accuracy from 81% to 88%.",
      "- Aiming for 99.9% availability.",
      "- Cut training time by 40%.",
    ],
  },
  named_tools_with_versions: {
    present: [
      "- Airflow 2.8 for everything nightly.",
      "- Kubeflow Pipelines v2, self-hosted.",
      "- Moved us to KServe 0.12.",
    ],
    not: ["- Airflow, MLflow and Kubernetes.", "- Python 3.11 and PyTorch 2.1."],
  },
  production_on_call: {
    present: [
      "- On call one week in six.",
      "- Primary on-call every third week, about 4 pages a week.",
      "- PagerDuty rotation, 2 weeks per quarter.",
    ],
    not: [
      "- Willing to be on call one week in four.",
      "- Supported on-call.",
      "- I have not been on call, not one week in my life.",
    ],
  },
  cost_win: {
    present: [
      "- Cut GPU spend by 38%.",
      "- Cloud bill from €41k to €27k a month.",
      "- Saved $120k a year in serving costs by scaling to zero.",
    ],
    not: [
      "- The fraud model saved the bank $2M.",
      "- Responsible for cost optimization.",
      "- FinOps team cut the GPU bill 40%.",
    ],
  },
  open_source_or_talks: {
    present: [
      "- Two merged pull requests in Feast.",
      "- Spoke at the Lisbon MLOps meet-up on canary rollouts.",
      "- Maintainer of a Prometheus exporter for Triton.",
    ],
    not: [
      "- Kaggle notebooks on GitHub.",
      "- Gave an internal talk about Kubernetes.",
      "- Finished a course on MLflow.",
    ],
  },
  vague_language: {
    present: [
      "- Familiar with Kubernetes and MLflow.",
      "- Strong understanding of MLOps principles.",
      "- Exposure to cloud and CI/CD.",
    ],
    not: ["- Familiar with KServe: ran 9 services on it for 2 years.", "- Ran Airflow 2.7 for 40 DAGs."],
  },
  modeler_resume: {
    present: [
      "- WAPE from 34% to 23%.\n- Feature engineering for churn.\n- Six papers on Bayesian forecasting.\n- Gradient boosting for pricing.\n- Deployed one model with help.",
    ],
    not: [
      "- On call for 12 endpoints.\n- Autoscaling on Kubernetes.\n- Cut GPU spend.\n- Rollbacks in MLflow.\n- Trained two of the models.",
    ],
  },
  no_scale_context: {
    present: ["- Built pipelines and deployed services to Kubernetes.\n- Maintained monitoring."],
    not: ["- Built pipelines for 14 models.\n- Maintained monitoring.", "- Wrote marketing copy."],
  },
  tutorial_projects: {
    present: [
      "## Projects\n- Deployed an MNIST classifier to production on Heroku.",
      "## Projects\n- End-to-end MLOps pipeline on the Titanic dataset.",
    ],
    not: [
      "## Education\n- Titanic and MNIST notebooks, introductory course.",
      "- Deployed 9 models in production.",
    ],
  },
};

const polarityOf = (id: string) => rubric.flags.find(({ flag }) => flag.id === id)?.flag.polarity;
const isGreen = ([id]: readonly [string, unknown]) => polarityOf(id) === "green";
const CASES_OF = Object.entries(CASES);

describe.each(CASES_OF.filter(isGreen))("%s", (flag, { present, not }) => {
  it.each(present)("is present in %s", (text) => expect(verdict(text, flag)).toBe("present"));
  it.each(not)("is not present in %s", (text) => expect(verdict(text, flag)).not.toBe("present"));
});

describe.each(CASES_OF.filter((entry) => !isGreen(entry)))("%s", (flag, { present, not }) => {
  it.each(present)("is pointed at, and never asserted, in %s", (text) =>
    expect(verdict(text, flag)).toBe("unclear"),
  );
  it.each(not)("is left unread in %s", (text) => expect(verdict(text, flag)).toBe("unread"));
});

describe("the reading as a whole", () => {
  it("is unclear, not absent, where something is said and not enough", () => {
    expect(verdict("- Take part in the on-call rota.", "production_on_call")).toBe("unclear");
    expect(verdict("- Deployed models.", "deployed_model_count")).toBe("unclear");
  });

  it("ends on long and hostile text", () => {
    for (const unit of [
      "12 models in production ",
      "from 1 to ",
      "(((",
      "- ",
      "99.",
      "a".repeat(5_000),
      "\n",
      "not never ",
    ])
      read(unit.repeat(Math.ceil(100_000 / unit.length)));
  });

  it("says nothing of nothing", () => {
    expect(read("Hello.").points).toMatchObject({ green: 0, red: 0, total: 0, of: 13 });
    expect(read("Hello.").profile?.reading).toBe("unread");
  });
});
