import { sentenceOf } from "../../text/finder.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { type Lane, lanesIn } from "../lanes.ts";

/** Demands apart: one sentence may ask for two things. */
const clausesOf = ({ text, section, where }: Passage): Passage[] =>
  text
    .split(/,\s+(?=(?:and )?(?:you|has|have) )|;\s+/)
    .map((part) => ({ ...sentenceOf(part.trim()), section, where }));

export const laneMissing: Rule = {
  id: "lane_missing",
  severity: "error",
  where: "lane",
  why: "One title hides several jobs; an undecided search is the slow one.",
  fix: "Choose one lane.",
  scoping: true,
  find(post, { template, lexicon }) {
    const { lanes } = template;
    if (lanes.length === 0 || post.lane !== null) return [];
    if (post.source === "post" && post.passages.some((p) => lanesIn(lexicon, lanes, p).length > 0)) return [];
    return [
      {
        why: `${template.title} is ${lanes.length} different jobs under one title; an undecided search is the slow one.`,
        fix: `Choose one: ${lanes.map((lane) => lane.id).join(", ")}.`,
      },
    ];
  },
};

export const lanesMixed: Rule = {
  id: "lanes_mixed",
  severity: "error",
  where: "must_haves",
  why: "Must-haves of two lanes describe two people; who has both is rarer than either, and costs more.",
  fix: "Keep the must-haves of one lane, and move the others to nice_to_haves or to a second role.",
  scoping: true,
  find(post, { template, lexicon }) {
    const first = new Map<Lane, Passage>();
    for (const clause of post.mustHaves.filter((p) => !lexicon.has("optional", p)).flatMap(clausesOf)) {
      for (const lane of lanesIn(lexicon, template.lanes, clause))
        if (!first.has(lane)) first.set(lane, clause);
    }
    const chosen = template.lanes.find((lane) => lane.id === post.lane) ?? [...first.keys()][0];
    const kept = chosen && first.get(chosen);
    const beside = `${chosen?.title ?? "another lane"}${kept ? ` (${JSON.stringify(kept.text)})` : ""}`;
    const strays = [...first].filter(([lane]) => lane !== chosen);
    return strays.slice(0, 1).map(([lane, passage]) => ({
      quote: passage.text,
      where: passage.where,
      why: `This is work of ${lane.title} (${lane.hire_when}), beside ${beside}: must-haves of two lanes describe two people.`,
    }));
  },
};
