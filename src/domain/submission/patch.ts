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
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk) line = Number(mark === "+" ? hunk[2] : hunk[1]);
    else if (text.startsWith(mark)) {
      lines.push({ line, text: text.slice(1) });
      line += 1;
    } else if (text.startsWith(" ") || text === "") line += 1;
  }
  return lines;
}

/** Patterns of credentials that are recognised for sure. Only their places are shown, never their values. */
const SECRETS = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bgithub_pat_[A-Za-z0-9_]{40,}\b/,
  /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----/,
  /\bxox[abpr]-[A-Za-z0-9-]{10,}\b/,
  /\bsk-[A-Za-z0-9_-]{32,}\b/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
];

/** The text with credentials replaced by a mark. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((left, pattern) => left.replace(new RegExp(pattern, "g"), "[a credential]"), text);

export const looksLikeSecret = (text: string): boolean => SECRETS.some((pattern) => pattern.test(text));
