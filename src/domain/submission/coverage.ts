import type { Requirement } from "../roles/role-template.ts";
import { plainLine } from "../untrusted.ts";
import type { Coverage, Permalink } from "./facts.ts";
import type { FileKinds } from "./file-kinds.ts";
import type { Observation } from "./observations.ts";
import { addedLines, removedLines } from "./patch.ts";
import { pathMatcher } from "./path-matcher.ts";
import type { ChangedFile, SubmissionSnapshot } from "./snapshot.ts";

type Trace = { readonly path: string; readonly line?: number | undefined; readonly gone?: boolean };

const MAX_TRACES_SHOWN = 3;

/**
 * Whether the change has a trace of each requirement. A trace is a place for a reader to look at, not a judgement.
 * @param isWhole whether every file that changed is on the snapshot's list.
 */
export function coverageOf(
  requirements: readonly Requirement[],
  snapshot: SubmissionSnapshot,
  observations: readonly Observation[],
  {
    blind,
    isWhole,
    areaOf,
  }: Pick<FileKinds, "areaOf"> & { readonly blind: boolean; readonly isWhole: boolean },
): Coverage[] {
  return requirements.map((requirement) => {
    const files = filesNamed(requirement, snapshot.files, areaOf);
    const traces = [
      ...observations.filter((o) => requirement.observed?.includes(o.id)).map(traceOf),
      ...files.flatMap((file) => tracesIn(file, requirement)),
      ...deletedBy(requirement, snapshot.files),
    ];
    const status = statusOf(requirement, traces, files, isWhole);
    const shown = status === "touched" ? files.map((file): Trace => ({ path: file.path })) : unique(traces);
    return {
      id: requirement.id,
      text: requirement.text,
      status,
      evidence: shown.slice(0, MAX_TRACES_SHOWN).map((trace) => link(snapshot, blind, trace)),
    };
  });
}

/** What was not read may hold a trace, so then its absence is not known. */
function statusOf(
  { paths }: Requirement,
  traces: readonly Trace[],
  files: readonly ChangedFile[],
  isWhole: boolean,
): Coverage["status"] {
  if (traces.length > 0) return "met_by";
  if (!isWhole || files.some(({ binary, patch }) => !binary && patch === undefined)) return "not_known";
  return files.length > 0 && paths ? "touched" : "not_seen";
}

const traceOf = ({ id, path, line }: Observation): Trace => ({ path, line, gone: id === "workload_removed" });

/**
 * The files in which traces are looked for. If the requirement names no paths, all files except documentation, because
 * prose is no trace of the work.
 */
function filesNamed(
  { paths }: Requirement,
  files: readonly ChangedFile[],
  areaOf: FileKinds["areaOf"],
): readonly ChangedFile[] {
  if (!paths) return files.filter((file) => areaOf(file.path) !== "docs");
  const isNamed = pathMatcher(paths);
  return files.filter((file) => file.status !== "removed" && isNamed(file.path));
}

/**
 * The first line of a file with one of the phrases. If the requirement names only paths, any change to the file counts.
 */
function tracesIn(file: ChangedFile, { paths, content, removes, deleted, observed }: Requirement): Trace[] {
  const patch = file.patch ?? "";
  const added = content ? firstWith(content, addedLines(patch)) : undefined;
  if (added) return [{ path: file.path, line: added.line }];
  const removed = removes ? firstWith(removes, removedLines(patch)) : undefined;
  if (removed) return [{ path: file.path, line: removed.line, gone: true }];
  return paths && !content && !removes && !deleted && !observed ? [{ path: file.path }] : [];
}

function firstWith(phrases: readonly string[], lines: readonly { line: number; text: string }[]) {
  const wanted = phrases.map((phrase) => phrase.toLowerCase());
  return lines.find(({ text }) => wanted.some((phrase) => text.toLowerCase().includes(phrase)));
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
  blind: boolean,
  { path, line, gone = false }: Trace,
): Permalink {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const anchor = line === undefined ? "" : `#L${line}`;
  return {
    path: plainLine(path),
    ...(line === undefined ? {} : { line }),
    ...(blind || webUrl === null
      ? {}
      : { url: `${webUrl}/blob/${gone ? baseSha : headSha}/${encoded}${anchor}` }),
  };
}
