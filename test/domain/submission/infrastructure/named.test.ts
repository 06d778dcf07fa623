import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../../src/catalog/load.ts";
import { infrastructureChange } from "../../../../src/domain/submission/infrastructure/change.ts";
import { beyondFigures } from "../../../../src/domain/submission/infrastructure/named.ts";
import type { ChangedFile } from "../../../../src/domain/submission/snapshot.ts";

const kinds = loadCatalog({}).fileKinds();
type Texts = Record<string, string | null>;

/** The change from one set of files to that with some others; null removes. */
const change = (before: Record<string, string>, after: Texts) => {
  const now = Object.entries({ ...before, ...after }).flatMap(([path, text]) =>
    text === null ? [] : [{ path, text }],
  );
  const files = Object.keys(after).map((path): ChangedFile => {
    const [from, to] = [before[path], after[path]];
    const lines = (mark: string, text: string) =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => `${mark}${line}`);
    return {
      path,
      previousPath: undefined,
      status: from === undefined ? "added" : to === null ? "removed" : "modified",
      added: 1,
      removed: 1,
      binary: false,
      patch: ["@@ -1 +1 @@", ...lines("-", from ?? ""), ...lines("+", to ?? "")].join("\n"),
    };
  });
  const start = Object.entries(before).map(([path, text]) => ({ path, text }));
  const snapshot = {
    files,
    before: start,
    after: now,
    tree: now.map(({ path }) => ({ path, mode: "100644", bytes: 1 })),
  };
  const beyond = beyondFigures(snapshot, kinds);
  return { ...beyond, whole: infrastructureChange(start, now, { files, beyond }) };
};

const CHART = {
  "chart/Chart.yaml": "apiVersion: v2\nname: r\nversion: 0.1.0\n",
  "chart/values.yaml":
    "replicaCount: 8\nimage: { repository: r/x, tag: latest }\ndb: { password: hunter2 }\n",
  "chart/templates/d.yaml":
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  replicas: {{ .Values.replicaCount }}\n",
};
const DEPLOYMENT =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: 8, template: { spec: { containers: [ { name: s, image: 'r/x:1', resources: { requests: { cpu: 1, memory: 1Gi } } } ] } } }\n";

describe("what runs and is not computed", () => {
  it("literal values of a chart are facts and the chart is named", () => {
    const { values_changed, not_computed, whole } = change(CHART, {
      "chart/values.yaml":
        "replicaCount: 2\nimage: { repository: r/x, tag: '1.4' }\ndb: { password: hunter3 }\n",
    });
    expect(values_changed).toEqual([
      { path: "chart/values.yaml", key: "replicaCount", before: "8", after: "2" },
      { path: "chart/values.yaml", key: "image.tag", before: "latest", after: "1.4" },
    ]);
    expect(not_computed).toEqual(["Helm chart chart/: templates were not rendered"]);
    expect(whole?.workloads).toEqual([]);
    expect(whole?.requested.cpu.before.at_least).toBeNull();
  });

  it("values of each environment, of a new file and of bounds are told by file and key", () => {
    const { values_changed } = change(CHART, {
      "chart/values-prod.yaml":
        "autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 6 }\nresources: { limits: { nvidia.com/gpu: 1 } }\n",
    });
    expect(values_changed.map(({ key, before, after }) => `${key} ${before} ${after}`)).toEqual([
      "autoscaling.enabled null true",
      "autoscaling.minReplicas null 2",
      "autoscaling.maxReplicas null 6",
      "resources.limits.nvidia.com/gpu null 1",
    ]);
  });

  it("values within objects of Flux and Argo CD are read", () => {
    const release = (n: number) =>
      `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r }\nspec: { values: { replicaCount: ${n} } }\n`;
    expect(change({ "apps/r.yaml": release(8) }, { "apps/r.yaml": release(1) }).values_changed).toEqual([
      { path: "apps/r.yaml", key: "r.replicaCount", before: "8", after: "1" },
    ]);
  });

  it("a move from plain manifests to a chart does not read as nothing asked for", () => {
    const { whole } = change({ "k8s/d.yaml": DEPLOYMENT }, { "k8s/d.yaml": null, ...CHART });
    expect(whole?.requested.cpu.before.at_least).toBe(8);
    expect(whole?.requested.cpu.after.at_least).toBeNull();
    expect(whole?.requested.cpu.percent.at_least).toBeNull();
  });

  it("another version in a chart leaves the sums of what is counted as they are, and more replicas do not", () => {
    const chart = {
      ...CHART,
      "chart/values.yaml": "image:\n  tag: v1\n",
      "chart/values-prod.yaml": "replicas: 2\n",
      "k8s/d.yaml": DEPLOYMENT,
    };
    const bumped = change(chart, {
      "chart/values.yaml": "image:\n  tag: v2\n",
      "k8s/d.yaml": DEPLOYMENT.replace("replicas: 8", "replicas: 2"),
    });
    expect(bumped.whole?.requested.cpu).toMatchObject({ before: { at_least: 8 }, after: { at_least: 2 } });
    const grown = change(chart, { "chart/values-prod.yaml": "replicas: 9\n" });
    expect(grown.whole?.requested.cpu.after.at_least).toBeNull();
    const inOneLine = change(chart, { "chart/values.yaml": "image: { tag: v2, replicas: 9 }\n" });
    expect(inOneLine.whole?.requested.cpu.after.at_least).toBeNull();
  });

  it.each(['"{{ .Values.n }}"', `"$\{REPLICAS}"`, "<replace-me>"])(
    "%s never becomes one replica of nothing",
    (filled) => {
      const text = DEPLOYMENT.replace("replicas: 8", `replicas: ${filled}`).replace(
        "cpu: 1",
        `cpu: ${filled}`,
      );
      const { whole } = change({}, { "k8s/d.yaml": text });
      const [workload] = whole?.workloads ?? [];
      expect([workload?.after?.replicas.at_least, workload?.after?.requests.cpu]).toEqual([null, null]);
      expect(whole?.requested.cpu.after.at_least).toBeNull();
    },
  );

  it("Compose, Terraform and GitLab CI are named, with the lines that ease a run", () => {
    const { values_changed, not_computed, eases_ci, whole } = change(
      {
        "docker-compose.yml": 'services: { a: { image: "a:1", deploy: { replicas: 8 } } }\n',
        "terraform/main.tf": "min_size = 8\n",
        ".gitlab-ci.yml": "test:\n  script: [pytest]\n",
      },
      {
        "docker-compose.yml": 'services: { a: { image: "a:1", deploy: { replicas: 2 } } }\n',
        "terraform/main.tf": "min_size = 1\n",
        ".gitlab-ci.yml": 'test:\n  # if: false\n  script: ["pytest || true"]\n  allow_failure:   true\n',
      },
    );
    expect(not_computed).toEqual([
      "Compose file docker-compose.yml",
      "Terraform terraform/main.tf",
      "GitLab CI .gitlab-ci.yml",
    ]);
    expect(values_changed.map(({ key, before, after }) => [key, before, after])).toEqual([
      ["services.a.deploy.replicas", "8", "2"],
    ]);
    expect(eases_ci.map(({ line, text }) => [line, text])).toEqual([
      [3, 'script: ["pytest || true"]'],
      [4, "allow_failure: true"],
    ]);
    expect(whole).toBeDefined();
  });

  it("a line that eases a run and was there before is not told", () => {
    const text = "a:\n  allow_failure: true\n";
    expect(change({ ".gitlab-ci.yml": text }, { ".gitlab-ci.yml": `stages: [x]\n${text}` }).eases_ci).toEqual(
      [],
    );
  });

  it.each([
    ["Jenkinsfile", "Jenkins pipeline Jenkinsfile"],
    ["api/Dockerfile", "Dockerfile api/Dockerfile"],
    ["infra/prod.tfvars", "Terraform infra/prod.tfvars"],
    [".circleci/config.yml", "CircleCI .circleci/config.yml"],
    ["bitbucket-pipelines.yml", "Bitbucket pipeline bitbucket-pipelines.yml"],
    ["azure-pipelines.yml", "Azure pipeline azure-pipelines.yml"],
    ["compose.prod.yaml", "Compose file compose.prod.yaml"],
    ["Procfile", "Procfile Procfile"],
    ["jobs/a.nomad", "Nomad job jobs/a.nomad"],
    ["skaffold.yaml", "Skaffold skaffold.yaml"],
    ["Pulumi.prod.yaml", "Pulumi Pulumi.prod.yaml"],
    ["serverless.yml", "Serverless Framework serverless.yml"],
    ["cloudbuild.yaml", "Cloud Build cloudbuild.yaml"],
  ])("%s is named when it changes", (path, told) => {
    expect(change({}, { [path]: "x\n" }).not_computed).toEqual([told]);
  });

  it("sources and prose are not named", () => {
    expect(
      change({}, { "src/compose/a.ts": "x\n", "chart.md": "x\n", "docs/a.md": "x\n" }).whole,
    ).toBeUndefined();
  });
});
