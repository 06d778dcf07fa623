import { pluralize } from "../../pluralize.ts";
import { plainLine } from "../../untrusted.ts";
import type { ChangedFile } from "../snapshot.ts";
import { isInChart } from "./charts.ts";
import { type Cluster, clusterOf, isManifestPath } from "./cluster.ts";
import type { InfrastructureChange, Resources, WorkloadChange, WorkloadShape } from "./facts.ts";
import { isManifest, type SourceFile } from "./manifests.ts";
import type { Beyond } from "./named.ts";
import { pairsOf } from "./pairs.ts";
import { PROBES } from "./pod.ts";
import { FIGURES, figuresOf, inUnits, sumOf } from "./quantity.ts";
import { acceleratorsIn, isLeftOut, type Pair, requestedBy, type Sides } from "./requested.ts";
import { isUnchanged, uncertain, type Workload } from "./workloads.ts";

const MAX_NAMES = 200;
const MAX_WORKLOADS = 100;

/** A manifest that was renamed so that nothing applies it. */
const SET_ASIDE = /\.(?:ya?ml|json)\.\w{1,20}$|\.(?:bak|disabled|txt)$/;

/** How much of the manifests was read. */
export type ManifestReading = {
  /** The files that changed, and whether these are all of them. */
  readonly files?: readonly Pick<ChangedFile, "path" | "previousPath" | "status">[];
  readonly isWhole?: boolean;
  /** Paths of files that should have been read and were not. */
  readonly unread?: readonly string[];
  /** Whether a manifest is of fixtures, examples or other people. */
  readonly isApart?: (path: string) => boolean;
  /** What of the change is named and not computed. */
  readonly beyond?: Beyond;
};

const NOTHING_BEYOND: Beyond = { values_changed: [], not_computed: [], eases_ci: [] };

/**
 * What manifests ask for before and after a change. A figure is null on a side of which a part is not known that differs
 * between the sides; what is not known and is the same on both is named and left out.
 * @returns undefined when neither side has a workload, an unknown kind or a manifest that could not be read.
 */
export function infrastructureChange(
  before: readonly SourceFile[],
  after: readonly SourceFile[],
  {
    files = [],
    isWhole = true,
    unread = [],
    isApart = () => false,
    beyond = NOTHING_BEYOND,
  }: ManifestReading = {},
): InfrastructureChange | undefined {
  const changedPaths = new Set(files.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  // Where the list of changed files is cut, a manifest that is not on it may have been another before.
  const start = isWhole ? before : before.filter(({ path }) => changedPaths.has(path));
  const counted = (side: readonly SourceFile[]) => side.filter(({ path }) => !isApart(path));
  const [old, now] = [clusterOf(counted(start)), clusterOf(counted(after))];
  const apart = [...start, ...after].filter(
    (file) =>
      (isManifestPath(file.path) ? isApart(file.path) : SET_ASIDE.test(file.path)) && isManifest(file),
  );
  const notRead = unread.filter((path) => isManifestPath(path) && !isApart(path));
  const unreadChanges = files.filter(({ path, previousPath }) =>
    [path, previousPath].some((p) => p && notRead.includes(p)),
  );
  const isEmpty = old.workloads.length + now.workloads.length === 0;
  // What a changed chart makes run is not known, and where only such files say what runs nothing is.
  const [chartBefore, chartAfter] = [counted(start), counted(after)].map(chartsTouched(files));
  const isBeyond = isEmpty && (beyond.not_computed.length > 0 || notRead.length > unreadChanges.length);
  const hidden: Sides = {
    before:
      !isWhole ||
      isBeyond ||
      chartBefore === true ||
      unreadChanges.some(({ status }) => status !== "added") ||
      differs(old, now),
    after:
      isBeyond ||
      chartAfter === true ||
      // Nor is it known then that one which was not read is the same on both sides.
      (!isWhole && notRead.length > 0) ||
      unreadChanges.some(({ status }) => status !== "removed") ||
      differs(now, old),
  };
  const named = [
    ...old.unknown,
    ...now.unknown,
    ...old.unreadable,
    ...now.unreadable,
    ...unreadChanges,
    ...apart,
  ];
  if (isEmpty && named.length + Object.values(beyond).flat().length === 0) return undefined;
  const { pairs, repeated, environments } = pairsOf(
    withUnreadScalers(old.workloads, !isWhole || notRead.length > 0),
    withUnreadScalers(now.workloads, notRead.length > 0),
  );
  const [standing, passing] = [pairs.filter((p) => !isForATime(p)), pairs.filter(isForATime)];
  const places = new Set(
    pairs.flatMap(({ before: b, after: a }) => [b ?? a, a ?? b].map((w) => w?.environment)),
  );
  const changes = pairs.map((pair) => changeOf(pair, hidden, places.size > 1));
  const left = pairs.filter((pair) => Object.values(FIGURES).some((isWanted) => isLeftOut(pair, isWanted)));
  const distinct = (texts: readonly string[]) => [...new Set(texts)].map((text) => plainLine(text));
  const both = <T>(pick: (side: Cluster) => readonly T[]) => [...pick(old), ...pick(now)];
  return {
    requested: requestedBy(standing, hidden),
    requested_for_a_time: passing.length === 0 ? null : requestedBy(passing, hidden),
    partial: left.length + notRead.length > 0 || [...old.gaps].some((gap) => now.gaps.has(gap)),
    workloads: changes.slice(0, MAX_WORKLOADS),
    unknown_kinds: some(distinct(both((side) => side.unknown))),
    unreadable: some(distinct(both((side) => side.unreadable))),
    duplicate_keys: some(distinct(both((side) => side.duplicates))),
    not_read: some(distinct(notRead)),
    apart: some(distinct(apart.map(({ path }) => path))),
    not_applied: some(distinct(now.not_applied)),
    repeated: some(distinct(repeated)),
    not_evaluated: [
      ...some(distinct([...both((side) => side.unevaluated), ...pairs.flatMap(whyOf)])),
      ...(changes.length > MAX_WORKLOADS
        ? [
            `${pluralize(changes.length - MAX_WORKLOADS, "more workload is", "more workloads are")} counted and not listed`,
          ]
        : []),
    ],
    remarks: some(distinct([...environments, ...now.remarks])),
    ...beyond,
  };
}

/** Workloads that leave their replicas to others, of which some may be in a manifest that was not read. */
const withUnreadScalers = (workloads: readonly Workload[], isUnread: boolean): readonly Workload[] =>
  workloads.map((workload) => {
    const { isPreset, kind, name, path } = workload;
    const why = `${kind} ${name} in ${path}: an autoscaler of it may be in what was not read`;
    return isUnread && isPreset ? uncertain(workload, why) : workload;
  });

/** Whether a side has a Helm chart of which a file was changed: what it makes run there is not known. */
const chartsTouched =
  (files: NonNullable<ManifestReading["files"]>) =>
  (side: readonly SourceFile[]): boolean => {
    const isChart = isInChart(side);
    return files.some(({ path, previousPath }) =>
      [path, previousPath ?? path].some((p) => isChart(p) && !p.endsWith(".md")),
    );
  };

/** The first names of a list, and how many more there are. */
const some = (names: readonly string[]): string[] =>
  names.length <= MAX_NAMES
    ? [...names]
    : [...names.slice(0, MAX_NAMES), `and ${names.length - MAX_NAMES} more`];

/** Whether a side holds something that cannot be computed and that the other side does not hold like this. */
const differs = (side: Cluster, other: Cluster): boolean =>
  [...side.gaps].some((gap) => !other.gaps.has(gap));

const isForATime = ({ before, after }: Pair): boolean =>
  [before, after].every((w) => w === undefined || w.runs === "for_a_time");

const whyOf = ({ before, after }: Pair): string[] => [
  ...(after?.why ?? []),
  ...(before?.why ?? [])
    .filter((why) => !after?.why.includes(why))
    .map((why) => (after ? `${why} (before)` : why)),
];

function changeOf({ before, after }: Pair, hidden: Sides, isOneOfSeveral: boolean): WorkloadChange {
  const workload = after ?? before;
  const [b, a] = [before ? shapeOf(before) : null, after ? shapeOf(after) : null];
  return {
    name: plainLine(workload?.name ?? ""),
    kind: plainLine(workload?.kind ?? ""),
    ...(before && after && before.kind !== after.kind && { kind_before: plainLine(before.kind) }),
    ...(isOneOfSeveral && workload?.environment && { environment: plainLine(workload.environment) }),
    path: plainLine(workload?.path ?? ""),
    status: statusOf({ before, after }, JSON.stringify(b) === JSON.stringify(a), hidden),
    before: b,
    after: a,
  };
}

function statusOf({ before, after }: Pair, isSame: boolean, hidden: Sides): WorkloadChange["status"] {
  if (!before) return hidden.before ? "not_known" : "added";
  if (!after) return hidden.after ? "not_known" : "removed";
  // Of kinds that are not computed the figures are equal, as none is known.
  const isKnown = [before, after].every(
    ({ why, replicas }) => why.length === 0 && replicas.at_least !== null,
  );
  return isSame && before.kind === after.kind && (isKnown || isUnchanged(before, after)) ? "same" : "changed";
}

function shapeOf({ replicas, runs, bounded, pod }: Workload): WorkloadShape {
  return {
    ...{ replicas, runs, bounded },
    requests: figuresOf(pod.requests),
    limits: limitsOf(pod),
    accelerators: acceleratorsIn(pod.requests),
    without_requests: pod.unset.length > 0,
    probes: PROBES.filter((probe) => pod.probes.includes(probe)),
    unpinned_images: pod.unpinned.map((image) => plainLine(image)),
  };
}

function limitsOf({ limits }: Workload["pod"]): Partial<Resources> {
  const limit = (key: keyof Resources) => {
    const sum = sumOf(limits, FIGURES[key]);
    return sum === 0 ? {} : { [key]: sum === null ? null : inUnits(key, sum) };
  };
  return { ...limit("cpu"), ...limit("memory_gib"), ...limit("gpu") };
}
