/** A line that a change adds or removes. `line` is its number in the new or in the old file. */
export type DiffLine = { readonly line: number; readonly text: string };

/** The lines that a unified diff adds, numbered as in the new file. */
export const addedLines = (patch: string): DiffLine[] => linesWith("+", patch);

/** The lines that a unified diff removes, numbered as in the old file. */
export const removedLines = (patch: string): DiffLine[] => linesWith("-", patch);

function linesWith(mark: "+" | "-", patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let line = 0;
  for (const text of patch.split("\n")) {
    const hunk = text.startsWith("@@ ") && /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk) line = Number(mark === "+" ? hunk[2] : hunk[1]);
    else if (text.startsWith(mark)) {
      lines.push({ line, text: text.slice(1) });
      line += 1;
    } else if (text.startsWith(" ") || text === "") line += 1;
  }
  return lines;
}
