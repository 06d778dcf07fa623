import type { Rule } from "../finding.ts";
import type { JobPost, Passage } from "../job-post.ts";
import { anyOf, has } from "../words.ts";

const COUNT =
  "(?:zero|one(?! (?:of|who|whom|that|place|person))|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a hundred|\\d[\\d,.]{0,12}\\+?)";
/** A number as a result has it; the time of day, a year and the like are none. */
const NUMBER = anyOf(
  `[$€£]?${COUNT}(?: ?(?:%|x|k|m|ms|s|h|min|pp))?(?! ?(?:am|pm)\\b|:\\d|/7)`,
  "half|halv*|every (?:model|team|release|deploy*|pipeline|service|squad)|all (?:of )?(?:our |the |\\w+ )?(?:models|teams|squads|pipelines|services|releases|deployments)|same day|not one|none|nobody|once|twice|a (?:quarter|third|fifth|tenth)|doubl*|tripl*|tenfold|single digit*|unattended|without (?:a|any|anybody|anyone|somebody|someone) \\w+",
);
/** When a result is due is no figure for it. */
const DUE =
  /\b(?:(?:in|within|by|during|over|after|for|at|from) )?(?:the |your |our )?(?:first|next|coming|end of|following|initial)? ?(?:\d+|one|two|three|four|six|nine|twelve|eighteen|ninety|thirty|sixty|few|couple of)?[ -]?(?:months?|quarters?|years?|half[ -]year)(?: (?:one|two|three|four|six|nine|twelve|\d+)\b)?|\b(?:day|week|month|q|year) ?\d+\b|\b(?:first|next|coming) (?:\d+|thirty|sixty|ninety|few|two|three|four|six) (?:days|weeks)\b|\b(?:30|60|90|100|180)(?: ?[-/] ?(?:60|90))*[ -]days?\b|\b20\d\d\b|\b24 ?[x/] ?7\b|\bphase \w+\b|\btop \d+\b|\b(?:9|nine)[- ]to[- ](?:5|five)\b|\b(?:week|month|year|phase|quarter) (?:one|two|three|four|six|nine|twelve)\b|\bone (?:of|place|person|day\b(?! rather))\b/gi;
/** A bound or a movement to a number. */
const BOUND = anyOf(
  `from [^.;]{1,60} (?:to|down to|towards?) [^.;]{0,20}${COUNT}`,
  `(?:to|under|below|above|within|beyond|over|past|at|by|near|least|most|than|is|be|are|reach|hit|hold|inside|in) (?:about |around |roughly |less than |more than |a |an |the )?[$€£]?(?:${COUNT}|half|a third|a quarter|single digit*)`,
  `${COUNT} (?:of|out of|in) (?:the |our )?${COUNT}`,
  `${COUNT} ?(?:%|percent|per cent|x|times) (?:less|fewer|more|lower|off|cheaper|faster|of|cut|reduction|drop|better)`,
  `(?:up|down) (?:by )?(?:about |at least )?[$€£]?${COUNT}`,
  "half|halv*|doubl*|tripl*|unattended|without (?:a|any|anybody|anyone|somebody|someone) \\w+|same day|not one|nobody|no (?:human|manual)|instead of|rather than",
  "(?:every|all) (?:of )?(?:our |the )?(?:\\w+ )?(?:models?|teams?|squads?|pipelines?|services?|releases?|deploy*)",
  `(?:takes?|costs?|lasts?|needs?|move|migrate|onboard|retire|automate|replace|consolidate|cut|not|only|all|want|like|target|goal|aim) (?:at most |about |the |all |no more than )?${COUNT}`,
  `(?:now|today|currently|at present|up from|down from)[ :]{1,2}[^.;]{0,30}${COUNT}`,
  `\\((?:was|from|last \\w+)[ :]{1,2}[^.;]{0,30}${COUNT}`,
  `[<>≤≥≈~] ?[$€£]?\\d`,
);
const CHANGE = anyOf(
  "(?:reduc|cut|bring|halv|lower|increas|rais|drop|shrink|slash|trim|doubl|tripl|grow|mov|migrat|onboard|retir|deliver|get|tak|keep|hold|hit|reach|achiev|maintain|sustain|pass|meet|automat|eliminat|expand|launch|ship|shorten|improv|push|driv|answer|stay|fail|fall|ris|stand|return|consolidat|replac)(?:e|es|s|ing|d|ed|n|p|ping|ten|tens|ting)?",
);
const WANTED = anyOf(
  "want*|goals?|targets?|success*|aim*|must|should|has to|have to|need* to|needs|expect*|slos?|okrs?|objectives?|outcomes?|results?|mission|mandate|ambition|task|assignment|job is|point is|you will have|you'll have|you have|we'd like|i'd like|would like|like to (?:be|see|have|get)|done when|call it (?:done|a success)|consider it|plan|promise*|hope|looking (?:to|for)|the idea|good (?:one|year) (?:if|when)|measure*|to get|in a year|(?:this|next) (?:spring|summer|autumn|fall|winter|year)|deadline",
  "(?:by|before|until) (?:the )?(?:end|q\\d|january|february|march|april|may|june|july|august|september|october|november|december|summer|spring|autumn|fall|winter|next|year|thanksgiving|christmas|easter|20\\d\\d)",
  "(?:within|after|in) (?:your |the |a |\\w+ )?(?:first )?(?:\\w+ )?(?:months?|quarters?|years?)|from now",
);
/** What is counted where something runs. */
const MEASURE = anyOf(
  "p\\d\\d(?:\\.9)?|percentile|latenc*|ms|milliseconds?|mttr|mttd|recover*|availab*|uptime|slos?|outages?|downtime|errors?|error rate|failures?|failed|fails?|incidents?|pages?|alerts?|tickets?|questions?|support|toil",
  "teams?|squads?|users?|scientists?|models?|cost*|spend|bill|gpus?|utili[sz]ation|throughput|rps|qps|requests?|traffic|predictions?|inference*|deploy*|releases?|ship*|rollbacks?|rolled back|roll back|reversible|reversed?|lead time|cycle time|time to \\w+|turnaround|runs?|retrain*|endpoints?|platform|times? out|timeouts?|versions?|pipelines?|jobs?|satisfaction|survey|nps|adoption|coverage|drift|freshness|stale*|backlog|manual*|by hand|self-serv*|onboard*|production|services?|builds?|accuracy|recall|precision|sla|budget|cold starts?|queue|capacity|scoring|scores?|wait*|false alarm*|false positive*|quotes?|orders?|stops?|restart*",
);
/** What is said of something else: terms of work, the firm, what a person has done before. */
const ELSEWHERE = anyOf(
  "years?(?: of)?(?: \\w+){0,3} experience|years' experience|yoe|salary|equity|options|vacation|holidays?|days? off|days of leave|pto|leave|founded|raised|series \\w|on-?call|pager|rota|rotation|employees|listeners|report(?:s|ing)? to|401k|pension|bonus|stipend|days? (?:a|per) week|in the office|hybrid|hours a week|apply|applications?|interview*|take home|headcount|offices|a team of|team of|person team|(?:\\w+) of us|base pay|pay range|degree|start date|employer|valuation|benefits|parental|core hours|flexitime|standup|seniors|designs of",
);
/** Who the firm is and what it has: facts, where nothing is wanted. */
const FACT =
  /^(?:[^.]{0,60}\b)?(?:we|our (?:\w+ ){1,3}|the (?:\w+ ){1,3}|it|they|customers|[A-Z][\w'’]+)\b(?:['’](?:re|ve)| have| now| currently| already)? ?(?:run|runs|serve|serves|score|scores|sell|sells|support|supports|are|is|have|has|process|processes|handle|handles|power|powers|operate|operates|ship|ships|route|routes|help|helps|make|makes|grew|doubled|tripled|cut|reduced|analyse|analyze|analyses|price|prices|train|trains|retrain|retrains|deliver|delivers|build|builds|host|hosts|answer|answers|insure|manage|manages|employ|employs|offer|offers|monitor|monitors|read|reads|track|tracks|match|matches|move|moves|rank|ranks|take|takes|use|uses|see|sees|maintain|maintains|pay|pays|share|shares|cost|costs|plug|plugs|supplies|detects?|predicts?|forecasts?|ask|asks)\b/;

/** Better, without saying by how much. */
const BETTER =
  "better|faster|cheaper|sooner|easier|smoother|smoothly|quicker|quickly|simpler|safer|happier|calmer|leaner|stronger|healthier|stable|reliable|reliably|robust|scalable|efficient|efficiently|painless|boring|seamless\\w*|world[ -]class|best[ -]in[ -]class|state[ -]of[ -]the[ -]art|modern|production[ -]ready|under control|fast|less \\w+|more (?!than)\\w+|most \\w+|noticeably|significantly|dramatically|properly|a joy|a pleasure|rock[ -]solid|bullet[ -]?proof|normal|scary|scale";
/** A wish to be better, of which nobody could say when it is met. */
const VAGUE = new RegExp(
  [
    "\\b(?:to |help (?:us )?(?:to )?|come )?(?:continuously |significantly |dramatically |greatly |constantly |further )?(?:improv|optimi[sz]|enhanc|streamlin|moderni[sz]|accelerat|elevat|transform|strengthen|level(?:l)?(?:ing)? up|uplevel|revolutioni[sz]|simplif|speed(?:ing)? up|matur|boost|reduc|lower|minimi[sz]|maximi[sz]|increas|shorten|sharpen|professionali[sz]|industriali[sz]|future-proof|harden|tighten|cut|rais|tam|rethink|reinvent|fix)(?:e|es|ing|y|ying|ies|ten|ed)?\\s(?!by hand|(?:our|the|your) (?:\\w+ )?(?:team|group|department|career|skills)\\b)[^.;!?\\n]{2,80}",
    `\\b(?:make|makes|making|keep|keeps|get|gets|getting|keeping|leave|become|becomes|becoming|should be(?:come)?|stop being|ship|ships|shipping|run|runs|running|reach|reaches|do|does|go|goes|work|works|deploy|deliver|move)\\b[^.;!?\\n]{0,70}\\b(?:${BETTER})\\b[^.;!?\\n]{0,40}`,
    "\\b(?:tak\\w+|bring\\w*|push\\w*|mov\\w+|get\\w*|lift\\w*|rais\\w+)\\b[^.;!?\\n]{0,60}\\b(?:to|up to|at) (?:the|a|another|its|their) (?:next|new|higher|whole new|different|professional|modern|world[ -]class|decent|proper|enterprise|industrial) (?:level|stage|height|standard|footing|league)s?[^.;!?\\n]{0,40}|\\bnext[ -]level\\b[^.;!?\\n]{0,40}",
    "\\b(?:drive|driving|deliver|achieve|ensure|champion|push|establish|foster|own|create|creating|unlock|bring|bringing|add)\\b[^.;!?\\n]{0,40}\\b(?:excellence|maturity|strategy|innovation|transformation|impact|value|efficien\\w+|best practices?|scalability|culture|quality|improvements?|adoption|reliability|stability|performance|order|speed|structure|discipline|rigou?r|calm|sanity)\\b[^.;!?\\n]{0,60}",
    "\\b(?:have|make|create|with) (?:a )?(?:real|big|huge|lasting|meaningful|major|outsized|measurable|significant|tangible) (?:impact|difference|value)[^.;!?\\n]{0,40}",
    "\\b(?:improved|increased|reduced|greater|fewer|less|higher|lower|faster|better|shorter|smoother|quicker|safer|cheaper|simpler|more \\w+) (?:and \\w+ )?(?:\\w+ )?(?:deploy\\w*|roll-?outs?|releases?|models?|pipelines?|latenc\\w+|costs?|reliability|experience|delivery|iteration|time|incidents?|outages?|customers?|data scientists|teams?|platform|inference|stability|velocity|uptime|quality|adoption|surprises|fires|operations|drama)\\b",
    "\\b(?:put|bring|get|set)\\b[^.;!?\\n]{0,40}\\b(?:on (?:a )?(?:solid|firm|better|stable|sound) (?:footing|ground|foundations?)|in(?:to)? (?:good |better )?shape|down\\b)[^.;!?\\n]{0,40}",
    "\\bbring down\\b[^.;!?\\n]{2,60}|\\b(?:push|raise|lift|drive)\\b[^.;!?\\n]{0,20}\\b(?:bar|accuracy|quality|level|performance|forecasts?)\\b[^.;!?\\n]{0,60}",
    `\\b(?:help|helps|helping|want|wants|need|needs|asked for|after|seek\\w*|aim\\w*|so that|in order to|serve|deliver|give)\\b[^.;!?\\n]{0,60}\\b(?:${BETTER})\\b[^.;!?\\n]{0,40}`,
    "\\bmake (?:more|the most) of\\b[^.;!?\\n]{0,40}|\\bstep change in\\b[^.;!?\\n]{0,40}|\\bget more out of\\b[^.;!?\\n]{0,40}|\\bsimply does not\\b[^.;!?\\n]{0,40}|\\b(?:stop|stops) (?:being|breaking|failing|waking|going)\\b[^.;!?\\n]{0,40}|\\b(?:does not|doesn['’]t|never) (?:go|fall|break)(?:es|s)? (?:down|over)?\\b[^.;!?\\n]{0,30}",
    "\\b(?:the|our|my) (?:hope|aim|goal|ambition|expectation|wish|dream|target|vision|big goal|objective)s?\\b(?: here)?(?: is|:)[^.;!?\\n]{5,100}",
    "\\b(?:want|need|like|hope)\\b[^.;!?\\n]{0,30}\\bto (?:stop|start|finally) [^.;!?\\n]{3,60}|\\bstop (?:complaining|calling|worrying|guessing)\\b[^.;!?\\n]{0,50}",
    "\\bscal(?:e|ing) (?:our|the|up)\\b[^.;!?\\n]{0,60}",
  ].join("|"),
  "i",
);

/**
 * Whether a passage names a result and a figure for it. A role's own outcome needs the figure alone; under a heading that
 * announces results also what is counted; elsewhere a bound or a movement that is wanted as well.
 */
function isMeasured(passage: Passage): boolean {
  return passage.text.split(/;\s/).some((text) => isMeasuredClause({ ...passage, text }));
}

function isMeasuredClause({ text, section, where }: Passage): boolean {
  const figures = text.replace(DUE, " ");
  if (where === "outcomes") return has(figures, NUMBER) || has(text, NUMBER);
  if (!has(figures, NUMBER) || has(text, ELSEWHERE)) return false;
  if (section === "outcomes") return has(text, MEASURE) || has(figures, BOUND);
  if (!has(figures, BOUND) || (FACT.test(text) && !has(text, WANTED))) return false;
  return has(text, WANTED) || (has(text, MEASURE) && (has(text, CHANGE) || has(text, TODAY)));
}

/** Where it stands now, beside where it should. */
const TODAY = anyOf("now|today|currently|at present|was|up from|down from|from");

/** The sentences of a post that name a result and a figure for it. */
const measured = (post: JobPost): Passage[] => post.outcomes.filter(isMeasured);

/** The wishes of a post: under a heading that announces results all that stands there, elsewhere what is worded as one. */
const vague = (post: JobPost) =>
  post.outcomes.flatMap((p) => {
    if (isMeasured(p) || p.section === "heading") return [];
    const match = has(p.text, OF_OTHERS) ? null : VAGUE.exec(p.text);
    const quote = match?.[0].trim().replace(/[\s*_]+$/, "");
    if (quote !== undefined) return [{ quote, where: p.where }];
    return p.section === "outcomes" && p.text.length > SHORT ? [{ quote: p.text, where: p.where }] : [];
  });
const SHORT = 15;
/** What the firm does for its customers is no wish for this job. */
const OF_OTHERS = anyOf(
  "we (?:have|enable|empower|let|use|make|reduced|improved|cut|sell|build|provide|apply|forecast|predict)",
  "we help (?!you)",
  "(?:helps|enables|empowers|lets) (?!us)(?:\\w+ )?(?:\\w+)",
  "(?:our|the|whose) (?:software|product|company)",
);

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
