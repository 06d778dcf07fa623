import { hasTerm } from "../text/finder.ts";
import { partsOf } from "../text/parts.ts";
import type { Clause } from "./clauses.ts";
import type { CompiledRubric } from "./compile.ts";

const ENCODED = /[A-Za-z0-9+/]{24,}={0,2}/g;
const READABLE = /^[\p{L}\p{N}\p{P}\p{Zs}\s]+$/u;
const SHORTEST_WRAPPED = 24;
const WORDS = 3;

/**
 * Whether a clause speaks to whoever reads by machine: it, or its heading, holds one of the phrases, forwards or backwards,
 * it addresses a machine and orders it how to judge, or wraps words in base64, which nobody puts into a résumé for people.
 * A sign to look, never a judgement.
 */
export function isPromptInjection(clause: Clause, language: CompiledRubric["language"]): boolean {
  const { text, start, end, under } = clause;
  if (hasTerm(language.planted, clause) || hasTerm(language.planted, under) || orders(clause, language))
    return true;
  if (end - start < SHORTEST_WRAPPED) return false;
  for (const [run] of text.slice(start, end).matchAll(ENCODED)) if (isWrappedText(run)) return true;
  return false;
}

/** What may stand before whoever is spoken to: `Dear screening software`, `If you are a bot`, `Note for the parser`. */
const CALLS = new Set(
  [
    "ai llm dear attention whichever whatever hidden hello hi hey to for note notes notice message memo instruction",
    "instructions hint important any all every the this my if you are a an reading as you're please automated automatic",
  ].flatMap((words) => words.split(" ")),
);
/** Behind whoever is spoken to, where no sign ends the address; `software engineer` is nobody who is spoken to. */
const ADDRESSED = new Set(
  "must should shall reading that which who note notes only evaluates evaluating processing scanning please".split(
    " ",
  ),
);
/** Before what is to be judged. */
const THIS = new Set(
  "this the your every all any these each full best top highest previous prior me".split(" "),
);
/** Right before an order, where it does not open a part of the sentence. */
const ASKS = new Set("please must should shall to and then now you always just simply kindly".split(" "));
/** How far behind an order stands what is to be judged. */
const ABOUT = 9;

/** `Screening software: ignore your criteria`: who is spoken to opens the sentence or is told what they are, then an order. */
function orders(clause: Clause, { machines, judging, judged }: CompiledRubric["language"]): boolean {
  if (!hasTerm(machines, clause) || !hasTerm(judging, clause) || !hasTerm(judged, clause)) return false;
  const { tokens } = clause;
  const { part } = partsOf(tokens);
  const [addressed] = machines(clause).filter(({ from, to }) => {
    if (part[to] === part[to - 1] && !ADDRESSED.has(tokens[to]?.folded ?? "")) return false;
    const before = tokens.slice(0, from).map(({ folded }) => folded);
    return before.every((word) => CALLS.has(word)) || before.slice(-5).join(" ").includes("you are");
  });
  if (!addressed) return false;
  const about = judged(clause).filter(({ from }) =>
    tokens.slice(Math.max(0, from - 2), from + 1).some(({ folded }) => THIS.has(folded)),
  );
  if (about.length === 0) return false;
  const opens = (at: number) => part[at] !== part[at - 1] || ASKS.has(tokens[at - 1]?.folded ?? "");
  return judging(clause).some(
    ({ from, to }) =>
      from >= addressed.to &&
      opens(from) &&
      about.some((thing) => thing.from >= to && thing.from - to <= ABOUT),
  );
}

function isWrappedText(run: string): boolean {
  const decoded = decodeBase64(run);
  return decoded !== undefined && READABLE.test(decoded) && decoded.trim().split(/\s+/).length >= WORDS;
}

function decodeBase64(run: string): string | undefined {
  try {
    return atob(run.length % 4 === 1 ? run.slice(0, -1) : run);
  } catch {
    return undefined;
  }
}
