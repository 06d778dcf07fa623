import {
  infrastructureChange,
  type ManifestReading,
} from "../../../../src/domain/submission/infrastructure/change.ts";
import type { InfrastructureChange } from "../../../../src/domain/submission/infrastructure/facts.ts";

export type Files = Readonly<Record<string, string>>;

export const filesOf = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));

/** The change between two sets of files. Throws where nothing of them is infrastructure. */
export function changeBetween(before: Files, after: Files, how: ManifestReading = {}): InfrastructureChange {
  const change = infrastructureChange(filesOf(before), filesOf(after), how);
  if (!change) throw new Error("no infrastructure");
  return change;
}

/** The change that adds one file to nothing. */
export const changeTo = (text: string, path = "k8s/a.yaml"): InfrastructureChange =>
  changeBetween({}, { [path]: text });

/** An object with a pod template of one container. */
export const workload = (
  resources: string,
  {
    kind = "Deployment",
    version = "apps/v1",
    name = "a",
    spec = "replicas: 2",
    pod = "",
    container = "",
  } = {},
): string => `apiVersion: ${version}
kind: ${kind}
metadata: { name: ${name} }
spec:
  ${spec}
  template:
    spec:
      ${pod}
      containers: [{ name: app, image: "r/app:1.0", resources: ${resources}, ${container} }]
`;

export const requests = (cpu: string, memory = "1Gi"): string =>
  `{ requests: { cpu: ${cpu}, memory: ${memory} } }`;

export const fixed = (n: number) => ({ at_least: n, at_most: n });
export const NOT_KNOWN = { at_least: null, at_most: null };
