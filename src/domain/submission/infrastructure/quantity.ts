import type { Resources } from "./facts.ts";

export const NOTHING: Resources = { cpu: 0, memory_gib: 0, gpu: 0 };

/** Suffixes of Kubernetes quantities, with powers of two and of ten. */
const SCALE: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity (`500m`, `32Gi`, `1e3`, 2) as a number. Undefined for any other value. */
export function quantity(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== "string") return undefined;
  const [, digits, suffix = ""] =
    /^(\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?)([A-Za-z]{0,2})$/.exec(value.trim()) ?? [];
  const scale = SCALE[suffix];
  return digits === undefined || scale === undefined ? undefined : Number(digits) * scale;
}

const GPU = /^(?:nvidia|amd|gpu\.intel)\.com\/(?:gpu|mig-|i915|xe)/;

/** A container's `requests` or `limits`. A resource that is not set is undefined. */
export function resourcesOf(side: unknown): Partial<Resources> {
  if (typeof side !== "object" || side === null) return {};
  const entries = Object.entries(side);
  const amountOf = (key: string) => quantity(entries.find(([name]) => name === key)?.[1]);
  const gpus = entries.filter(([name]) => GPU.test(name)).map(([, value]) => quantity(value) ?? 0);
  const [cpu, memory] = [amountOf("cpu"), amountOf("memory")];
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory_gib: memory / 2 ** 30 }),
    ...(gpus.length === 0 ? {} : { gpu: gpus.reduce((sum, n) => sum + n, 0) }),
  };
}

export const plus = (a: Resources, b: Resources): Resources => ({
  cpu: a.cpu + b.cpu,
  memory_gib: a.memory_gib + b.memory_gib,
  gpu: a.gpu + b.gpu,
});

export const times = (a: Resources, n: number): Resources => ({
  cpu: a.cpu * n,
  memory_gib: a.memory_gib * n,
  gpu: a.gpu * n,
});

/** Rounded to two decimals, so that sums of tenths show no rounding errors. */
export const rounded = (a: Resources): Resources => ({
  cpu: round(a.cpu),
  memory_gib: round(a.memory_gib),
  gpu: round(a.gpu),
});

const round = (n: number): number => Math.round(n * 100) / 100;
