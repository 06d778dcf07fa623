import type { Rule } from "../finding.ts";
import { firstClaim } from "../negation.ts";
import { anyOf } from "../words.ts";

const PUZZLE = anyOf(
  "leet-?code*|hacker-?rank|codility|code-?signal|codewars|neetcode|project euler|advent of code",
  "brain-?teasers?|(?:algorithm*|coding|code|logic|interview|programming|math|maths) (?:riddles?|puzzles?)|fizz-?buzz|estimation questions|logic (?:test|quiz|problems?)",
  "white-?board(?:ing|ed)? (?:\\w+ )?(?:coding|algorithms?|exercises?|problems?|tests?|challenges?|programming|questions?)",
  "(?:coding|code|algorithms?|problems?|solve|solving|programming|sort*)\\b[^.;,]{0,40} (?:at|on) (?:a|the) white-?board|white-?board(?:ing)?(?= (?:session|round|interview|hour|screen))",
  "(?:algorithms?|algorithmic|data structures?|ds&a|dsa|competitive programming)(?: (?:and|&) (?:algorithms?|data structures?))?(?: \\w+)? (?:puzzles?|riddles?|tests?|challenges?|tasks?|rounds?|quiz(?:zes)?|questions?|problems?|interviews?|assessments?|exercises?|screens?|sessions?|rounds?|hour)",
  "leet-?code|(?:on|about) (?:algorithms|graphs|heaps|trees|big o|data structures)|quiz(?:zes)? (?:on|about) \\w+",
  "algorithm (?:tasks?|puzzles?|quiz)",
  "(?:timed|live|online|automated|proctored) (?:coding|programming|algorithm*) (?:\\w+ )?(?:puzzles?|tests?|challenges?|tasks?|rounds?|quiz(?:zes)?|questions?|problems?|assessments?|screens?)",
  "(?:coding|programming|logic|code) (?:puzzles?|riddles?|quiz(?:zes)?|challenge platform|challenges? on)",
  "(?:coding|programming) (?:tests?|challenges?|assessments?)",
  "(?:on|about|in|invert|reverse|balance|traverse|implement) (?:algorithms? and data structures?|data structures? and algorithms?|data structures|a (?:binary|red black) tree|binary trees?|dynamic programming|graph algorithms|linked lists?|graphs and trees|trees and graphs|sorting algorithms)",
  "(?:dynamic programming|graph|linked list|binary tree) (?:problems?|questions?)",
  "algorithms? (?:round|screen|interview|whiteboard)",
  "sorting algorithm",
  "(?:two|three|four|\\d) (?:medium|hard|easy)(?: difficulty)? (?:problems?|questions?)",
);
/** Words that mean it only where a loop is told: there are puzzle games. */
const PLAIN_PUZZLE = anyOf("puzzles?|riddles?");
const INCIDENT = anyOf(
  "disruptions?|interruptions?|slipped (?:into|through)|mis-?labell?ed|failed (?!tests?|builds?)\\w+|something (?:will |that )?(?:breaks?|broke)|replay*",
  "incidents?|outages?|post-?mortems?|retrospective of|war stor(?:y|ies)|root cause*|sev-?\\d",
  "production (?:failures?|problems?|issues?|fires?|breakages?|bugs?)",
  "(?:something|rollout|release|deploy*|system|service|model|pipeline|endpoint|thing|time|day|night|production|what)\\b[^.;]{0,50} (?:broke|broken|breaks|failed|failing|fails|went wrong|goes wrong|went down|fell over|crashed|on fire|caught fire|blew up|misbehav\\w+|degraded|stopped working|took down)",
  "(?:debug*|diagnos*|troubleshoot*|firefight*|fail(?:ure)?s?) (?:[^.;]{0,40} )?(?:production|live|cluster|service|endpoint|pipeline|deployment|together|broken|failing|sick|logs|dashboards?|metrics|system|scenario|session|story|stories|review|drill)",
  "(?:debugging|troubleshooting|firefighting|game day|failure|diagnosis|break-?fix) (?:round|session|exercise|interview|hour|drill|talk|conversation|discussion|scenario)?",
  "(?:broken|failing|degraded|misbehaving|sick) (?:\\w+ )?(?:production|service|endpoint|cluster|deployment|pipeline|system|staging|model|dag|server|container)",
  "(?:stopped|vanished|expired|disappeared|lost|corrupt*|went (?:missing|silent|dark|quiet|red)|came out (?:empty|wrong)|missing|labels)",
  "(?:we|you) (?:lost|broke|break) (?:[^.;]{0,30})",
  "find out why|what (?:happened|went wrong)|(?:log|logs|graphs|dashboards|timeline) (?:from|of) (?:a|an|the|our)",
  "worst (?:day|night|failure|bug|week|page)",
  "pager (?:story|stories)|3 ?am story",
);
const REAL_CODE = anyOf(
  "real (?:code|repo*|codebase|service|problem|work|task|bug|ticket|pull request|pr|pipeline|dag|issue|config|manifest|system|helm chart)",
  "code-?bases?|(?:our|your|existing|sample|small|toy|cut down|copy of (?:a|the|our)|mock) (?:\\w+ ){0,2}(?:code|repo(?:sitory)?|service|pipeline|dag|repo)",
  "repo(?:s|sitory|sitories)?",
  "take-?homes?|home(?:work)? (?:assignment|task|exercise)|work samples?|(?:paid )?trial (?:day|task|project)|practical (?:exercise|task|assignment|session|round|test|work)|hands on (?:exercise|task|session|round|work|lab)",
  "pair(?:ed|ing|s)?(?! of| with (?:data|product|the (?:science|product)))(?: [^.;]{0,40})?",
  "code review (?:exercise|round|session|of)|review(?:ing)? (?:a |an )?(?:real |actual |our )?(?:pull request|pr|diff|code)",
  "(?:fix|fixing|repair|repairing|debug|debugging|extend|refactor|deploy|ship|containeri[sz]e|unbreak|change|patch|improve|modify)*\\b[^.;]{0,50} (?:real|deploy*|config*|code|it with us|with us|together|service|manifest|pipeline|dag|helm chart|dockerfile|test suite|repo|endpoint|server|bug)",
  "sandbox|(?:broken|failing|buggy|sick|misbehaving) (?:\\w+ ){0,2}(?:service|pipeline|deployment|dag|repo|build|config|manifest|chart|code|app|endpoint|container|server|cluster|helm chart|job|training job)",
  "pull request|prs?",
  "live debugging|debugging (?:session|exercise|round|hour|interview)",
  "coding (?:session|exercise|round|interview) (?:in|on|with|from|using) (?:our|a|the|your)",
);
const LONGEST = 5 * 60;

export const algorithmPuzzle: Rule = {
  id: "algorithm_puzzle",
  severity: "error",
  where: "loop",
  why: "Algorithm puzzles do not predict whether somebody keeps a model alive at night, and screen out exactly the operators.",
  fix: "Replace it with an incident deep-dive and paired work on real code.",
  scoping: true,
  mistake: "algorithm_puzzles",
  find(post) {
    const passages = post.loop?.passages ?? [];
    const inLoop = passages.find((p) => firstClaim(p.text, PUZZLE) ?? firstClaim(p.text, PLAIN_PUZZLE));
    const found = inLoop ?? post.passages.find((p) => firstClaim(p.text, PUZZLE));
    return found ? [{ quote: found.text, where: found.where }] : [];
  },
};

export const incidentRoundMissing: Rule = {
  id: "incident_round_missing",
  severity: "warning",
  where: "loop",
  why: "No round on a real incident: who was there remembers the timeline, and who was not cannot make one up.",
  fix: "Add an hour on an outage of the candidate's own, with its timeline.",
  scoping: false,
  mistake: "algorithm_puzzles",
  find: (post) =>
    post.loop === null || post.loop.passages.some((p) => firstClaim(p.text, INCIDENT)) ? [] : [{}],
};

export const realCodeMissing: Rule = {
  id: "real_code_missing",
  severity: "warning",
  where: "loop",
  why: "No work on real code: a whiteboard favours confident talkers over people who debug systems.",
  fix: "Add a paired or take-home exercise in a real repository, about 75 minutes.",
  scoping: false,
  mistake: "algorithm_puzzles",
  find: (post) =>
    post.loop === null || post.loop.passages.some((p) => firstClaim(p.text, REAL_CODE)) ? [] : [{}],
};

export const loopLong: Rule = {
  id: "loop_long",
  severity: "warning",
  where: "loop",
  why: "A loop over five hours loses people between screen and offer; about four rounds and four hours work well.",
  fix: "Keep four rounds: architecture 45, incident 60, real code 75, on-call and team 45 minutes.",
  scoping: true,
  find({ loop }) {
    if (loop?.minutes == null || loop.minutes <= LONGEST) return [];
    const hours = Math.round((loop.minutes / 60) * 10) / 10;
    return [
      {
        ...(loop.longest ? { quote: loop.longest.text, where: loop.longest.where } : {}),
        why: `The loop takes ${hours} hours; over five it loses people between screen and offer, and about four work well.`,
      },
    ];
  },
};

export const onCallUnstated: Rule = {
  id: "on_call_unstated",
  severity: "info",
  where: "on_call",
  why: "Pager load is learnt sooner or later; an honest line up front keeps the people who mind from the last round.",
  fix: "Say the rotation and the usual number of pages, or that there is none.",
  scoping: false,
  find: (post) => (post.onCall ? [] : [{}]),
};
