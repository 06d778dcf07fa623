import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";

const NUMBER =
  /(?:\$?\d[\d,.]*\s?(?:%|x\b|k\b|m\b|ms\b|s\b)?|\b(?:zero|one(?! day)|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|half|all|every|once|twice|same day|not one|a quarter|one fifth)\b)/i;
/** Something that can be reached: a movement, a bound, or a day by which. */
const TARGET =
  /\b(?:from|under|below|above|within|down|up|by|less|fewer|reduc\w+|cut|bring|halv\w+|lower\w*|increas\w+|rais\w+|falls?|retrain\w*|onboard\w*|moved?|deploy|reversed?|rolled back|rollback|needs? to be|must answer|has to answer|have to take|need|make|goals?|targets?|today|now|currently|at present|last year|availability|no more than|at least|at most)\b/i;
/** What is counted where something runs. */
const MEASURE =
  /\b(?:p\d\d(?:\.9)?|latency|ms|mttr|recovery|availability|uptime|outages?|errors?|tickets?|questions?|support|teams?|models?|cost|costs|spend|bill|gpu|requests?|traffic|deploy\w*|release\w*|rollback|rolled back|lead time|runs?|retrain\w*|endpoints?|platform|times? out|sales?|inference\w*|versions?|pipelines?|jobs?|satisfaction)\b/i;

/** What is already said of something else: terms of work, the firm, what a person has done before. */
const ELSEWHERE =
  /\b(?:years?(?: of)? experience|salary|equity|vacation|days off|founded|raised|on[- ]?call|pager|rotation|employees|we (?:score|serve|support|sell|are)|listeners|people in|report(?:s|ing)? to)\b/i;
/** A wish to be better, of which nobody could say when it is met. */
const VAGUE =
  /\b(?:(?:come |help (?:us )?)?improve (?:our|the|your)\b[^.;!?]{0,60}|make (?:our|the)\b[^.;!?]{0,60}\b(?:better|faster|stable|smooth\w*|reliable|cheaper|easier)\b(?: and (?:more )?\w+)?|raise the (?:accuracy|quality|level) of [^.;!?]{0,60}|(?:we want )?everything to run more smoothly|run more smoothly|take (?:our|the) ml\w* to the next level|(?:optimi[sz]e|modernis?e|modernize|transform|mature|level up) our\b[^.;!?]{0,60}|drive (?:ml|ai|mlops) (?:excellence|maturity|strategy))/i;

/** A role's own outcome needs a figure; a post's sentence has to be about a result as well. */
function isMeasured({ text, section, where }: Passage): boolean {
  if (!NUMBER.test(text)) return false;
  if (where === "outcomes") return true;
  if (ELSEWHERE.test(text) || !MEASURE.test(text)) return false;
  return section === "outcomes" || TARGET.test(text);
}

/** The sentences of a post that name a result and a figure for it. */
const measured = (post: JobPost): Passage[] => post.outcomes.filter(isMeasured);

const vague = (post: JobPost) =>
  post.outcomes.flatMap((p) => {
    const match = VAGUE.exec(p.text);
    return match && !isMeasured(p)
      ? [{ quote: match[0].trim().replace(/[\s*_]+$/, ""), where: p.where }]
      : [];
  });

export const outcomesMissing: Rule = {
  id: "outcomes_missing",
  severity: "error",
  where: "outcomes",
  why: "Without a stated result the hire drifts into writing proposals, and leaves within six months.",
  fix: "Name two or three results with a number and where it stands now, such as p99 latency from 800 ms to under 200 ms.",
  scoping: true,
  find: (post) =>
    (post.source === "role" ? post.outcomes : [...measured(post), ...vague(post)]).length === 0 ? [{}] : [],
};

export const outcomeWithoutNumber: Rule = {
  id: "outcome_without_number",
  severity: "error",
  where: "outcomes",
  why: "Nobody can tell whether this was reached: it produces drift, and an exit within six months.",
  fix: "Say from what to what, or by how much, and by when.",
  scoping: true,
  find(post) {
    const some = measured(post).length > 0;
    if (post.source === "post") return some ? [] : vague(post).slice(0, 1);
    const without = post.outcomes.filter((p) => !isMeasured(p));
    return without.map((p) => ({ quote: p.text, severity: some ? "warning" : "error" }));
  },
};

const BASELINE =
  /\b(?:from|today|now|currently|at present|up from|down from|instead of|last (?:year|quarter|month)|was|were|is \d|by (?:a |one )?(?:\d|half|third|quarter|fifth)|\d+ ?% (?:less|fewer|more|lower|off)|of \d|not \d)/i;

export const outcomeWithoutBaseline: Rule = {
  id: "outcome_without_baseline",
  severity: "info",
  where: "outcomes",
  why: "A target without where it stands today does not show how far the way is.",
  fix: "Add today's figure.",
  scoping: false,
  find: (post) =>
    post.source === "role"
      ? post.outcomes.filter((p) => isMeasured(p) && !BASELINE.test(p.text)).map((p) => ({ quote: p.text }))
      : [],
};
