import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";
import { firstClaim } from "../negation.ts";
import { anyOf, has, OPTIONAL } from "../words.ts";

const MOST = 6; // a short, lane-specific list; beyond it good people rule themselves out

export const mustHavesMany: Rule = {
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
  return isList ? parts.filter((part) => part !== "").map((text) => ({ ...passage, text })) : [passage];
}
const LONGEST_ENTRY = 70;

export const niceToHaveAsMust: Rule = {
  id: "nice_to_have_as_must",
  severity: "warning",
  where: "must_haves",
  why: "It stands among the must-haves and says itself that it is none: readers count it, and the honest ones stay away.",
  fix: "Move it to nice_to_haves.",
  scoping: true,
  find: (post) =>
    post.mustHaves
      .filter(
        (p) =>
          (p.section === "must" || p.where === "must_haves") &&
          has(p.text, OPTIONAL) &&
          !has(p.text, NO_NEED),
      )
      .map((p) => ({ quote: p.text, where: p.where })),
};

/** "No degree needed" among the must-haves asks for nothing. */
const NO_NEED = anyOf(
  "no (?:\\w+ ){1,3}(?:needed|required|necessary)",
  "(?:is|are|be)(?:n't| not| never) (?:needed|required|necessary|essential|mandatory|asked)",
);

const COUNT =
  "(?:(?<![\\d.,]))(?:\\d{1,2}\\s?(?:\\+|plus)?|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|a decade)(?: or more| plus)?(?: ?\\(\\d{1,2}\\+?\\))?)";
const YEARS = new RegExp(
  [
    `(?:(?:at least|minimum(?: of)?|more than|over|no less than|not less than|min\\.?) (?:of )?)?${COUNT}(?:\\s?(?:-|–|—|to|or)\\s?(?:\\d{1,2}|more|\\w+)\\s?\\+?)?[\\s-]+(?:\\+ )?(?:full |solid |relevant )?(?:years?|yrs?)['’]?(?: or more| plus|\\+| minimum)?(?:,? (?:of|in|with|as|(?:[\\w-]+ ){1,4}experience|working|doing|running|building|operating|deploying|managing|spent|hands[- ]on|professional|industry|relevant|post|experience|production|commercial|practical|proven|under|on|at|shipping|owning|required|writing|supporting|maintaining|devops|mlops|sre|software)\\b[^.;\\n]{0,80}|(?=\\s?[,.;)]|\\s*$))`,
    `experience(?::| of| required:?)? ${COUNT}\\s?(?:(?:-|–|to)\\s?\\d{1,2}\\s?\\+?)?[\\s-]*(?:years?|yrs?)`,
    `${COUNT}\\s?(?:-|–)?\\s?(?:\\d{1,2}\\+?)?\\s?yoe\\b`,
    "(?:a|one) decade (?:of|in|or more)\\b[^.;\\n]{0,60}",
  ].join("|"),
  "gi",
);
/** Years that are nobody's bar: the firm's, a contract's, of leave, of what is kept. */
const NO_BAR = anyOf(
  "(?:we|our|company|firm|team|product|platform|business|clinic*|founded|have been|has been|been|history|for (?:over|more than|about)?|last|past|next|first|within|after|every|in (?:the )?(?:last|past|next|first)|over the|the)(?= ?(?:about |over |more than |nearly |almost |around )?$)",
  "we (?:have|bring|are|'ve|started|run)\\b[^.;]{0,40}",
  "years? (?:old|ago|in business|of age|of (?:\\w+ )?(?:data|history|logs|records|them|running|growth|profit*)|contract|fixed term|vesting|runway|cliff|of history|of leave|warrant*)",
  "vest*|contract|funding|runway|tenure|average age|track record of our|fixed term|visa|warranty|sabbatical|anniversary",
);

export const yearsAsBar: Rule = {
  id: "years_as_bar",
  severity: "warning",
  where: "must_haves",
  why: "Years of experience hardly predict how well somebody works (validity .07, Sackett and others 2022); what they ran does.",
  fix: "Ask for what was run: how many models, what load, which incidents.",
  scoping: false,
  find(post) {
    for (const p of post.passages) {
      if (p.section === "waived" || p.section === "nice") continue;
      const match = firstClaim(p.text, YEARS);
      if (match && !isNoBar(p.text, match)) return [{ quote: wholeList(p.text, match), where: p.where }];
    }
    return [];
  },
};

/** "Kettleby Analytics has": a name, not whoever applies. */
const FIRM =
  /(?:^|[\s,])(?!(?:You|Who|Candidates?|Applicants?|Engineers?|Has|Have|With|The)\b)\p{Lu}[\p{L}&]+ (?:has|brings|have|offers|with)\s(?:over |more than |about )?$/u;

/** What the firm tells of itself, while it asks for nothing. */
const OF_FIRM =
  /^(?:we|our|it|the (?:company|firm|team|founders?))\b|\b(?:founded|founders?|backed|led|built|run|staffed) by\b/i;
const ASKS =
  /\b(?:you|your|candidates?|applicants?|looking for|need|require|seek\w*|someone|somebody|must|expect)\b/i;

const isNoBar = (text: string, match: RegExpMatchArray): boolean => {
  const at = match.index ?? 0;
  if (FIRM.test(text.slice(0, at)) || (OF_FIRM.test(text.slice(0, at)) && !ASKS.test(text))) return true;
  return has(text.slice(Math.max(0, at - 50), at), NO_BAR) || has(match[0].slice(0, 40), NO_BAR);
};

/** To the end of the clause, commas included: "7+ years of experience in DevOps, data engineering or MLOps". */
function wholeList(text: string, match: RegExpMatchArray): string {
  const start = match.index ?? 0;
  const rest = /^[^.;\n]*/.exec(text.slice(start))?.[0] ?? match[0];
  return rest.trim();
}
