import type { Rule } from "../finding.ts";
import { firstClaim } from "../negation.ts";

const PUZZLE =
  /\b(?:leet ?code|hacker ?rank|codility|code ?signal|brain[- ]?teasers?|whiteboard (?:coding|algorithms?)|(?:algorithms?|algorithmic|coding|live coding|programming|logic)(?: \w+)? (?:puzzles?|riddles?|tests?|challenges?|tasks?|rounds?|quiz(?:zes)?|questions?)|puzzles?)\b/gi;
const INCIDENT =
  /\b(?:incidents?|outages?|post-?mortems?|production failures?|(?:something|rollout|release|deploy\w*|system)\b[^.;,]{0,40}\b(?:broke|failed|went wrong|went down))\b/i;
const REAL_CODE =
  /\b(?:real code|code ?base|our code|our (?:\w+ )?repo(?:sitory)?|repo(?:sitory)?|take-?home|pair(?:ed|ing)? (?:on|in|work|exercise|migration|debugging|programming)|debug(?:ging)? something real|(?:fix|repair|debug)\w*\b[^.;,]{0,40}\b(?:real|deploy\w*|config\w*|code|it with us))\b/i;
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
    for (const p of [...passages, ...post.passages]) {
      if (firstClaim(p.text, PUZZLE)) return [{ quote: p.text, where: p.where }];
    }
    return [];
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
  find: (post) => (post.loop === null || post.loop.passages.some((p) => INCIDENT.test(p.text)) ? [] : [{}]),
};

export const realCodeMissing: Rule = {
  id: "real_code_missing",
  severity: "warning",
  where: "loop",
  why: "No work on real code: a whiteboard favours confident talkers over people who debug systems.",
  fix: "Add a paired or take-home exercise in a real repository, about 75 minutes.",
  scoping: false,
  mistake: "algorithm_puzzles",
  find: (post) => (post.loop === null || post.loop.passages.some((p) => REAL_CODE.test(p.text)) ? [] : [{}]),
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
