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

/** A plain Deployment, with an autoscaler where its pods are between two numbers. */
function manifest(name: string, { least, most, cpu, memory, gpu }: Pods): string {
  const resources = `requests: { cpu: ${cpu * 1000}m, memory: ${memory * 1024}Mi }, limits: { nvidia.com/gpu: ${gpu} }`;
  const image = `registry.example.test/${name}:1.0`;
  const deployment = [
    ...["apiVersion: apps/v1", "kind: Deployment", `metadata: { name: ${name} }`, "spec:"],
    ...(most === least ? [`  replicas: ${least}`] : []),
    `  template: { spec: { containers: [{ name: ${name}, image: "${image}", resources: { ${resources} } }] } }`,
  ];
  const target = `{ apiVersion: apps/v1, kind: Deployment, name: ${name} }`;
  const autoscaler = [
    ...[
      "---",
      "apiVersion: autoscaling/v2",
      "kind: HorizontalPodAutoscaler",
      `metadata: { name: ${name}-bounds }`,
    ],
    `spec: { minReplicas: ${least}, maxReplicas: ${most}, scaleTargetRef: ${target} }`,
  ];
  return `${[...deployment, ...(most === least ? [] : autoscaler)].join("\n")}\n`;
}

/** A deployment that the work adds, changes, takes away or leaves as it is. */
export const workload = (n: number): fc.Arbitrary<Piece> =>
  fc
    .oneof(
      fc.record({ before: pods, after: pods }),
      fc.record({ before: pods, after: fc.constant(null) }),
      fc.record({ before: fc.constant(null), after: pods }),
      pods.map((same) => ({ before: same, after: same })),
    )
    .map(({ before, after }) => {
      const name = `w${n}`;
      const isLess = before && after && before.least * before.cpu > after.least * after.cpu;
      return {
        ...{ path: `k8s/${name}.yaml`, area: "infrastructure", workload: { name, before, after } },
        given: before && manifest(name, before),
        steps: [after && manifest(name, after)],
        traces: isLess ? ["less"] : [],
      };
    });
