import { type Lead, tokenize } from "./tokens.ts";

/**
 * A phrase as a list writes it, ready to be compared with tokens. Between two words may stand blanks, hyphens and quotation
 * marks, and no other punctuation than the phrase has itself.
 */
export type Node =
  | {
      readonly kind: "word";
      readonly words: ReadonlySet<string>;
      readonly prefixes: readonly string[];
      readonly lead: Lead;
      /** It may be missing. */
      readonly optional?: boolean;
    }
  | { readonly kind: "number"; readonly least: number; readonly most: number; readonly lead: Lead }
  | { readonly kind: "any"; readonly lead: Lead }
  | { readonly kind: "gap"; readonly most: number; readonly lead: Lead }
  | { readonly kind: "group"; readonly branches: readonly (readonly Node[])[]; readonly optional: boolean }
  | { readonly kind: "edge"; readonly at: "start" | "end" };

export type Phrase = {
  readonly nodes: readonly Node[];
  /** It counts only right after a comma or stronger punctuation. */
  readonly afterComma: boolean;
};

/** The words with which a sequence may begin, or a number, or any word at all. */
export type First = {
  readonly words: Set<string>;
  readonly prefixes: Set<string>;
  number: boolean;
  any: boolean;
};

/** Named lists of phrases that `<name>` stands for. */
export type Sets = ReadonlyMap<string, readonly string[]>;

/** What is wrong with a phrase as it is written. */
export class PhraseError extends Error {}

const MAX_SPELLINGS = 600;
const WORDS_IN_A_GAP = 4;
const WORDS_IN_A_LONG_GAP = 8;

/**
 * Reads a phrase. `word*` is any word that begins so, `colou?r` and `reali[sz]e` are two spellings, `(a|b c)` is one of
 * several and `(a|b)?` may be missing, `_` is any word, `~` up to four words of the same part and `~2` up to two, `...` up
 * to eight words across commas, `N` a number, `18..80` one between two, `<name>` a named list. `^` and `$` are the ends of
 * the sentence, `\\$` the sign of the dollar. A comma in a phrase may stand in the text or not; one at its beginning must.
 * @throws PhraseError with the reason.
 */
export function readPhrase(written: string, sets: Sets = new Map()): Phrase {
  const afterComma = written.startsWith(",");
  const source = afterComma ? written.slice(1).trim() : written;
  const nodes = sequence(source, sets, []);
  if (nodes.length === 0) throw new PhraseError("is empty");
  const first = noFirst();
  collectFirst(nodes, first);
  if (first.any && !afterComma) throw new PhraseError("must begin with a word or a number");
  return { nodes, afterComma };
}

const noFirst = (): First => ({ words: new Set(), prefixes: new Set(), number: false, any: false });

/** What must stand where a sequence begins; undefined where it may be empty or anything may stand there. */
export function firstOf(nodes: readonly Node[]): First | undefined {
  const first = noFirst();
  return collectFirst(nodes, first) || first.any ? undefined : first;
}

/** Adds what a sequence may begin with; true where it may be empty. */
function collectFirst(nodes: readonly Node[], first: First): boolean {
  for (const node of nodes) {
    if (node.kind === "edge") continue;
    if (node.kind === "gap" || node.kind === "any") first.any = true;
    if (node.kind === "number") first.number = true;
    if (node.kind === "word") {
      for (const word of node.words) first.words.add(word);
      for (const prefix of node.prefixes) first.prefixes.add(prefix);
      if (node.optional) continue;
    }
    if (node.kind !== "group") return false;
    const empty = node.branches.map((branch) => collectFirst(branch, first));
    if (!node.optional && !empty.includes(true)) return false;
  }
  return true;
}

function sequence(source: string, sets: Sets, within: readonly string[]): Node[] {
  const nodes: Node[] = [];
  let lead: Lead = 0;
  for (const part of partsOf(source)) {
    const [, word = "", mark = ""] = /^(.*?)([,;:]?)$/su.exec(part) ?? [];
    if (word !== "") nodes.push(...nodesOf(word, lead, sets, within));
    if (mark !== "") lead = mark === "," ? 1 : 2;
    // What may be missing may be missing after a comma too.
    else if (!/^~|[)>]\?$/.test(word)) lead = 0;
  }
  return nodes;
}

/** The parts of a phrase between its blanks; a group with its blanks is one part. */
function partsOf(source: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ""];
  for (const sign of apart(source)) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0) throw new PhraseError("closes a bracket that is not open");
    if (sign === " " && depth === 0) {
      if (part !== "") parts.push(part);
      part = "";
    } else part += sign;
  }
  if (depth > 0) throw new PhraseError("leaves a bracket open");
  return part === "" ? parts : [...parts, part];
}

/** `(very )?big` is written `(very)? big`. */
const apart = (source: string): string =>
  source
    .replace(/\s+/g, " ")
    .replace(/ ?\| ?/g, "|")
    .replace(/ \)(\??)(?=\S)/g, ")$1 ")
    .replace(/(?<=[^ (|])\( /g, " (");

function nodesOf(part: string, lead: Lead, sets: Sets, within: readonly string[]): Node[] {
  if (part === "^" || part === "$") return [{ kind: "edge", at: part === "^" ? "start" : "end" }];
  if (part.startsWith("^"))
    return [{ kind: "edge", at: "start" }, ...nodesOf(part.slice(1), lead, sets, within)];
  if (/[^\\]\$$/.test(part))
    return [...nodesOf(part.slice(0, -1), lead, sets, within), { kind: "edge", at: "end" }];
  // What is no word in a text is none here: `weights & biases`.
  if (/^[&'"–—-]+$/.test(part)) return [];
  if (part === "_") return [{ kind: "any", lead }];
  const gap = /^(~|\.\.\.)(\d*)$/.exec(part);
  if (gap) {
    const usual = gap[1] === "~" ? WORDS_IN_A_GAP : WORDS_IN_A_LONG_GAP;
    return [{ kind: "gap", most: gap[2] ? Number(gap[2]) : usual, lead: gap[1] === "~" ? 0 : 1 }];
  }
  const number = /^(?:N|(\d+)\.\.(\d+))$/.exec(part);
  if (number) {
    const [least, most] = [Number(number[1] ?? 0), Number(number[2] ?? Number.POSITIVE_INFINITY)];
    return [{ kind: "number", least, most, lead }];
  }
  const whole = wholeGroup(part);
  if (whole) {
    const branches = whole.branches.map((branch) => sequence(branch, sets, within));
    return [group(branches, whole.optional, lead)];
  }
  const named = /^<(\w+)>(\??)$/.exec(part);
  if (named?.[1] !== undefined) return [setNode(named[1], named[2] === "?", lead, sets, within)];
  return [wordNode(part, lead)];
}

function setNode(name: string, optional: boolean, lead: Lead, sets: Sets, within: readonly string[]): Node {
  const phrases = sets.get(name);
  if (!phrases) throw new PhraseError(`names the list <${name}>, which is not there`);
  if (within.includes(name)) throw new PhraseError(`<${name}> names itself`);
  return group(
    phrases.map((phrase) => sequence(phrase, sets, [...within, name])),
    optional,
    lead,
  );
}

/** A bracket that is the whole part, with or without `?`. */
function wholeGroup(part: string): { branches: string[]; optional: boolean } | undefined {
  const optional = part.endsWith(")?");
  if (!part.startsWith("(") || !(optional || part.endsWith(")"))) return undefined;
  const inner = part.slice(1, optional ? -2 : -1);
  const branches: string[] = [""];
  let depth = 0;
  for (const sign of inner) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0) return undefined;
    if (sign === "|" && depth === 0) branches.push("");
    else branches[branches.length - 1] += sign;
  }
  return { branches, optional };
}

/** Branches of one word each become one node, which a single look-up decides. */
function group(branches: readonly (readonly Node[])[], optional: boolean, lead: Lead): Node {
  const singles = branches.flatMap((nodes) => {
    const [only] = nodes;
    return nodes.length === 1 && only?.kind === "word" && !only.optional ? [only] : [];
  });
  const others = branches.filter(
    ([only, ...more]) => more.length > 0 || only?.kind !== "word" || only.optional,
  );
  const word: Node[] =
    singles.length === 0
      ? []
      : [
          {
            kind: "word",
            words: new Set(singles.flatMap(({ words }) => [...words])),
            prefixes: singles.flatMap(({ prefixes }) => prefixes),
            lead,
          },
        ];
  if (others.length === 0 && word[0]?.kind === "word") return optional ? { ...word[0], optional } : word[0];
  const led = others.map((nodes) => nodes.map((node, n) => (n === 0 ? withLead(node, lead) : node)));
  return { kind: "group", branches: [...(word.length > 0 ? [word] : []), ...led], optional };
}

function withLead(node: Node, lead: Lead): Node {
  if (node.kind === "edge" || lead === 0) return node;
  if (node.kind !== "group") return { ...node, lead: lead > node.lead ? lead : node.lead };
  return {
    ...node,
    branches: node.branches.map((nodes) =>
      nodes.map((inner, n) => (n === 0 ? withLead(inner, lead) : inner)),
    ),
  };
}

function wordNode(part: string, lead: Lead): Node {
  const words = new Set<string>();
  const prefixes: string[] = [];
  const longer: Node[][] = [];
  for (const spelling of spellingsOf(part)) {
    const isPrefix = spelling.endsWith("*");
    const tokens = tokenize((isPrefix ? spelling.slice(0, -1) : spelling).replace("\\", ""));
    const [first] = tokens;
    if (!first) throw new PhraseError(`holds ${JSON.stringify(part)}, in which there is no word`);
    if (tokens.length === 1) {
      if (isPrefix) prefixes.push(first.folded);
      else words.add(first.folded);
      continue;
    }
    longer.push(
      tokens.map(({ folded, gap }, n): Node => {
        const last = isPrefix && n === tokens.length - 1;
        const own: Lead = n === 0 ? lead : gap;
        return {
          kind: "word",
          words: new Set(last ? [] : [folded]),
          prefixes: last ? [folded] : [],
          lead: own,
        };
      }),
    );
  }
  const single: Node = { kind: "word", words, prefixes, lead };
  if (longer.length === 0) return single;
  const some = words.size + prefixes.length > 0;
  return { kind: "group", branches: [...(some ? [[single]] : []), ...longer], optional: false };
}

/** Every way to write one word: `x?`, `[xy]` and `(x|y)` inside it. */
function spellingsOf(part: string): string[] {
  let made = [""];
  for (let at = 0; at < part.length; ) {
    const choice = /^(?:\[([^\]]+)\]|\(([^()]*)\)|(.))(\??)/su.exec(part.slice(at));
    if (!choice) throw new PhraseError(`holds ${JSON.stringify(part)}, which cannot be read`);
    const ways = choice[1]
      ? [...choice[1]]
      : choice[2] === undefined
        ? [choice[3] ?? ""]
        : choice[2].split("|").flatMap(spellingsOf);
    if (/[()<>|]/.test(choice[3] ?? ""))
      throw new PhraseError(`holds ${JSON.stringify(part)}, which cannot be read`);
    const all = choice[4] === "?" ? [...ways, ""] : ways;
    made = made.flatMap((start) => all.map((way) => start + way));
    if (made.length > MAX_SPELLINGS) throw new PhraseError(`has a word of over ${MAX_SPELLINGS} spellings`);
    at += choice[0].length;
  }
  return made;
}
