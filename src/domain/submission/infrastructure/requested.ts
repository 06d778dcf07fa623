import type { AmountChange, AmountRange, Requested, Resources } from "./facts.ts";
import { type Amounts, FIGURES, inUnits, isAccelerator, isWholeGpu, sumOf } from "./quantity.ts";
import { isUnchanged, type Workload } from "./workloads.ts";

/** A workload on both sides of a change. */
export type Pair = { readonly before: Workload | undefined; readonly after: Workload | undefined };

/** Sides on which a manifest that was changed could not be read, so that sums of them are not known. */
export type Sides = { readonly before: boolean; readonly after: boolean };

const NOTHING: AmountRange = { at_least: 0, at_most: 0 };
const NOT_KNOWN: AmountRange = { at_least: null, at_most: null };

const isForATime = (workload: Workload): boolean => workload.runs === "for_a_time";

/** Whether a workload ends by itself on one side only. */
const isOther = ({ before, after }: Pair): boolean =>
  before !== undefined && after !== undefined && isForATime(before) !== isForATime(after);

/**
 * What runs all the time, and what jobs ask for while they run. A workload that became the other is a part of one sum
 * before and of the other after, and then neither sum is so many per cent more or less.
 * @returns `forATime` null without any job.
 */
export function requestedOf(pairs: readonly Pair[], unread: Sides) {
  const isComparable = !pairs.some(isOther);
  const only = (isWanted: (workload: Workload) => boolean): Pair[] =>
    pairs.flatMap(({ before, after }) => {
      const [b, a] = [before, after].map((w) => (w && isWanted(w) ? w : undefined));
      return b || a ? [{ before: b, after: a }] : [];
    });
  const passing = only(isForATime);
  return {
    standing: requestedBy(
      only((w) => !isForATime(w)),
      { unread, isComparable },
    ),
    forATime: passing.length === 0 ? null : requestedBy(passing, { unread, isComparable }),
  };
}

/**
 * Sums over workloads. One whose amount is not known leaves the sum of its side unknown, unless nothing of it differs
 * between the sides: then it is left out of both.
 */
function requestedBy(
  pairs: readonly Pair[],
  { unread, isComparable }: { readonly unread: Sides; readonly isComparable: boolean },
): Requested {
  const moved = (isWanted: (name: string) => boolean) => {
    const counted = pairs.filter((pair) => !isLeftOut(pair, isWanted));
    // Where all are left out, the sum of the rest would read as if nothing were there.
    const isNone = pairs.length > 0 && counted.length === 0;
    const side = (key: keyof Pair) => (unread[key] || isNone ? NOT_KNOWN : sumOn(key, counted, isWanted));
    return { before: side("before"), after: side("after") };
  };
  const accelerators = acceleratorsOf(pairs).map((resource) => ({
    resource,
    ...moved((name) => name === resource),
  }));
  // Whole GPUs that became slices, shares or those of another vendor are not so many per cent less.
  const changed = accelerators.filter(({ before, after }) => before.at_least !== after.at_least);
  const isOfOthers =
    changed.some(({ resource }) => !isWholeGpu(resource)) ||
    changed.filter(({ resource }) => isWholeGpu(resource)).length > 1;
  const figure = (key: keyof Resources): AmountChange => {
    const { before, after } = moved(FIGURES[key]);
    const hasPercent = isComparable && !(key === "gpu" && isOfOthers);
    const percent = (from: number | null, to: number | null) =>
      !hasPercent || from === null || to === null || from === 0
        ? null
        : Math.round(((to - from) / from) * 1000) / 10;
    return {
      before: ranged(before, key),
      after: ranged(after, key),
      percent: {
        at_least: percent(before.at_least, after.at_least),
        at_most: percent(before.at_most, after.at_most),
      },
    };
  };
  return { cpu: figure("cpu"), memory_gib: figure("memory_gib"), gpu: figure("gpu"), accelerators };
}

const ranged = ({ at_least, at_most }: AmountRange, key: keyof Resources): AmountRange => ({
  at_least: at_least === null ? null : inUnits(key, at_least),
  at_most: at_most === null ? null : inUnits(key, at_most),
});

/** Accelerators that are told by name. Whole GPUs are, where there are others than those of one vendor. */
function acceleratorsOf(pairs: readonly Pair[]): string[] {
  const workloads = pairs.flatMap(({ before, after }) => [before, after]);
  return namedIn(workloads.flatMap((w) => [...(w?.pod.requests.keys() ?? [])]));
}

/** The accelerators of a list of resources that are told by name. */
function namedIn(resources: readonly string[]): string[] {
  const names = [...new Set(resources)].filter((name) => isAccelerator(name) && name.includes("/"));
  const whole = names.filter(FIGURES.gpu);
  const isPlain = whole.length === 1 && whole[0] === "nvidia.com/gpu";
  return names.filter((name) => !(isPlain && FIGURES.gpu(name))).sort();
}

/** Whether a workload is not counted, because its amount is not known and is the same on both sides. */
export function isLeftOut({ before, after }: Pair, isWanted: (name: string) => boolean): boolean {
  if (!isUnchanged(before, after)) return false;
  return [before, after].some((w) => w && amountOf(w, isWanted) === null);
}

function sumOn(side: keyof Pair, pairs: readonly Pair[], isWanted: (name: string) => boolean): AmountRange {
  return pairs.reduce<AmountRange>((sum, pair) => {
    const workload = pair[side];
    const amount = workload === undefined ? NOTHING : amountOf(workload, isWanted);
    if (amount === null || sum.at_least === null || amount.at_least === null) return NOT_KNOWN;
    const most = sum.at_most === null || amount.at_most === null ? null : sum.at_most + amount.at_most;
    return { at_least: sum.at_least + amount.at_least, at_most: most };
  }, NOTHING);
}

/** What all pods of a workload ask for together. Null where it is not known. */
function amountOf({ replicas, pod }: Workload, isWanted: (name: string) => boolean): AmountRange | null {
  const one = sumOf(pod.requests, isWanted);
  if (one === 0 || replicas.at_most === 0) return NOTHING;
  if (one === null || replicas.at_least === null) return null;
  return {
    at_least: one * replicas.at_least,
    at_most: replicas.at_most === null ? null : one * replicas.at_most,
  };
}

/** The accelerators of one pod that are told by name. */
export const acceleratorsIn = (requests: Amounts) =>
  namedIn([...requests.keys()]).map((resource) => ({ resource, amount: requests.get(resource) ?? null }));
