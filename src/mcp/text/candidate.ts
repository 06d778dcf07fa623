import { pluralize } from "../../domain/pluralize.ts";
import type { AddCandidateAnswer, CandidateAnswer, FindCandidatesAnswer } from "../answers/candidate.ts";
import { callText } from "../next-call.ts";
import { assessmentInBriefText, assessmentText } from "./assessment.ts";
import { comparisonText } from "./comparison.ts";
import { credentialLines } from "./credentials.ts";
import { aboutTextOf, documentLine, storedDocumentText } from "./document.ts";
import { staleText } from "./fields/assessment.ts";
import { offerText } from "./fields/offer.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";
import { mailText } from "./mail.ts";
import { recordPartsText } from "./record-parts.ts";
import { taskText } from "./task.ts";
import { uploadText } from "./upload.ts";

/** Who was added, with what was stored of their résumé, or that they were there already. */
export function addedText({ application, document, note, next, ...added }: AddCandidateAnswer): string {
  const { ref, candidate } = application;
  const { duplicate_of, erased_before, possible_duplicates = [], upload } = added;
  return linesOf(
    note === undefined
      ? `Added ${personText(candidate)} as ${ref}, at ${placeText(application)}.`
      : `${ref} ${candidate.name}, at ${placeText(application)}: ${note}`,
    document && storedDocumentText(document),
    note === undefined && duplicate_of && `The same person is also ${duplicate_of}.`,
    erased_before &&
      `Somebody with this address or profile was erased on ${erased_before}. Nobody writes to them; where they ` +
        `have applied anew, update_candidate with application: ${ref}, do_not_contact: false lifts that.`,
    ...possible_duplicates.map(
      (other) => `May be ${other.name}, ${other.ref}, by ${other.by.join(", ")}: not decided.`,
    ),
    upload && uploadText(upload),
    next && `Next: ${callText(next)}.`,
  );
}

const personText = ({
  name,
  email,
}: {
  readonly name: string;
  readonly email?: string | undefined;
}): string => (email === undefined ? `${name}, no e-mail on record` : `${name} <${email}>`);

/** One line for each application, and what it waits for. */
export const foundText = (answer: FindCandidatesAnswer): string => {
  const { applications, total, total_is_at_least, next_cursor } = answer;
  return linesOf(
    `${applications.length} of ${total_is_at_least ? "more than " : ""}${total}${total === 0 ? ": nobody matches." : ":"}`,
    ...applications.flatMap((application) => [
      `${application.ref} ${application.name}: ${standingText(application)}; ${flagsText(application.flags)}`,
      staleText(application) && `  ${staleText(application)}`,
      ...taskLines(application.tasks),
      application.passage && quoteUntrusted(application.passage.untrusted),
    ]),
    next_cursor && `More: cursor ${next_cursor}`,
  );
};

/** Who it is and where they stand, then each part that was asked for; the candidate's own words come last. */
export function candidateText(answer: CandidateAnswer): string {
  const { ref, role, candidate, version, tasks, panel, documents, assessment, comparison, credentials } =
    answer;
  const { scorecards, votes, hidden } = panel;
  const present = assessment?.flags.filter(isCounted).map(({ id }) => id);
  const at = answer.status === "active" ? "At" : "Now";
  return linesOf(
    `${ref} ${personText(candidate)}, for ${role.title} (${role.key}${role.lane ? `, lane ${role.lane}` : ""}).`,
    `${at} ${standingText(answer)}; version ${version}; ${flagsText(answer.flags ?? present ?? null)}.`,
    answer.erased_on && `Erased on ${answer.erased_on}: what is left has no name and no words.`,
    candidate.do_not_contact && "Not to be written to.",
    answer.imported_at &&
      `Came in with an import on ${answer.imported_at}; include: imported shows its notes and scorecards.`,
    answer.referred_by && `Referred by ${answer.referred_by}.`,
    answer.owner && `Looked after by ${answer.owner}.`,
    candidate.phone && `Phone: ${candidate.phone}.`,
    candidate.tags && `Tags: ${candidate.tags.join(", ")}.`,
    candidate.location && `Lives in ${candidate.location}.`,
    candidate.timezone && `Time zone: ${candidate.timezone}.`,
    candidate.links && `Links: ${candidate.links.join(", ")}`,
    ...taskLines(tasks),
    `In: ${scorecards.submitted} of ${pluralize(scorecards.of, "scorecard")}, ${votes.cast} of ${pluralize(votes.of, "vote")}.`,
    hidden,
    answer.offer && offerText(answer.offer),
    answer.consent && consentText(answer.consent),
    comparison && comparisonText(comparison),
    assessment === null && "Not assessed yet.",
    assessment && `Assessed ${assessment.at}:`,
    assessment && staleText(assessment),
    assessment &&
      ("questions" in assessment
        ? assessmentText({ ref, name: candidate.name, assessment })
        : assessmentInBriefText(assessment)),
    ...credentialLines(credentials),
    recordPartsText(answer),
    ...(documents ?? []).flatMap((document) => [
      partLine(document),
      aboutTextOf(document),
      mailText(document),
      quoteUntrusted(document.untrusted),
      ...(document.apart_text ?? []).map(({ untrusted }) => quoteUntrusted(untrusted)),
      document.next_offset !== undefined &&
        `The rest: get_candidate with document: ${document.id}, offset: ${document.next_offset}.`,
    ]),
    documents?.length === 0 && "No documents.",
  );
}

/** `Agreed to stay on file until 2027-11-24, recorded on 2026-11-24: by mail.` */
const consentText = ({ until, how, recorded_on }: NonNullable<CandidateAnswer["consent"]>): string =>
  until === null
    ? `Took the consent to stay on file back, recorded on ${recorded_on}: ${how}`
    : `Agreed to stay on file until ${until}, recorded on ${recorded_on}: ${how}`;

/** With the id by which it is changed, where no other line names that. */
function partLine(document: NonNullable<CandidateAnswer["documents"]>[number]): string {
  const { id, offset, next_offset } = document;
  return [
    documentLine(document),
    id !== undefined && next_offset === undefined && `document ${id}`,
    offset !== undefined && `from ${offset} on`,
  ]
    .filter((part) => part !== false)
    .join(", ");
}

type Standing = Pick<
  CandidateAnswer,
  "stage" | "status" | "days_in_stage" | "over_goal" | "applied_at" | "source"
>;

/** `screen, 4 days (over the goal); applied 2026-11-24T09:00:00.000Z, source referral`. */
function standingText({ days_in_stage, over_goal, applied_at, source, ...application }: Standing): string {
  const late = over_goal ? " (over the goal)" : "";
  const from = source === undefined ? "" : `, source ${source}`;
  return `${placeText(application)}, ${pluralize(days_in_stage, "day")}${late}; applied ${applied_at}${from}`;
}

type Flag = NonNullable<CandidateAnswer["assessment"]>["flags"][number];

/** Present, and more than an assistant's claim. What the rules find is verified. */
const isCounted = ({ verdict, support, by }: Flag): boolean =>
  verdict === "present" && (support !== "claimed" || by === "member");

const placeText = ({ stage, status }: Pick<Standing, "stage" | "status">): string =>
  status === "active" ? stage : `${status} at ${stage}`;

const flagsText = (flags: readonly string[] | null): string =>
  flags === null ? "not assessed" : flags.join(", ") || "no flag";

const taskLines = (tasks: CandidateAnswer["tasks"]): string[] =>
  tasks.map((task) => `  To do: ${taskText(task)} (${callText(task.next)}).`);
