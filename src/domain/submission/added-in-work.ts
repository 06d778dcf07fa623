import { plainLine } from "../untrusted.ts";
import type { SecretSeen } from "./facts.ts";
import { addedLines, type DiffLine, removedLines } from "./patch.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

/** Something seen in a line. `value` is what tells it from another of its kind; it is only compared. */
export type SeenInLine = { readonly kind: string; readonly value: string; readonly line: number };

/** Looks for something in lines of one file. `mayHold` is fast, for the many differences that hold none of it. */
type Finder = {
  readonly mayHold: (patch: string) => boolean;
  readonly find: (lines: readonly DiffLine[], path: string) => readonly SeenInLine[];
};

type Place = { readonly kind: string; readonly path: string; readonly line: number; readonly commit: string };

/**
 * What the work added, at the head or in a commit before it, once for each file. What the start held already, and was only
 * moved or taken away, is not the candidate's. Whether it is gone is null where a difference of the head was not read, which
 * may still hold it.
 */
export function addedInWork(
  {
    files,
    totals,
    history,
    headSha,
    missing,
  }: Pick<SubmissionSnapshot, "files" | "totals" | "history" | "headSha" | "missing">,
  { mayHold, find }: Finder,
): SecretSeen[] {
  const fromStart = new Set<string>();
  const holding = files.filter(({ patch = "" }) => mayHold(patch));
  for (const { patch = "", path, previousPath } of holding)
    for (const { value } of find(removedLines(patch), previousPath ?? path)) fromStart.add(value);
  const added = new Map<string, Place>();
  // What a commit takes away that none before it brought: the start held it, if every commit before was read.
  const broughtUnseen = new Set<string>();
  for (const { commit, path, patch } of history ?? []) {
    if (!mayHold(patch)) continue;
    for (const { value } of find(removedLines(patch), path)) if (!added.has(value)) broughtUnseen.add(value);
    for (const { kind, value, line } of find(addedLines(patch), path))
      if (!added.has(value)) added.set(value, { kind, path, line, commit });
  }
  if (!missing.some(({ part }) => part === "history"))
    for (const value of broughtUnseen) fromStart.add(value);
  const atHead = new Set<string>();
  const seen = holding.flatMap(({ patch = "", path }) => {
    return firstOfEach(find(addedLines(patch), path), ({ value }) => value).flatMap(
      ({ kind, value, line }) => {
        atHead.add(value);
        const commit = added.get(value)?.commit ?? headSha;
        return fromStart.has(value) ? [] : [{ kind, path: plainLine(path), line, commit, gone: false }];
      },
    );
  });
  const isRead = totals.files === files.length && files.every((f) => f.binary || f.patch !== undefined);
  const gone = isRead ? true : null;
  const isOwn = (value: string) => !atHead.has(value) && !fromStart.has(value) && !broughtUnseen.has(value);
  const left = [...added].filter(([value]) => isOwn(value));
  return [...seen, ...left.map(([, place]) => ({ ...place, path: plainLine(place.path), gone }))];
}

/** The first of those with the same key. */
export function firstOfEach<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const met = new Set<string>();
  return all.filter((one) => !met.has(keyOf(one)) && met.add(keyOf(one)));
}
