import type { BriefOfRound } from "../answers/brief.ts";
import { linesOf } from "./lines.ts";

/** What one interviewer prepares from, in the order in which a page of it reads. */
export const briefText = (brief: BriefOfRound): string =>
  linesOf(
    `Purpose: ${brief.purpose}`,
    `Minutes: ${brief.minutes}.`,
    brief.outcomes.length > 0 && `The role is for: ${brief.outcomes.join("; ")}.`,
    "Criteria, each rated 1 to 4 by what it sounds like:",
    ...brief.criteria.flatMap(({ id, label, anchors }) => [
      `- ${label} (${id})`,
      ...([1, 2, 3, 4] as const).map((level) => `  ${level}: ${anchors[level]}`),
    ]),
    "Questions, in this order:",
    ...brief.questions.flatMap(questionLines),
    ...openLines(brief),
    brief.raised.length > 0 && "Raised by their submission:",
    ...brief.raised.map((q) => `- ${q.ask}${q.path ? ` (${q.path}${q.line ? `:${q.line}` : ""})` : ""}`),
    brief.handed_in.length > 0 && `Handed in (get_candidate, document): ${brief.handed_in.join(", ")}.`,
    brief.to_check.length > 0 && `To be checked in their work: ${brief.to_check.join("; ")}.`,
    `Do not ask: ${brief.do_not_ask.join("; ") || "anything about private life"}.`,
  );

const questionLines = ({ question, follow_ups, listen_for }: BriefOfRound["questions"][number]): string[] => [
  `- ${question}`,
  ...(follow_ups.length > 0 ? [`  Then: ${follow_ups.join(" ")}`] : []),
  ...(listen_for.length > 0 ? [`  A good answer holds: ${listen_for.join("; ")}.`] : []),
];

function openLines({ open }: BriefOfRound): string[] {
  if (open === null) return ["Not assessed yet: score_candidate shows what the documents leave open."];
  const lines = open.map(({ label, verdict, question }) => `- ${label}, ${verdict}: ${question}`);
  return lines.length === 0 ? [] : ["Left open by the rubric for this candidate:", ...lines];
}
