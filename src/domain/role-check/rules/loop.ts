import { firstClaim } from "../../text/negation.ts";
import type { Rule } from "../finding.ts";

const LONGEST = 5 * 60;

export const algorithmPuzzle: Rule = {
  id: "algorithm_puzzle",
  severity: "error",
  where: "loop",
  why: "Algorithm puzzles do not predict whether somebody keeps a model alive at night, and screen out exactly the operators.",
  fix: "Replace it with an incident deep-dive and paired work on real code.",
  scoping: true,
  mistake: "algorithm_puzzles",
  find(post, { lexicon }) {
    const inLoop = post.loop?.passages.find(
      (p) => firstClaim(lexicon, "puzzle", p) ?? firstClaim(lexicon, "puzzle_in_a_loop", p),
    );
    const passage = inLoop ?? post.passages.find((p) => firstClaim(lexicon, "puzzle", p));
    return passage ? [{ quote: passage.text, where: passage.where }] : [];
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
  find: (post, { lexicon }) =>
    post.loop === null || post.loop.passages.some((p) => firstClaim(lexicon, "incident", p)) ? [] : [{}],
};

export const realCodeMissing: Rule = {
  id: "real_code_missing",
  severity: "warning",
  where: "loop",
  why: "No work on real code: a whiteboard favours confident talkers over people who debug systems.",
  fix: "Add a paired or take-home exercise in a real repository, about 75 minutes.",
  scoping: false,
  mistake: "algorithm_puzzles",
  find: (post, { lexicon }) =>
    post.loop === null || post.loop.passages.some((p) => firstClaim(lexicon, "real_code", p)) ? [] : [{}],
};

export const loopLong: Rule = {
  id: "loop_long",
  severity: "warning",
  where: "loop",
  why: "A loop over five hours loses people between screen and offer; about four rounds and four hours work well.",
  fix: "Keep about four rounds of 45 to 75 minutes, and ask in each what no other one asks.",
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
  why: "Work at night or at weekends is learnt sooner or later; an honest line keeps the people who mind from the last round.",
  fix: "Say the rota and how often somebody is called out, or that there is none.",
  scoping: false,
  find: (post) => (post.onCall ? [] : [{}]),
};
