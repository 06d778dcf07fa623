import fc from "fast-check";
import type { Piece, Pods } from "./piece.ts";

const pods: fc.Arbitrary<Pods> = fc
  .record({
    least: fc.integer({ min: 1, max: 9 }),
    more: fc.integer({ min: 0, max: 5 }),
    quarters: fc.integer({ min: 1, max: 16 }),
    halves: fc.integer({ min: 1, max: 16 }),
    gpu: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ least, more, quarters, halves, gpu }) => ({
    ...{ least, most: least + more, cpu: quarters / 4, memory: halves / 2, gpu },
  }));

/** A plain Deployment. Where its pods are between two numbers, it leaves them to an autoscaler. */
function deployment(name: string, { least, most, cpu, memory, gpu }: Pods): string {
  const resources = `requests: { cpu: ${cpu * 1000}m, memory: ${memory * 1024}Mi }, limits: { nvidia.com/gpu: ${gpu} }`;
  const image = `registry.example.test/${name}:1.0`;
  return [
    ...["apiVersion: apps/v1", "kind: Deployment", `metadata: { name: ${name} }`, "spec:"],
    ...(most === least ? [`  replicas: ${least}`] : []),
    `  template: { spec: { containers: [{ name: ${name}, image: "${image}", resources: { ${resources} } }] } }\n`,
  ].join("\n");
}

function autoscaler(name: string, { least, most }: Pods): string | null {
  if (most === least) return null;
  const target = `{ apiVersion: apps/v1, kind: Deployment, name: ${name} }`;
  return [
    "apiVersion: autoscaling/v2",
    "kind: HorizontalPodAutoscaler",
    `metadata: { name: ${name}-bounds-of-replicas }`,
    `spec: { minReplicas: ${least}, maxReplicas: ${most}, scaleTargetRef: ${target} }\n`,
  ].join("\n");
}

const inOneFile = (name: string, pods: Pods) =>
  [deployment(name, pods), autoscaler(name, pods)].flatMap((text) => text ?? []).join("---\n");

/** A deployment that the work adds, changes, takes away or leaves as it is, with its autoscaler in its file or beside it. */
export const workload = (n: number): fc.Arbitrary<readonly Piece[]> =>
  fc
    .tuple(
      fc.oneof(
        fc.record({ before: pods, after: pods }),
        fc.record({ before: pods, after: fc.constant(null) }),
        fc.record({ before: fc.constant(null), after: pods }),
        pods.map((same) => ({ before: same, after: same })),
      ),
      fc.boolean(),
    )
    .map(([{ before, after }, isBeside]) => {
      const name = `w${n}`;
      const isLess = before && after && before.least * before.cpu > after.least * after.cpu;
      const text = isBeside ? deployment : inOneFile;
      const path = `k8s/${name}.yaml`;
      const main: Piece = {
        ...{ path, area: "infrastructure", workload: { name, before, after } },
        ...{ given: before && text(name, before), steps: [after && text(name, after)] },
        traces: isLess ? ["less"] : [],
      };
      const beside: Piece = {
        ...{ path: `k8s/${name}-bounds.yaml`, area: "infrastructure", scales: path },
        ...{ given: before && autoscaler(name, before), steps: [after && autoscaler(name, after)] },
      };
      return isBeside ? [main, beside] : [main];
    });
