import type { Requirement } from "../roles/role-template.ts";
import { plainLine } from "../untrusted.ts";
import { areaOf, globMatcher } from "./areas.ts";
import type { Observation } from "./observations.ts";
import { addedLines, removedLines } from "./patch.ts";
import type { ChangedFile, SubmissionSnapshot } from "./snapshot.ts";

/** A place in the change, pinned to its commit. `url` is left out in blind mode, since it names the owner. */
type Permalink = { path: string; line?: number; url?: string };

/** What a change shows of one requirement: met by these places, touched without the content asked for, or not seen. */
export type Coverage = {
  id: string;
  text: string;
  status: "met_by" | "touched" | "not_seen";
  evidence: Permalink[];
};

type Place = { readonly path: string; readonly line?: number | undefined; readonly gone?: boolean };

const SHOWN = 3;

/** Whether each requirement left a trace in the change. A trace is a place to look, not a verdict. */
export function coverageOf(
  requirements: readonly Requirement[],
  snapshot: SubmissionSnapshot,
  observations: readonly Observation[],
  blind: boolean,
): Coverage[] {
  return requirements.map((requirement) => {
    const files = filesNamed(requirement, snapshot.files);
    const places = [
      ...observations.filter((o) => requirement.observed?.includes(o.id)).map(placeOf),
      ...files.flatMap((file) => placesIn(file, requirement)),
      ...deletedBy(requirement, snapshot.files),
    ];
    const status =
      places.length > 0 ? "met_by" : files.length > 0 && requirement.paths ? "touched" : "not_seen";
    const shown = status === "touched" ? files.map((file): Place => ({ path: file.path })) : unique(places);
    return {
      id: requirement.id,
      text: requirement.text,
      status,
      evidence: shown.slice(0, SHOWN).map((place) => link(snapshot, blind, place)),
    };
  });
}

const placeOf = ({ id, path, line }: Observation): Place => ({ path, line, gone: id === "workload_removed" });

/** Without paths, everything but prose: what is only talked about is no trace of the work. */
function filesNamed({ paths }: Requirement, files: readonly ChangedFile[]): readonly ChangedFile[] {
  if (!paths) return files.filter((file) => areaOf(file.path) !== "docs");
  const matchers = paths.map(globMatcher);
  return files.filter((file) => file.status !== "removed" && matchers.some((match) => match(file.path)));
}

/** Where a file has one of the phrases in a line of the asked kind; any change at all when paths are all that is asked. */
function placesIn(file: ChangedFile, { paths, content, removes, deleted, observed }: Requirement): Place[] {
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

function deletedBy({ deleted = [] }: Requirement, files: readonly ChangedFile[]): Place[] {
  const matchers = deleted.map(globMatcher);
  return files
    .filter((file) => file.status === "removed" && matchers.some((match) => match(file.path)))
    .map((file) => ({ path: file.path, gone: true }));
}

const unique = (places: readonly Place[]): Place[] => [
  ...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values(),
];

/** What is gone is shown where it last stood. */
function link(
  { webUrl, headSha, baseSha }: Pick<SubmissionSnapshot, "webUrl" | "headSha" | "baseSha">,
  blind: boolean,
  { path, line, gone = false }: Place,
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
