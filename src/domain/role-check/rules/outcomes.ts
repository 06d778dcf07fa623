import { quoteAt, sentenceOf } from "../../text/finder.ts";
import type { Lexicon } from "../../text/lexicon.ts";
import type { ListName } from "../../text/lists.ts";
import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";

/**
 * Whether a passage names a result and a figure for it. A role's own outcome needs the figure alone; under a heading that
 * announces results also what is counted; elsewhere a bound or a movement that is wanted as well.
 */
function isMeasured(lexicon: Lexicon, passage: Passage): boolean {
  const known = judged.get(passage);
  if (known !== undefined) return known;
  const clauses = passage.text.includes("; ")
    ? passage.text.split(/;\s/).map((text) => ({ ...passage, ...sentenceOf(text) }))
    : [passage];
  const is = clauses.some((clause) => isMeasuredClause(lexicon, clause));
  judged.set(passage, is);
  return is;
}
const judged = new WeakMap<Passage, boolean>();

function isMeasuredClause(lexicon: Lexicon, p: Passage): boolean {
  const has = (list: ListName) => lexicon.has(list, p);
  if (p.where === "outcomes") return has("figure") || /\d/.test(p.text);
  if (!has("figure") || has("figure_elsewhere")) return false;
  if (p.section === "outcomes") return has("measure") || has("bound");
  if (!has("bound") || (has("fact") && !has("wanted"))) return false;
  return has("wanted") || (has("measure") && (has("change") || has("today")));
}

/** The sentences of a post that name a result and a figure for it. */
const measured = (lexicon: Lexicon, post: JobPost): Passage[] =>
  post.outcomes.filter((p) => isMeasured(lexicon, p));

const SHORT = 15;

const LONGEST_WISH_WORDS = 12;

/** Where the clause of a wish ends, or its quote gets long. */
function clauseEnd({ tokens }: Passage, from: number): number {
  const last = Math.min(tokens.length, from + LONGEST_WISH_WORDS);
  for (let at = from; at < last; at += 1) if (tokens[at]?.gap === 2) return at;
  return last;
}

/** The wishes of a post: under a heading that announces results all that stands there, elsewhere what is worded as one. */
const vague = (lexicon: Lexicon, post: JobPost) =>
  post.outcomes.flatMap((p) => {
    if (isMeasured(lexicon, p) || p.section === "heading") return [];
    // What the firm does for its customers is no wish for this job.
    const [hit] = lexicon.has("wish_of_others", p) ? [] : lexicon.find("vague_wish", p);
    if (hit) return [{ quote: quoteAt(p, { from: hit.from, to: clauseEnd(p, hit.to) }), where: p.where }];
    return p.section === "outcomes" && p.text.length > SHORT ? [{ quote: p.text, where: p.where }] : [];
  });

/** The words of a post that say what is to be reached, with a figure or without. */
export const statedOutcomes = (lexicon: Lexicon, post: JobPost): string[] => [
  ...measured(lexicon, post).map(({ text }) => text),
  ...vague(lexicon, post).map(({ quote }) => quote),
];

export const outcomesMissing: Rule = {
  id: "outcomes_missing",
  severity: "error",
  where: "outcomes",
  why: "Without a stated result neither the hire nor the team can tell what good work is.",
  fix: "Name two or three results with a number and where it stands now, such as complaints from 40 a month to under 10.",
  scoping: true,
  find(post, { lexicon }) {
    const results =
      post.source === "role" ? post.outcomes : [...measured(lexicon, post), ...vague(lexicon, post)];
    return results.length === 0 ? [{}] : [];
  },
};

export const outcomeWithoutNumber: Rule = {
  id: "outcome_without_number",
  severity: "error",
  where: "outcomes",
  why: "Nobody can tell whether this was reached, neither the hire nor the team.",
  fix: "Say from what to what, or by how much, and by when.",
  scoping: true,
  find(post, { lexicon }) {
    const some = measured(lexicon, post).length > 0;
    if (post.source === "post") return some ? [] : vague(lexicon, post).slice(0, 1);
    const without = post.outcomes.filter((p) => !isMeasured(lexicon, p));
    return without.map((p) => ({ quote: p.text, severity: some ? "warning" : "error" }));
  },
};

export const outcomeWithoutBaseline: Rule = {
  id: "outcome_without_baseline",
  severity: "info",
  where: "outcomes",
  why: "A target without where it stands today does not show how far the way is.",
  fix: "Add today's figure.",
  scoping: false,
  find(post, { lexicon }) {
    if (post.source !== "role") return [];
    return post.outcomes
      .filter((p) => isMeasured(lexicon, p) && !lexicon.has("baseline", p))
      .map((p) => ({ quote: p.text }));
  },
};
