import type { Requirement } from "../role-template.ts";
import { plainLine } from "../untrusted.ts";
import { globMatcher } from "./areas.ts";
import { addedLines } from "./patch.ts";
import type { ChangedFile, PullRequestSnapshot } from "./snapshot.ts";

/** A place in the change, pinned to its commit. `url` is left out in blind mode, since it names the owner. */
type Permalink = { path: string; line?: number; url?: string };

/** What a change shows of one requirement: met by these places, touched without the content asked for, or not seen. */
export type Coverage = {
  id: string;
  text: string;
  status: "met_by" | "touched" | "not_seen";
  evidence: Permalink[];
};

const SHOWN = 3;

/** Whether each requirement left a trace in the change. A trace is a place to look, not a verdict. */
export function coverageOf(
  requirements: readonly Requirement[],
  snapshot: PullRequestSnapshot,
  blind: boolean,
): Coverage[] {
  return requirements.map((requirement) => {
    const matchers = (requirement.paths ?? ["**"]).map(globMatcher);
    const files = snapshot.files.filter((file) => matchers.some((match) => match(file.path)));
    const places = files.flatMap((file) => placesIn(file, requirement, snapshot, blind));
    const status =
      places.length > 0 ? "met_by" : files.length > 0 && requirement.paths ? "touched" : "not_seen";
    const evidence = status === "touched" ? files.map((file) => link(snapshot, blind, file.path)) : places;
    return { id: requirement.id, text: requirement.text, status, evidence: evidence.slice(0, SHOWN) };
  });
}

/** Where a file has one of the phrases in an added line; any change at all when no phrase is asked for. */
function placesIn(
  file: ChangedFile,
  { content }: Requirement,
  snapshot: PullRequestSnapshot,
  blind: boolean,
): Permalink[] {
  if (content === undefined) return [link(snapshot, blind, file.path)];
  const phrases = content.map((phrase) => phrase.toLowerCase());
  const found = addedLines(file.patch ?? "").find(({ text }) =>
    phrases.some((phrase) => text.toLowerCase().includes(phrase)),
  );
  return found ? [link(snapshot, blind, file.path, found.line)] : [];
}

function link(
  { webUrl, headSha }: PullRequestSnapshot,
  blind: boolean,
  path: string,
  line?: number,
): Permalink {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const url = `${webUrl}/blob/${headSha}/${encoded}${line === undefined ? "" : `#L${line}`}`;
  return { path: plainLine(path), ...(line === undefined ? {} : { line }), ...(blind ? {} : { url }) };
}
