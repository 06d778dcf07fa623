/**
 * Lines that were read, with those joined that a writer made of one typed line: a line goes on in the next for as long as
 * both together begin the typed line that is due. Words are joined by a blank; a hyphen at the end of a line parts a word or
 * belongs to it. Blank lines are left out and a tab is a blank.
 */
export function joinedAs(typed: readonly string[], read: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of read.map((text) => text.replaceAll("\t", " ").trim()).filter((text) => text !== "")) {
    const due = typed[joined.length - 1];
    const last = joined.at(-1);
    const way =
      due === undefined || last === undefined || last === due
        ? undefined
        : waysToJoin(last, line).find((text) => due.startsWith(text.replace(HYPHEN, "")));
    if (way === undefined) joined.push(line);
    else joined[joined.length - 1] = way;
  }
  return joined;
}

const HYPHEN = /[-‐]$/;

const waysToJoin = (before: string, after: string): string[] =>
  HYPHEN.test(before) ? [before + after, before.replace(HYPHEN, "") + after] : [`${before} ${after}`];
