import { describe, expect, it } from "vitest";
import { quantity } from "../../../../src/domain/submission/infrastructure/quantity.ts";
import { changeBetween, changeTo, fixed, NOT_KNOWN, requests, workload } from "./manifests-for-tests.ts";

describe("a quantity", () => {
  it.each([
    ["500m", 0.5],
    [".5", 0.5],
    ["5.", 5],
    ["+2", 2],
    ["-2", -2],
    ["1e3", 1000],
    ["1E3", 1000],
    ["1E", 1e18],
    ["1e-3", 0.001],
    ["12e+2", 1200],
    ["250u", 0.00025],
    ["4n", 4e-9],
    ["1k", 1000],
    ["2M", 2e6],
    ["3G", 3e9],
    ["1T", 1e12],
    ["1P", 1e15],
    ["1Ki", 1024],
    ["1.5Gi", 1.5 * 2 ** 30],
    ["2Ti", 2 ** 41],
    ["1Pi", 2 ** 50],
    ["1Ei", 2 ** 60],
    [2, 2],
    [0.25, 0.25],
  ])("%s is read", (text, value) => {
    expect(quantity(text)).toBeCloseTo(value, 12);
  });

  it.each([
    ...[
      "4GB",
      "4gi",
      "4 Gi",
      " 4Gi",
      "1K",
      "1e",
      "1e3Ki",
      "1Gi2",
      "0x10",
      "1,5",
      "",
      ".",
      "+",
      "{{ .Values.cpu }}",
    ],
    ...["$(CPU)", "1e9999", "9".repeat(100), null, true, {}, [1], Number.NaN, Number.POSITIVE_INFINITY],
  ])("%j is none", (value) => {
    expect(quantity(value)).toBeUndefined();
  });
});

describe("amounts of a container", () => {
  const cpu = (text: string) => changeTo(workload(requests(text))).requested.cpu.after;
  const memory = (text: string) => changeTo(workload(requests("1", text))).requested.memory_gib.after;

  it.each([
    ["1m", 0.002],
    ["0.0001", 0.002],
    ["100u", 0.002],
    ["1500m", 3],
    [".25", 0.5],
    ["1e-1", 0.2],
  ])("cpu %s of two replicas, rounded up to 1m", (text, sum) => {
    expect(cpu(text)).toEqual(fixed(sum));
  });

  it.each([
    ["1Pi", 2 * 2 ** 20],
    ["512Mi", 1],
    ["1073741824000m", 2],
    ["1Ki", 0.0000019],
  ])("memory %s of two replicas", (text, sum) => {
    expect(memory(text)).toEqual(fixed(sum));
  });

  it("that is no quantity is named, and its figure withheld, and no other", () => {
    const change = changeBetween(
      { "k8s/a.yaml": workload(requests("1", "4Gi")) },
      { "k8s/a.yaml": workload(requests("1", "4GB")) },
    );
    expect(change.requested.memory_gib).toEqual({
      before: fixed(8),
      after: NOT_KNOWN,
      percent: { at_least: null, at_most: null },
    });
    expect(change.requested.cpu.after).toEqual(fixed(2));
    expect(change.not_evaluated).toEqual([
      'Deployment a in k8s/a.yaml: memory "4GB" is no quantity (container app)',
    ]);
    expect(change.workloads[0]?.after?.requests).toEqual({ cpu: 1, memory_gib: null, gpu: 0 });
  });

  it("that is negative is named and not summed", () => {
    const change = changeTo(workload(requests("-1")));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/cpu -1 is negative/);
  });

  it("that is no quantity on both sides leaves the workload out of that figure", () => {
    const odd = { "k8s/odd.yaml": workload(requests("1", "4GB"), { name: "odd" }) };
    const change = changeBetween(
      { ...odd, "k8s/a.yaml": workload(requests("1")) },
      { ...odd, "k8s/a.yaml": workload(requests("2")) },
    );
    expect(change.requested.memory_gib.after).toEqual(fixed(2));
    expect(change.requested.cpu.after).toEqual(fixed(6));
    expect(change.partial).toBe(true);
    expect(change.not_evaluated[0]).toMatch(/odd in k8s\/odd\.yaml/);
  });

  it("of replicas in quotes is not guessed", () => {
    const change = changeTo(workload(requests("1"), { spec: 'replicas: "3"' }));
    expect(change.requested.cpu.after).toEqual(NOT_KNOWN);
    expect(change.not_evaluated[0]).toMatch(/replicas "3" is no number/);
  });
});
