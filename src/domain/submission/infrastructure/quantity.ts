import type { Resources } from "./facts.ts";

/** Suffixes of Kubernetes quantities, with powers of ten and of two. */
const SCALE: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;
const LONGEST_QUANTITY = 64;

/**
 * A quantity (`500m`, `32Gi`, `.5`, `1e3`, 2) as a number, which may be negative. Undefined for what is none, such as
 * `4GB`. The grammar is that of the page "Quantity" of the Kubernetes API reference.
 */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.length > LONGEST_QUANTITY) return undefined;
  const [, digits, suffix, exponent] = QUANTITY.exec(value) ?? [];
  if (digits === undefined) return undefined;
  const amount = Number(`${digits.replace(/\.$/, "")}${exponent === undefined ? "" : `e${exponent}`}`);
  const scaled = suffix === undefined ? amount : amount * (SCALE[suffix] ?? Number.NaN);
  return Number.isFinite(scaled) ? scaled : undefined;
}

/** A whole number of zero or more, such as a number of replicas. Undefined for anything else. */
export const countOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;

/**
 * Amounts by the names that Kubernetes gives resources: cpu in thousandths, memory in bytes, devices in pieces. Null
 * where the amount is not known, absent where nothing is asked for.
 */
export type Amounts = ReadonlyMap<string, number | null>;
export const NO_AMOUNTS: Amounts = new Map();

/** Devices asked for by resource claims ("Dynamic Resource Allocation"), of which a pod does not say how many. */
export const CLAIMED = "resource claims";
const WHOLE_GPUS = new Set([
  "nvidia.com/gpu",
  "amd.com/gpu",
  "gpu.intel.com/i915",
  "gpu.intel.com/xe",
  CLAIMED,
]);
/** Vendors all of whose resources are accelerators, and words by which other resources tell that they are. */
const VENDOR = /^(?:[\w-]+\.)*(?:nvidia|amd|habana|furiosa|huawei|cambricon|xilinx|qualcomm)\.[\w.-]+\//i;
const DEVICE = /gpu|tpu|npu|neuron|gaudi|mig-|fpga|i915/i;

/** A whole GPU, as opposed to a slice or share of one. */
export const isWholeGpu = (name: string): boolean => WHOLE_GPUS.has(name);
/** An accelerator by its resource name: `nvidia.com/mig-1g.5gb`, `google.com/tpu`, `aws.amazon.com/neuron`. */
export const isAccelerator = (name: string): boolean =>
  name === CLAIMED || (name.includes("/") && (VENDOR.test(name) || DEVICE.test(name)));

/**
 * The cpu, memory and accelerators of a container's or pod's `requests` or `limits`. Kubernetes rounds cpu up to 1m and
 * memory up to a byte ("Resource Management for Pods and Containers").
 * @param tell receives what is no amount, in words.
 */
export function amountsOf(side: unknown, tell: (odd: string) => void): Amounts {
  if (typeof side !== "object" || side === null || Array.isArray(side)) return NO_AMOUNTS;
  const read = Object.entries(side).flatMap(([name, value]): [string, number | null][] => {
    if (value === null || !(name === "cpu" || name === "memory" || isAccelerator(name))) return [];
    const amount = quantity(value);
    if (amount === undefined) tell(`${name} ${JSON.stringify(value)?.slice(0, 40)} is no quantity`);
    else if (amount < 0) tell(`${name} ${amount} is negative`);
    else if (name !== "cpu" && name !== "memory" && !Number.isInteger(amount))
      tell(`${name} ${amount} is no whole number`);
    else return [[name, roundedUp(name === "cpu" ? amount * 1000 : amount)]];
    return [[name, null]];
  });
  return new Map(read);
}

/** Rounded up to a whole number, but for the errors of binary fractions. */
const roundedUp = (n: number): number => Math.ceil(Number(n.toPrecision(12)));

type Combine = (a: number, b: number) => number;

function combined(a: Amounts, b: Amounts, how: Combine): Amounts {
  return new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((name) => {
      const [one, other] = [a.get(name) ?? (a.has(name) ? null : 0), b.get(name) ?? (b.has(name) ? null : 0)];
      return [name, one === null || other === null ? null : how(one, other)] as const;
    }),
  );
}

export const plus = (a: Amounts, b: Amounts): Amounts => combined(a, b, (x, y) => x + y);
export const larger = (a: Amounts, b: Amounts): Amounts => combined(a, b, Math.max);
export const timesOf = (a: Amounts, n: number | null): Amounts =>
  new Map([...a].map(([name, x]) => [name, x === null || n === null ? (x === 0 ? 0 : null) : x * n]));
/** The amounts of `a`, and those of `b` for names that `a` does not hold. */
export const orElse = (a: Amounts, b: Amounts): Amounts => new Map([...b, ...a]);

/** Amounts under the names of our figures: vCPU, GiB and whole GPUs. */
export const FIGURES = {
  cpu: (name: string) => name === "cpu",
  memory_gib: (name: string) => name === "memory",
  gpu: isWholeGpu,
} as const;

/** The sum of the amounts whose names are wanted. Null where one of them is not known. */
export const sumOf = (amounts: Amounts, isWanted: (name: string) => boolean): number | null =>
  [...amounts].reduce<number | null>(
    (sum, [name, n]) => (isWanted(name) ? (sum === null || n === null ? null : sum + n) : sum),
    0,
  );

const UNITS: Record<keyof Resources, number> = { cpu: 1000, memory_gib: 2 ** 30, gpu: 1 };

/** An amount in the unit of its figure: vCPU to a thousandth, GiB to four decimals, but never a small amount as zero. */
export function inUnits(key: keyof Resources, amount: number): number {
  const n = amount / UNITS[key];
  const rounded = Math.round(n * 10_000) / 10_000;
  return rounded === 0 ? Number(n.toPrecision(2)) : rounded;
}

/** The three figures of some amounts. */
export function figuresOf(amounts: Amounts): Resources {
  const figure = (key: keyof Resources) => {
    const sum = sumOf(amounts, FIGURES[key]);
    return sum === null ? null : inUnits(key, sum);
  };
  return { cpu: figure("cpu"), memory_gib: figure("memory_gib"), gpu: figure("gpu") };
}
