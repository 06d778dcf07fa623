import type { RoleTemplate } from "../../roles/role-template.ts";
import type { Rule } from "../finding.ts";
import type { Passage } from "../job-post.ts";
import { isDenied } from "../negation.ts";
import { has, OPTIONAL } from "../words.ts";

type Lane = RoleTemplate["lanes"][number];

/** What a lane is known by in a post: its own signs, else its tools and title. */
const wordsOf = (lane: Lane): readonly string[] => [
  lane.title,
  ...(lane.signs.length > 0 ? lane.signs : lane.tools),
];

const patterns = new WeakMap<Lane, RegExp>();
function patternOf(lane: Lane): RegExp {
  const known = patterns.get(lane);
  if (known) return known;
  const words = wordsOf(lane).map((word) =>
    word
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, "\\w*")
      .replace(/[\s-]+/g, "[\\s\u2010-\u2013-]+"),
  );
  const made = new RegExp(`(?<![\\w])(?:${words.join("|")})(?![\\w])`, "gi");
  patterns.set(lane, made);
  return made;
}

const shows = (lane: Lane, text: string): boolean => {
  for (const match of text.matchAll(patternOf(lane))) {
    if (!isDenied(text, match.index, match[0].length)) return true;
  }
  return false;
};

/** Demands apart: one sentence may ask for two things. */
const clausesOf = ({ text, ...rest }: Passage): Passage[] =>
  text.split(/,\s+(?=(?:and )?(?:you|has|have) )|;\s+/).map((part) => ({ text: part.trim(), ...rest }));

export const laneMissing: Rule = {
  id: "lane_missing",
  severity: "error",
  where: "lane",
  why: "One title hides several jobs; an undecided search is the slow one.",
  fix: "Choose one lane.",
  scoping: true,
  find(post, { template }) {
    const { lanes } = template;
    if (lanes.length === 0 || post.lane !== null) return [];
    if (post.source === "post" && lanes.some((lane) => post.passages.some((p) => shows(lane, p.text))))
      return [];
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
  find(post, { template }) {
    const first = new Map<Lane, Passage>();
    for (const clause of post.mustHaves.filter((p) => !has(p.text, OPTIONAL)).flatMap(clausesOf)) {
      for (const lane of template.lanes)
        if (!first.has(lane) && shows(lane, clause.text)) first.set(lane, clause);
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
