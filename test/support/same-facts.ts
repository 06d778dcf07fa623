/** A fact that a reader would check: a reference, a day, a number or an e-mail address. */
type Facts = {
  readonly references: Set<string>;
  readonly days: Set<string>;
  readonly numbers: Set<string>;
  readonly addresses: Set<string>;
};

const REFERENCE = /\b[A-Z][A-Z0-9]{0,9}-\d{1,6}\b/g;
const DAY = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g;
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** What holds digits and is no figure: moments, ids, hashes, addresses on the web, versions. */
const NO_FIGURE =
  /\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{12,64}\b|\bcommit [0-9a-f]{7,40}\b|https?:\/\/\S+|\b\d+(?:\.\d+){2,}\b/g;
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w]|\.\d)/g;

/** The facts that stand in a text. */
function factsIn(text: string): Facts {
  const figures = text
    .replace(NO_FIGURE, " ")
    .replace(REFERENCE, " ")
    .replace(ADDRESS, " ")
    .replace(/(?<=\d),(?=\d{3}\b)/g, "");
  return {
    references: new Set(text.match(REFERENCE)),
    days: new Set(text.match(DAY)),
    numbers: new Set((figures.match(NUMBER) ?? []).map((n) => String(Math.abs(Number(n))))),
    addresses: new Set(text.match(ADDRESS)),
  };
}

/** Every leaf of an answer with the names of the fields that lead to it, joined by dots; positions in lists are left out. */
function leavesOf(value: unknown, path = ""): [string, string | number][] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([name, inner]) =>
      leavesOf(inner, path === "" ? name : `${path}.${name}`),
    );
  return typeof value === "string" || typeof value === "number" ? [[path, value]] : [];
}

/** How many entries each list of an answer has, and the names of its fields: a text may tell either. */
function countsAndNames(value: unknown): string[] {
  if (Array.isArray(value)) return [String(value.length), ...value.flatMap(countsAndNames)];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...countsAndNames(inner)]);
}

type Difference = {
  readonly where: "text" | "structured";
  readonly path: string;
  readonly fact: string;
};

/**
 * What one form of an answer tells and the other does not.
 * @param isExempt whether a field is for programs alone (an id, an offset), by its path.
 */
function differences(
  text: string,
  structured: unknown,
  isExempt: (path: string, leaf: string | number) => boolean,
): Difference[] {
  const inText = factsIn(text);
  const leaves = leavesOf(structured);
  const all = factsIn([...leaves.map(([, leaf]) => String(leaf)), ...countsAndNames(structured)].join("\n"));
  const kinds = ["references", "days", "numbers", "addresses"] as const;
  const missing: Difference[] = [];
  for (const [path, leaf] of leaves) {
    if (isExempt(path, leaf)) continue;
    const facts = factsIn(String(leaf));
    for (const kind of kinds)
      for (const fact of facts[kind])
        if (!inText[kind].has(fact)) missing.push({ where: "text", path, fact });
  }
  for (const kind of kinds)
    for (const fact of inText[kind])
      if (!all[kind].has(fact)) missing.push({ where: "structured", path: kind, fact });
  return missing;
}

/** Fields that only a program reads: ids, offsets into a document, hashes, what a file holds, how sure an order is. */
const FOR_PROGRAMS = /(?:^|\.)(?:id|document|documents|uid|sequence|message_id|eml|mailto|text|closeness)$/;
const isForPrograms = (path: string, leaf: string | number): boolean =>
  FOR_PROGRAMS.test(path) ||
  path === "application.version" ||
  path === "order" ||
  leaf === 0 || // told as "none", "no", "since today"
  (typeof leaf === "number" && /\.(?:start|end)$/.test(path));

/** @throws Error when the text or the structured content of an answer tells a fact that the other does not. */
export function requireSameFacts(tool: string, { text, facts }: { text: string; facts: unknown }): void {
  const missing = differences(text, facts, isForPrograms);
  if (missing.length === 0) return;
  const told = missing.map(({ where, path, fact }) => `${fact} (${path}) is not in the ${where}`);
  throw new Error(`${tool} tells one thing in its text and another beside it: ${told.join("; ")}\n${text}`);
}
