import { pluralize } from "../pluralize.ts";
import type { Requirement } from "../roles/role-template.ts";
import { plainLine, untrusted } from "../untrusted.ts";
import type { Coverage, Permalink } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import type { Observation } from "./observations.ts";
import { pathMatcher } from "./path-matcher.ts";
import type { ChangedFile, Missing, SubmissionSnapshot } from "./snapshot.ts";
import { languageOf } from "./source/languages.ts";
import { type Hits, type TraceFinder, traceFinder } from "./traces.ts";

type Trace = {
  readonly path: string;
  readonly line?: number | undefined;
  /** The line as it was written. */
  readonly text?: string | undefined;
  readonly gone?: boolean;
};

const MAX_TRACES_SHOWN = 3;
const MAX_SEEN_CHARS = 80;

type Options = {
  readonly fileKinds: FileKinds;
  readonly blind: boolean;
  /** Whether every file that changed is on the snapshot's list. */
  readonly isWhole: boolean;
  /** Observations that could not be made, because a part of what they depend on was not read or is not known. */
  readonly unknown: ReadonlySet<Observation["id"]>;
};

/**
 * Whether the change has a trace of each requirement: code or configuration that has an effect, never a comment, prose or a
 * name alone, which are quoted as the candidate's claims. A trace is a place for a reader to look at, not a judgement.
 */
export function coverageOf(
  requirements: readonly Requirement[],
  snapshot: SubmissionSnapshot,
  observations: readonly Observation[],
  { fileKinds, blind, isWhole, unknown }: Options,
): { readonly coverage: Coverage[]; readonly missing: readonly Missing[] } {
  const finder = traceFinder(snapshot, fileKinds);
  const lineOf = linesAfter(snapshot);
  const unread = new Set<string>();
  const coverage = requirements.map((requirement): Coverage => {
    const files = filesNamed(requirement, snapshot.files);
    const found = files.map((file) => ({ file, ...hitsIn(finder, file, requirement) }));
    const traces = [
      ...observations.filter((o) => requirement.observed?.includes(o.id)).map((o) => traceOf(o, lineOf)),
      ...found.flatMap(({ traces: [first] }) => first ?? []),
      ...deletedBy(requirement, snapshot.files),
    ];
    const unknowns = found.filter(({ file, isUnknown }) => isUnknown || isWithoutDifference(file));
    const isUnknown =
      !isWhole || unknowns.length > 0 || (requirement.observed?.some((id) => unknown.has(id)) ?? false);
    const isTouched = files.length > 0 && requirement.paths !== undefined;
    const status =
      traces.length > 0 ? "met_by" : isUnknown ? "not_known" : isTouched ? "touched" : "not_seen";
    if (status === "not_known") for (const { file } of unknowns) unread.add(file.path);
    const shown = status === "touched" ? files.map((file): Trace => ({ path: file.path })) : unique(traces);
    const links = (places: readonly Trace[]) =>
      places
        .slice(0, MAX_TRACES_SHOWN)
        .map((trace) => link(snapshot, { blind, without: fileKinds.secrets.without }, trace));
    const { id, text } = requirement;
    return {
      id,
      text,
      status,
      evidence: links(shown),
      claims: status === "met_by" ? [] : links(unique(found.flatMap(({ claims }) => claims))),
    };
  });
  const why = `${pluralize(unread.size, "changed file")} in which a trace may be not read`;
  const missing =
    unread.size === 0 ? [] : [{ part: "requirements" as const, why: `${why}: ${some([...unread])}` }];
  return { coverage, missing };
}

const some = (paths: readonly string[]): string => {
  const more = paths.length - MAX_TRACES_SHOWN;
  const names = paths.slice(0, MAX_TRACES_SHOWN).map((path) => plainLine(path));
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
};

const isWithoutDifference = ({ binary, patch }: ChangedFile): boolean => !binary && patch === undefined;

/** The line of a file at the head, where the file was read whole. */
function linesAfter({ after }: SubmissionSnapshot): (path: string, line: number) => string | undefined {
  const texts = new Map((after ?? []).map(({ path, text }) => [path, text]));
  return (path, line) => texts.get(path)?.split("\n")[line - 1];
}

const traceOf = ({ id, path, line }: Observation, lineOf: ReturnType<typeof linesAfter>): Trace => ({
  ...{ path, line, gone: id === "workload_removed" },
  text: line === undefined ? undefined : lineOf(path, line),
});

/** The files in which traces are looked for: those that the requirement names, or all. */
function filesNamed({ paths }: Requirement, files: readonly ChangedFile[]): readonly ChangedFile[] {
  if (!paths) return files;
  const isNamed = pathMatcher(paths);
  return files.filter((file) => file.status !== "removed" && isNamed(file.path));
}

/**
 * The lines of a file with one of the phrases. If the requirement names only paths, any line with an effect counts; in a
 * file that it names, prose does too.
 */
function hitsIn(
  finder: TraceFinder,
  file: ChangedFile,
  { paths, content, removes, deleted, observed }: Requirement,
): { readonly traces: readonly Trace[]; readonly claims: readonly Trace[]; readonly isUnknown: boolean } {
  const isAnyChange = paths !== undefined && !content && !removes && !deleted && !observed;
  const isMeant = paths !== undefined;
  const look = (side: "added" | "removed", phrases: readonly string[] | undefined): Hits | undefined =>
    phrases && finder.hits(file, side, phrases, isMeant);
  const added = look("added", isAnyChange ? [] : content);
  const removed = look("removed", isAnyChange ? [] : removes);
  const hasNoLines = isAnyChange && file.binary && languageOf(file.path) === undefined;
  const traces: Trace[] = [
    ...(added?.live ?? []),
    ...(removed?.live ?? []).map((place) => ({ ...place, gone: true })),
    ...(hasNoLines ? [{ path: file.path }] : []),
  ];
  return {
    traces: isAnyChange ? traces.slice(0, 1).map(({ path }) => ({ path })) : traces,
    claims: isAnyChange ? [] : (added?.claimed ?? []),
    isUnknown: (added?.isUnknown ?? false) || (removed?.isUnknown ?? false),
  };
}

function deletedBy({ deleted = [] }: Requirement, files: readonly ChangedFile[]): Trace[] {
  const isNamed = pathMatcher(deleted);
  return files
    .filter((file) => file.status === "removed" && isNamed(file.path))
    .map((file) => ({ path: file.path, gone: true }));
}

const unique = (traces: readonly Trace[]): Trace[] => [
  ...new Map(traces.map((trace) => [`${trace.path}:${trace.line}`, trace])).values(),
];

/** Links to a place in the change. Something removed is linked at the base commit, where it still existed. */
function link(
  { webUrl, headSha, baseSha }: Pick<SubmissionSnapshot, "webUrl" | "headSha" | "baseSha">,
  { blind, without }: { readonly blind: boolean; readonly without: (text: string) => string },
  { path, line, text, gone = false }: Trace,
): Permalink {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const anchor = line === undefined ? "" : `#L${line}`;
  return {
    path: plainLine(path),
    ...(line === undefined ? {} : { line }),
    ...(text === undefined ? {} : { seen: seenText(without(text.trim()), path) }),
    ...(blind || webUrl === null
      ? {}
      : { url: `${webUrl}/blob/${gone ? baseSha : headSha}/${encoded}${anchor}` }),
  };
}

/** A line in so many characters, without what a reader does not see. */
const seenText = (text: string, source: string): string =>
  untrusted(text, { source, max: MAX_SEEN_CHARS, markup: false }).text.replace(/\s+/g, " ");
