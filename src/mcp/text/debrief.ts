import type { Dissent, Side } from "../../domain/panel/dissent.ts";
import type { Tally } from "../../domain/panel/verdict.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Services } from "../../services/services.ts";
import { callText, nextCall } from "../next-call.ts";
import { profileText } from "./assessment.ts";
import { linesOf } from "./lines.ts";

type Debrief = Awaited<ReturnType<Services["panel"]["debrief"]>>;

/** The debrief in the order in which a panel needs it: what is missing, where it differs, what it comes to. */
export function debriefText(answer: unknown): string {
  const d = answer as Debrief;
  const { scorecards, votes } = d.in;
  return linesOf(
    `${d.ref} ${d.name}, ${d.role}, at ${d.status === "active" ? d.stage : d.status}: ${scorecards.submitted} of ${pluralize(scorecards.of, "scorecard")} and ${votes.cast} of ${pluralize(votes.of, "vote")} are in.`,
    d.hidden,
    d.owed.length > 0 && "Still owed:",
    ...d.owed.map(
      (o) =>
        `- ${o.what}${o.round ? ` for ${o.round}` : ""} by ${o.by.join(", ")}, ${pluralize(o.days, "day")} (${callText(nextCall(o.step))})`,
    ),
    d.dissent.length > 0 && "Where the panel differs:",
    ...d.dissent.flatMap(dissentLines),
    d.vote_tally && d.votes.length > 0 && `Votes of the panel: ${tallyLine(d.vote_tally.panel)}.`,
    d.recommendations && `Recommendations: ${tallyLine(d.recommendations)}.`,
    d.aggregate.length > 0 && "Means (level 1 to 4), by arithmetic:",
    ...d.aggregate.map(
      (a) =>
        `- ${a.round}, ${a.label}: ${a.mean} (n ${a.n}${a.n > 1 ? `, ${a.spread.low} to ${a.spread.high}, sd ${a.spread.sd}` : ""})`,
    ),
    d.coverage_gaps.length > 0 &&
      `Rated by fewer than two: ${d.coverage_gaps.map((g) => `${g.round}/${g.criterion} (${g.n})`).join(", ")}.`,
    d.agreement && agreementLine(d.agreement),
    d.raters.length > 1 && "How each stands to the others, as a reading:",
    ...(d.raters.length > 1 ? d.raters : []).map(
      (r) =>
        `- ${r.member}: ${[r.leniency?.reading, r.halo?.reading].filter((t) => t).join(" ") || "nothing to compare."}`,
    ),
    d.rubric &&
      `The rubric said: ${d.rubric.points}; ${profileText(d.rubric.profile)}. Present: ${d.rubric.present.join(", ") || "none"}. Unclear: ${d.rubric.unclear.join(", ") || "none"}.`,
    d.submission &&
      `The submission (${d.submission.head_sha.slice(0, 12)}) showed ${d.submission.requirements.seen} of ${pluralize(d.submission.requirements.of, "requirement")}; not examined: ${d.submission.missing.join("; ") || "nothing left out"}.`,
    ...d.scorecards.flatMap((c) => [
      `${c.round}, ${c.member} (version ${c.version}): ${c.recommendation}.`,
      ...c.ratings.map((r) => `  ${r.criterion} ${r.level}: ${r.evidence}`),
      c.notes && `  Notes: ${c.notes}`,
    ]),
    "No verdict is computed. A person decides, and says why (move_candidate).",
  );
}

const said = ({ member, gave, evidence, round }: Side): string =>
  `    ${member} ${gave}${round === undefined ? "" : ` in ${round}`}: ${evidence || "no words with it"}`;

const dissentLines = (d: Dissent): string[] => [
  `- ${d.kind === "criterion" ? `${d.round}, ${d.label}` : d.kind}:`,
  ...[...d.against, ...d.for].map(said),
];

function agreementLine({
  statistic,
  value,
  interval,
  n,
  reading,
}: NonNullable<Debrief["agreement"]>): string {
  if (value === null) return `Agreement: ${reading}`;
  const range = interval ? `, 95% ${interval.low} to ${interval.high}` : "";
  return `Agreement: ${statistic} ${value}${range} (n ${n}). ${reading}`;
}

/** Those against first: dissent is easily overheard. */
export const tallyLine = ({ strong_no, no, yes, strong_yes }: Tally): string =>
  `${strong_no} strong no, ${no} no, ${yes} yes, ${strong_yes} strong yes`;
