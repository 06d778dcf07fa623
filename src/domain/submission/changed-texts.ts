import { addedLines, removedLines } from "./patch.ts";
import type { ChangedFile, SubmissionSnapshot } from "./snapshot.ts";

/** The whole text of a changed file at the start and at the head. Undefined on a side where there is none. */
export type ChangedText = { readonly before: string | undefined; readonly after: string | undefined };

/**
 * The whole texts of the files that changed, by the path at the head. A file that was added or removed is its own
 * difference. Undefined for a binary file and where a side was not read.
 */
export function changedTexts({
  before,
  after,
}: Pick<SubmissionSnapshot, "before" | "after">): (file: ChangedFile) => ChangedText | undefined {
  const textsBefore = new Map(before.map(({ path, text }) => [path, text]));
  const textsAfter = new Map(after.map(({ path, text }) => [path, text]));
  return (file) => {
    const { path, previousPath, status, binary, patch } = file;
    if (binary) return undefined;
    const old = textsBefore.get(previousPath ?? path);
    const now = textsAfter.get(path);
    if (status === "added") return { before: undefined, after: now ?? joined(patch, addedLines) };
    if (status === "removed") return { before: old ?? joined(patch, removedLines), after: undefined };
    return old === undefined || now === undefined ? undefined : { before: old, after: now };
  };
}

const joined = (patch: string | undefined, lines: typeof addedLines): string | undefined =>
  patch === undefined
    ? undefined
    : lines(patch)
        .map(({ text }) => text)
        .join("\n");
