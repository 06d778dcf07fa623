import { quoteAt, type Sentence, sentenceOf } from "../../text/finder.ts";
import type { Hit, Lexicon } from "../../text/lexicon.ts";
import { firstClaim } from "../../text/negation.ts";
import type { GeneralRule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";

const MOST = 6; // a short, lane-specific list; beyond it good people rule themselves out

export const mustHavesMany: GeneralRule = {
  general: true,
  id: "must_haves_many",
  severity: "warning",
  where: "must_haves",
  why: "A long list of must-haves describes nobody; each one past the first few turns operators away.",
  fix: `Keep at most ${MOST}, all of the lane, and move the rest to nice_to_haves.`,
  scoping: true,
  find(post) {
    const entries = post.source === "role" ? post.mustHaves : listed(post);
    const [past] = entries.slice(MOST);
    const why = `${entries.length} must-haves describe nobody; each one past the first few turns operators away.`;
    return past ? [{ quote: past.text, where: past.where, why }] : [];
  },
};

/** Entries under headings that demand: one a line, and those of a line that is itself a list of short ones. */
function listed(post: JobPost): Passage[] {
  const demanded = post.mustHaves.filter((p) => p.section === "must");
  const lines = new Map(demanded.toReversed().map((p) => [p.where, p] as const)); // the first of each line
  if (lines.size > 2) return [...lines.values()].toReversed();
  return demanded.flatMap(entriesOf); // a list written out as a line, not entries with their examples
}

function entriesOf(passage: Passage): Passage[] {
  const parts = passage.text.split(/[;,]\s|\sand\s/).map((part) => part.trim());
  const isList = parts.length > 3 && parts.every((part) => part.length < LONGEST_ENTRY);
  return isList
    ? parts.filter((part) => part !== "").map((text) => ({ ...passage, ...sentenceOf(text) }))
    : [passage];
}
const LONGEST_ENTRY = 70;

export const niceToHaveAsMust: GeneralRule = {
  general: true,
  id: "nice_to_have_as_must",
  severity: "warning",
  where: "must_haves",
  why: "It stands among the must-haves and says itself that it is none: readers count it, and the honest ones stay away.",
  fix: "Move it to nice_to_haves.",
  scoping: true,
  find: (post, { lexicon }) =>
    post.mustHaves
      .filter(
        (p) =>
          (p.section === "must" || p.where === "must_haves") &&
          lexicon.has("optional", p) &&
          !lexicon.has("no_need", p),
      )
      .map((p) => ({ quote: p.text, where: p.where })),
};

export const yearsAsBar: GeneralRule = {
  general: true,
  id: "years_as_bar",
  severity: "warning",
  where: "must_haves",
  why: "Years of experience hardly predict how well somebody works (validity .07, Sackett and others 2022); what they ran does.",
  fix: "Ask for the work itself: what they did, how much of it, and what came of it.",
  scoping: false,
  find(post, { lexicon }) {
    for (const p of post.passages) {
      if (p.section === "waived" || p.section === "nice") continue;
      const hit = firstClaim(lexicon, "years_as_bar", p);
      if (hit && !isNoBar(lexicon, p, hit)) return [{ quote: wholeList(p, hit), where: p.where }];
    }
    return [];
  },
};

/** "Kettleby Analytics has": a name, not whoever applies. */
const FIRM =
  /(?:^|[\s,])(?!(?:You|Who|Candidates?|Applicants?|Engineers?|Has|Have|With|The|[BM]Sc|[BM][AS]|MBA|PhD|Bachelor\w*|Master\w*|Degree|Diploma)\b)\p{Lu}[\p{L}&]+ (?:has|brings|have|offers|with)$/u;
const WORDS_BEFORE = 8;
const WORDS_WITHIN = 7;

/** Years that are nobody's bar: the firm's, a contract's, of leave, of what is kept. */
function isNoBar(lexicon: Lexicon, p: Sentence, { from }: Hit): boolean {
  const before = p.text
    .slice(0, p.tokens[from]?.start)
    .replace(/(?:over|more than|about|almost|nearly)?\s*$/, "");
  if (FIRM.test(before.trimEnd())) return true;
  const ofFirm = lexicon.find("of_the_firm", p).some((hit) => hit.from < from);
  if (ofFirm && !lexicon.has("asks", p)) return true;
  if (lexicon.find("years_no_bar_before", p).some(({ to }) => to === from)) return true;
  return lexicon
    .find("years_no_bar", p)
    .some((hit) => hit.from >= from - WORDS_BEFORE && hit.from < from + WORDS_WITHIN);
}

const AT_LEAST = /(?:(?:at least|minimum(?: of)?|min\.?|more than|over|(?:no|not) less than) )$/i;

/** To the end of the clause, commas included: "7+ years of experience in DevOps, data engineering or MLOps". */
function wholeList(p: Sentence, hit: Hit): string {
  const from = p.tokens[hit.from]?.start ?? 0;
  const bound = AT_LEAST.exec(p.text.slice(0, from))?.[0] ?? "";
  const start = from - bound.length;
  return (/^[^.;\n]*/.exec(p.text.slice(start))?.[0] ?? quoteAt(p, hit)).trim();
}
