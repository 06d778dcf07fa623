import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AmountRange } from "../../../../src/domain/submission/infrastructure/facts.ts";
import { changeBetween, type Files } from "./manifests-for-tests.ts";

/** A workload by construction: what its manifest says, and the vCPU and GPUs that follow from it. */
type Made = { readonly text: string; readonly cpu: AmountRange | null; readonly gpu: AmountRange | null };

const sum = (pods: AmountRange, one: number): AmountRange => ({
  at_least: (pods.at_least ?? 0) * one,
  at_most: pods.at_most === null ? (one === 0 ? 0 : null) : pods.at_most * one,
});

/** Amounts of cpu, as they may be written. */
const cpu = fc
  .integer({ min: 1, max: 64 })
  .chain((quarters) =>
    fc
      .constantFrom(
        `"${quarters * 250}m"`,
        `${quarters / 4}`,
        `"${quarters * 250_000}u"`,
        `"${quarters * 25}e-2"`,
        `"+${quarters / 4}"`,
      )
      .map((text) => ({ text, n: quarters / 4 })),
  );

const container = fc.record({ cpu, gpu: fc.integer({ min: 0, max: 8 }) });
type Container = typeof container extends fc.Arbitrary<infer T> ? T : never;
const shown = ({ cpu: { text }, gpu }: Container, more = "") =>
  `{ name: c, image: "r/c:1", ${more} resources: { requests: { cpu: ${text}, memory: 1Gi }, limits: { memory: 2Gi, nvidia.com/gpu: ${gpu} } } }`;

/** A pod of containers, one that initialises it and one that stays beside it. */
const pod = fc.record({
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  init: fc.option(container),
  sidecar: fc.option(container),
});
type Pod = typeof pod extends fc.Arbitrary<infer T> ? T : never;

function podText({ containers, init, sidecar }: Pod): string {
  const first = [
    ...(sidecar ? [shown(sidecar, "restartPolicy: Always,")] : []),
    ...(init ? [shown(init)] : []),
  ];
  return `{ initContainers: [${first.join(", ")}], containers: [${containers.map((c) => shown(c)).join(", ")}] }`;
}

function onePod({ containers, init, sidecar }: Pod, of: (c: Container) => number): number {
  const beside = sidecar ? of(sidecar) : 0;
  const running = containers.reduce((total, c) => total + of(c), 0) + beside;
  return Math.max(running, init ? of(init) + beside : 0);
}

const count = fc.integer({ min: 0, max: 30 });
const bounds = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }));

/** One of the kinds whose pods are known, or a DaemonSet, whose are not. */
const made = (name: string): fc.Arbitrary<Made> =>
  fc
    .record({
      pod,
      count,
      bounds,
      form: fc.constantFrom("Deployment", "StatefulSet", "scaled", "keda", "knative", "DaemonSet"),
    })
    .map(({ pod, count, bounds: [low, more], form }) => {
      const pods = {
        Deployment: { at_least: count, at_most: count },
        StatefulSet: { at_least: count, at_most: count },
        scaled: { at_least: low, at_most: low + more },
        keda: { at_least: 0, at_most: low + more },
        knative: { at_least: low, at_most: null },
        DaemonSet: null,
      }[form];
      const template = `template: { metadata: { annotations: { ${form === "knative" ? `autoscaling.knative.dev/min-scale: "${low}"` : ""} } }, spec: ${podText(pod)} }`;
      const head = (version: string, kind: string, spec: string) =>
        `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
      const target = `scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }`;
      const text = {
        Deployment: head("apps/v1", "Deployment", `replicas: ${count}, ${template}`),
        StatefulSet: head("apps/v1", "StatefulSet", `replicas: ${count}, ${template}`),
        scaled: `${head("apps/v1", "Deployment", template)}---\n${head("autoscaling/v2", "HorizontalPodAutoscaler", `minReplicas: ${low}, maxReplicas: ${low + more}, ${target}`)}`,
        keda: `${head("apps/v1", "Deployment", template)}---\n${head("keda.sh/v1alpha1", "ScaledObject", `maxReplicaCount: ${low + more}, ${target}`)}`,
        knative: head("serving.knative.dev/v1", "Service", template),
        DaemonSet: head("apps/v1", "DaemonSet", template),
      }[form];
      const amount = (of: (c: Container) => number) => {
        const one = onePod(pod, of);
        return one === 0 ? { at_least: 0, at_most: 0 } : pods && sum(pods, one);
      };
      return { text, cpu: amount((c) => c.cpu.n), gpu: amount((c) => c.gpu) };
    });

type Side = ReadonlyMap<string, Made>;
const MOST_FILES = 6;

/** A side of a change: some files of a workload each. */
const change: fc.Arbitrary<readonly [Side, Side]> = fc
  .tuple(
    ...Array.from({ length: MOST_FILES }, (_, n) =>
      fc.tuple(fc.option(made(`w${n}`)), fc.option(made(`w${n}`)), fc.boolean()),
    ),
  )
  .map((pairs) => {
    const entries = pairs.map(([before, after, isSame], n) => ({
      ...{ path: `k8s/w${n}.yaml`, before, after: isSame ? before : after },
    }));
    const side = (key: "before" | "after") =>
      new Map(entries.flatMap((e): [string, Made][] => (e[key] ? [[e.path, e[key]]] : [])));
    return [side("before"), side("after")] as const;
  });

const textsOf = (side: Side, without?: string): Files =>
  Object.fromEntries([...side].flatMap(([path, { text }]) => (path === without ? [] : [[path, text]])));

/** The sum of a side. What is not known is left out where both sides hold it alike, and withholds the sum elsewhere. */
function expected(side: Side, other: Side, key: "cpu" | "gpu", without?: string): AmountRange {
  const isLeftOut = (path: string) =>
    side.get(path)?.[key] === null && other.get(path)?.text === side.get(path)?.text;
  const read = [...side.keys(), ...other.keys()].filter((path) => path !== without);
  // Where all are left out, there is no sum of the rest.
  if (read.length > 0 && read.every(isLeftOut)) return { at_least: null, at_most: null };
  let total: AmountRange = { at_least: 0, at_most: 0 };
  for (const [path, workload] of side) {
    const isSame = other.get(path)?.text === workload.text;
    if (path === without) {
      if (isSame) continue;
      return { at_least: null, at_most: null };
    }
    const amount = workload[key];
    if (amount === null && isSame) continue;
    if (amount === null) return { at_least: null, at_most: null };
    total = {
      at_least: (total.at_least ?? 0) + (amount.at_least ?? 0),
      at_most: total.at_most === null || amount.at_most === null ? null : total.at_most + amount.at_most,
    };
  }
  return total;
}

describe("clusters whose figures are known by construction", () => {
  const RUNS = 60;

  it("have these figures", () => {
    fc.assert(
      fc.property(change, ([before, after]) => {
        fc.pre(before.size + after.size > 0);
        const { requested, workloads } = changeBetween(textsOf(before), textsOf(after));
        for (const key of ["cpu", "gpu"] as const) {
          expect(requested[key].before).toEqual(expected(before, after, key));
          expect(requested[key].after).toEqual(expected(after, before, key));
        }
        const gone = [...before.keys()].filter((path) => !after.has(path));
        expect(workloads.filter((w) => w.status === "removed").map((w) => w.path)).toEqual(gone);
      }),
      { numRuns: RUNS },
    );
  });

  it("lose them, or keep those of the rest, with each file that is not read, and the file is named", () => {
    fc.assert(
      fc.property(change, fc.nat({ max: MOST_FILES - 1 }), ([before, after], n) => {
        const path = `k8s/w${n}.yaml`;
        fc.pre(before.has(path) || after.has(path));
        const [was, is] = [before.get(path), after.get(path)];
        const status = !was ? "added" : !is ? "removed" : "modified";
        const files = was?.text === is?.text ? [] : [{ path, previousPath: undefined, status } as const];
        fc.pre(files.length > 0 || before.size + after.size > 2);
        const found = changeBetween(textsOf(before, path), textsOf(after, path), { files, unread: [path] });
        for (const key of ["cpu", "gpu"] as const) {
          expect(found.requested[key].before).toEqual(expected(before, after, key, path));
          expect(found.requested[key].after).toEqual(expected(after, before, key, path));
        }
        expect(found.not_read).toEqual([path]);
        // Nothing is told as removed or added that the file that was not read may hold.
        const told = found.workloads.map((w) => w.status);
        if (files.length > 0 && status !== "removed") expect(told).not.toContain("removed");
      }),
      { numRuns: RUNS },
    );
  });

  it("lose them with each file of the head that cannot be parsed", () => {
    fc.assert(
      fc.property(change, fc.nat({ max: MOST_FILES - 1 }), ([before, after], n) => {
        const path = `k8s/w${n}.yaml`;
        fc.pre(after.has(path));
        const broken = { ...textsOf(after), [path]: `${after.get(path)?.text}kind: Twice\n` };
        const found = changeBetween(textsOf(before), broken);
        expect(found.requested.cpu.after).toEqual({ at_least: null, at_most: null });
        expect(found.unreadable).toEqual([path]);
        expect(found.duplicate_keys).toEqual([`kind in ${path}`]);
        expect(found.workloads.map((w) => w.status)).not.toContain("removed");
      }),
      { numRuns: RUNS },
    );
  });
});
