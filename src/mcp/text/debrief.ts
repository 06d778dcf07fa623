import { pluralize } from "../../domain/pluralize.ts";
import type { DebriefAnswer } from "../answers/debrief.ts";
import { callText } from "../next-call.ts";
import { staleText } from "./fields/assessment.ts";
import { linesOf } from "./lines.ts";
import { scorecardLines } from "./scorecard.ts";
import { figure, workSampleLines } from "./submission.ts";
import { taskText } from "./task.ts";
import { tallyText, voteLine, voteTallyText } from "./vote.ts";

/** The debrief in the order in which a panel needs it: what is missing, where it differs, what it comes to. */
export function debriefText(debrief: DebriefAnswer): string {
  const { ref, name, role, stage, status, hidden, tasks, dissent, scorecards, votes } = debrief;
  const submitted = debrief.in.scorecards;
  const voted = debrief.in.votes;
  return linesOf(
    `${ref} ${name}, ${role}, at ${stage}${status === "active" ? "" : ` (${status})`}: ` +
      `${submitted.submitted} of ${pluralize(submitted.of, "scorecard")} and ` +
      `${voted.cast} of ${pluralize(voted.of, "vote")} are in.`,
    hidden,
    tasks.length > 0 && "Still to do:",
    ...tasks.map((task) => `- ${taskText(task)} (${callText(task.next)})`),
    dissent.length > 0 && "Where the panel differs:",
    ...dissent.flatMap(dissentLines),
    debrief.vote_tally && `Votes of the panel: ${voteTallyText(debrief.vote_tally)}`,
    debrief.recommendations && `Recommendations: ${tallyText(debrief.recommendations)}.`,
    ...figureLines(debrief),
    ...rubricLines(debrief.rubric),
    ...submissionLines(debrief.submission),
    ...(debrief.work_sample ? workSampleLines(debrief.work_sample) : []),
    scorecards.length > 0 && "Scorecards:",
    ...scorecards.flatMap(scorecardLines),
    votes.length > 0 && "Votes:",
    ...votes.map((vote) => `- ${voteLine(vote)}`),
    "No verdict is computed. A person decides, and says why (move_candidate).",
  );
}

type Dissent = DebriefAnswer["dissent"][number];
type Side = Dissent["against"][number];

const sideLine = ({ member, gave, evidence, round }: Side): string =>
  `    ${member} ${gave}${round === undefined ? "" : ` in ${round}`}: ${evidence || "no words with it"}`;

const dissentLines = (d: Dissent): string[] => [
  `- ${d.kind === "criterion" ? `${d.round}, ${d.label}` : d.kind}:`,
  ...[...d.against, ...d.for].map(sideLine),
];

/** Means, coverage, agreement and raters: what is withheld says so beside its denominator. */
function figureLines({ aggregate, coverage_gaps, agreement, raters }: DebriefAnswer): string[] {
  const gaps = coverage_gaps.map((gap) => `${gap.round}, ${gap.label} (${gap.n})`);
  return [
    ...(aggregate.length > 0 ? ["Means (level 1 to 4), by arithmetic:"] : []),
    ...aggregate.map(meanLine),
    ...(gaps.length > 0 ? [`Rated by fewer than two: ${gaps.join("; ")}.`] : []),
    ...(agreement ? [agreementLine(agreement)] : []),
    ...(raters.length > 0 ? ["How each stands to the others, as a reading:"] : []),
    ...raters.map(
      ({ member, ratings, leniency, halo }) =>
        `- ${member}, ${pluralize(ratings, "rating")}: ${leniency.reading} ${halo.reading}`,
    ),
  ];
}

function meanLine({ round, label, mean, n, spread, levels }: DebriefAnswer["aggregate"][number]): string {
  const by = levels.map(({ member, level }) => `${member} ${level}`).join(", ");
  const range = spread ? `, ${spread.low} to ${spread.high}, sd ${spread.sd}` : "";
  return `- ${round}, ${label}: ${mean} (n ${n}${range}; ${by})`;
}

function agreementLine(agreement: NonNullable<DebriefAnswer["agreement"]>): string {
  const { statistic, value, interval, n, criteria, reading } = agreement;
  if (value === null)
    return `Agreement: ${reading} (${pluralize(criteria, "shared criterion", "shared criteria")})`;
  const range = interval ? `, 95% ${interval.low} to ${interval.high}` : "";
  return `Agreement: ${statistic} ${value}${range} (n ${n}, criteria ${criteria}). ${reading}`;
}

function rubricLines(rubric: DebriefAnswer["rubric"]): string[] {
  if (rubric === null) return [];
  const list = (flags: readonly string[]) => flags.join(", ") || "none";
  return [
    `The rubric: ${rubric.points} ${rubric.profile ? `Profile: ${rubric.profile}. ` : ""}Present: ${list(rubric.present)}. ` +
      `Claimed: ${list(rubric.claimed)}. Unclear: ${list(rubric.unclear)}. ` +
      `Absent: ${list(rubric.absent)}. Unread: ${list(rubric.unread)}.`,
    ...[staleText(rubric)].filter((line) => line !== "").map((line) => `  ${line}`),
    ...rubric.open_questions.map(({ flag, question }) => `  To ask about ${flag}: ${question}`),
  ];
}

function submissionLines(submission: DebriefAnswer["submission"]): string[] {
  if (submission === null) return [];
  const { head_sha, requirements, tests, checks, follow_ups, missing } = submission;
  const { seen, of, not_seen, not_known } = requirements;
  return [
    `The submission (${head_sha.slice(0, 12)}) showed ${seen} of ${pluralize(of, "requirement")}; ` +
      `tests added ${figure(tests.added)}, removed ${figure(tests.removed)}, skipped ${figure(tests.skipped)}; ` +
      `not examined: ${missing.join("; ") || "nothing left out"}.`,
    ...(not_seen.length > 0 ? [`  Not seen: ${not_seen.join("; ")}`] : []),
    ...(not_known.length > 0 ? [`  Not known: ${not_known.join("; ")}`] : []),
    ...(checks.length > 0 ? [`  Checks: ${checks.join("; ")}`] : []),
    ...follow_ups.map((ask) => `  To ask: ${ask}`),
  ];
}
