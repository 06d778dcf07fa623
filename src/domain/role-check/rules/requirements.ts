import type { Rule } from "../finding.ts";
import { firstClaim } from "../negation.ts";

const MOST = 6; // a short, lane-specific list; beyond it good people rule themselves out

export const mustHavesMany: Rule = {
  id: "must_haves_many",
  severity: "warning",
  where: "must_haves",
  why: "A long list of must-haves describes nobody; each one past the first few turns operators away.",
  fix: `Keep at most ${MOST}, all of the lane, and move the rest to nice_to_haves.`,
  scoping: true,
  find(post) {
    const listed =
      post.source === "role" ? post.mustHaves : post.mustHaves.filter((p) => p.section === "must");
    const lines = new Set(listed.map((p) => (post.source === "role" ? p : p.where)));
    return lines.size > MOST
      ? [
          {
            why: `${lines.size} must-haves describe nobody; each one past the first few turns operators away.`,
          },
        ]
      : [];
  },
};

const OPTIONAL =
  /\b(?:(?:is|are|would be) (?:a|an) (?:\w+ )?(?:plus|bonus|advantage|asset)|a plus\b|nice[- ]to[- ]haves?|ideally|preferred|preferably|desirable|good to have|would be (?:great|nice|ideal)|bonus points?)/i;

export const niceToHaveAsMust: Rule = {
  id: "nice_to_have_as_must",
  severity: "warning",
  where: "must_haves",
  why: "It stands among the must-haves and says itself that it is none: readers count it, and the honest ones stay away.",
  fix: "Move it to nice_to_haves.",
  scoping: true,
  find: (post) =>
    post.mustHaves
      .filter((p) => (p.section === "must" || p.where === "must_haves") && OPTIONAL.test(p.text))
      .map((p) => ({ quote: p.text, where: p.where })),
};

const YEARS =
  /\b(?:(?:at least|minimum(?: of)?|more than|over) )?(?:\d{1,2}\s?\+?|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen)(?: or more)?)(?:\s?(?:-|–|to)\s?\d{1,2}\+?)?\s+years?'?(?: of| in)?(?: [\w-]+){0,4}? ?(?:experience|in (?:mlops|devops|machine learning|software|data))\b[^.;,\n]{0,60}/gi;

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
      if (match) return [{ quote: wholeList(p.text, match), where: p.where }];
    }
    return [];
  },
};

/** To the end of the clause, commas included: "7+ years of experience in DevOps, data engineering or MLOps". */
function wholeList(text: string, match: RegExpMatchArray): string {
  const start = match.index ?? 0;
  const rest = /^[^.;\n]*/.exec(text.slice(start))?.[0] ?? match[0];
  return rest.trim();
}
