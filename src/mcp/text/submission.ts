import type { Frozen } from "../../domain/frozen.ts";
import { pluralize } from "../../domain/pluralize.ts";
import { BLIND, type Coverage, type Question } from "../../domain/submission/facts.ts";
import type { Answer } from "../answers/answer.ts";
import type { StoredSubmissionAnswer, SubmissionAnswer, WorkSampleAnswer } from "../answers/submission.ts";
import { receiptText } from "./document.ts";
import { exerciseLine } from "./exercise.ts";
import { infrastructureLines, pipelineLine } from "./infrastructure.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";
import { namesLine, someNames } from "./names.ts";

type Facts = SubmissionAnswer["submission"];

/** What the record holds of an exercise and of the submission that answers it, without asking the host. */
export function storedSubmissionText(stored: StoredSubmissionAnswer): string {
  const { assignment, work_sample } = stored;
  return linesOf(
    assignment && `Exercise ${exerciseLine({ ...assignment, due: minuteOf(assignment.due) })}`,
    ...(work_sample ? workSampleLines(work_sample) : []),
    stored.at === null
      ? work_sample === undefined && "No submission was read yet."
      : `Submission, as read ${minuteOf(stored.at)}:`,
    stored.at !== null && factsText(stored),
  );
}

/** What came in without a repository, and what a reader checks by eye. */
export function workSampleLines({ handed_in, to_check }: Answer<typeof WorkSampleAnswer>): string[] {
  return [
    handed_in.length === 0 ? "Nothing was handed in." : "Handed in (get_candidate with document reads it):",
    ...handed_in.map(({ document, name, link, words = 0, pages, ...receipt }) => {
      const on = pages === undefined ? "" : ` on ${pluralize(pages, "page")}`;
      const what =
        link === undefined ? `${pluralize(words, "word")}${on}` : `a link that nobody opened: ${link}`;
      return `  - ${name} (${what}), ${receiptText(receipt)}, document ${document}`;
    }),
    ...(to_check.length > 0 ? ["To be checked by eye:", ...to_check.map((text) => `  - ${text}`)] : []),
  ];
}

/** The facts of a submission, and whether they were stored. */
export const submissionText = ({ ref, submission, stored }: SubmissionAnswer): string =>
  factsText(submission, stored ? ref : null);

/**
 * The facts in the order in which a reviewer asks for them; what was not examined comes before the candidate's words.
 * @param storedFor the application whose snapshot they are.
 */
function factsText(facts: Facts, storedFor: string | null = null): string {
  const { identity, totals, areas, coverage = [], follow_ups = [], repository, missing } = facts;
  const { secrets = [], hidden_characters = [] } = facts;
  return linesOf(
    identityLine(identity),
    identity.previous_head_sha &&
      `The head has moved since the snapshot before (${shortSha(identity.previous_head_sha)}).`,
    datesLine(identity),
    timelineLine(facts.timeline),
    ...besideLines(facts.beside),
    `Change: ${changeOf(totals)}.`,
    ...(areas ?? []).map((area) => `  ${area.area}: ${changeOf(area)}`),
    testsLine(facts.tests),
    namesLine("Protected files edited", facts.protected_edited),
    namesLine("CI workflows edited", facts.workflows_edited),
    checksLine(facts.checks),
    ...(facts.workflows ?? []).map(workflowLine),
    ...infrastructureLines(facts.infrastructure),
    ...(facts.pipelines ?? []).map(pipelineLine),
    coverage.length > 0 &&
      "Requirements of the exercise, and where the change shows a trace of them (no verdict; candidate-written data in quotes):",
    ...coverage.map(coverageLine),
    follow_ups.length > 0 && "To ask in the talk:",
    ...follow_ups.map(questionLine),
    `Repository: ${counted(repository.files, "file")} at the head.`,
    namesLine("Symbolic links", repository.symbolic_links),
    namesLine("Submodules", repository.submodules),
    namesLine("LFS pointers", repository.lfs_pointers),
    namesLine("Files over 1 MB", repository.large_files),
    namesLine("Names that collide where case does not count", repository.colliding_names),
    namesLine("What looks like a credential was added in", secrets.map(secretText)),
    namesLine("Characters that a reader does not see", hidden_characters.map(hiddenText)),
    namesLine("Without a readable difference (binary, or not read)", facts.without_diff),
    missing.length > 0 ? `Not examined: ${missing.join("; ")}.` : "Everything that was asked for was read.",
    storedFor && `Stored as the snapshot of ${storedFor}.`,
    ...facts.notes.map(quoteUntrusted),
  );
}

const MAX_BESIDE_SHOWN = 20;

/** Each on a line of its own, because the texts hold commas. */
function besideLines(texts: Facts["beside"] = []): string[] {
  const more = texts.length - MAX_BESIDE_SHOWN;
  return [
    ...(texts.length > 0 ? ["Also seen:"] : []),
    ...texts.slice(0, MAX_BESIDE_SHOWN).map((text) => `  - ${text}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

type Secret = NonNullable<Facts["secrets"]>[number];
type HiddenCharacters = NonNullable<Facts["hidden_characters"]>[number];

const secretText = ({ path, line, kind, commit, gone }: Secret): string =>
  `${placeText(path, line)} (${kind}, ${shortSha(commit)}${goneText(gone)})`;

const goneText = (gone: boolean | null): string => {
  if (gone === null) return ", in the history and perhaps at the head";
  return gone ? ", gone at the head and still in the history" : "";
};

const hiddenText = ({ path, line, kind, commit }: HiddenCharacters): string =>
  `${placeText(path, line)} (${kind}, ${shortSha(commit)})`;

function identityLine(identity: Facts["identity"]): string {
  const { source, repository, asked_as, pull_request, state, draft, branch, base_why, head_sha } = identity;
  const base = base_why === undefined ? identity.base : `${identity.base} (${base_why})`;
  const what =
    pull_request === null ? source : `pull request ${pull_request} (${state}${draft ? ", draft" : ""})`;
  const pinned = `pinned to ${shortSha(head_sha)}`;
  if (repository === BLIND)
    return `${capitalized(what)} against ${base}, ${pinned}. Blind: whose it is was left out.`;
  const oldName = asked_as === undefined ? "" : ` (asked for as ${asked_as})`;
  return `${repository}${oldName}: ${what}, ${branch} against ${base}, ${pinned}.`;
}

function datesLine({ exercise, opened_at, pushed_at, due, late_by_days }: Facts["identity"]) {
  const dates = [
    exercise && `answers ${exercise}`,
    opened_at && `opened ${minuteOf(opened_at)}`,
    pushed_at && `last pushed ${minuteOf(pushed_at)}`,
    due && `due ${minuteOf(due)}${late_by_days ? `, ${pluralize(late_by_days, "day")} late` : ""}`,
  ].filter((part) => typeof part === "string");
  return dates.length > 0 && `${capitalized(dates.join(", "))}.`;
}

function timelineLine(timeline: Facts["timeline"]): string {
  const { commits, merge_commits = 0, active_days, first, last, single_commit } = timeline;
  const merges = merge_commits !== null && merge_commits > 0 ? ` (${pluralize(merge_commits, "merge")})` : "";
  const span = first === last ? dateOrUnknown(last) : `${dateOrUnknown(first)} to ${dateOrUnknown(last)}`;
  const remarks = [
    single_commit && "all in one commit",
    timeline.force_pushes && pluralize(timeline.force_pushes, "force push", "force pushes"),
    timeline.before_assignment && `${timeline.before_assignment} dated before the exercise was given`,
  ].filter((remark) => typeof remark === "string");
  const days = `${counted(commits, "commit")}${merges} on ${counted(active_days, "day")}`;
  return `Timeline: ${[`${days}, ${span} (as the commits claim)`, ...remarks].join("; ")}.`;
}

function testsLine(tests: Facts["tests"]): string {
  const { files_added, cases_added, focused_added = 0, emptied = 0, not_counted = [] } = tests;
  const files = `${counted(files_added, "file")} added, ${figure(tests.files_changed)} changed, ${figure(tests.files_removed)} removed`;
  const cases = `${counted(cases_added, "case")} added, ${figure(tests.cases_removed)} removed`;
  const remarks = [
    `${figure(tests.skipped_added)} newly skipped`,
    focused_added !== 0 && `${figure(focused_added)} newly focused`,
    emptied !== 0 && `${figure(emptied)} that assert nothing`,
    not_counted.length > 0 && `not counted: ${someNames(not_counted)}`,
  ].filter((remark) => typeof remark === "string");
  return `Tests: ${files}; ${cases}, ${remarks.join(", ")}.`;
}

function checksLine(checks: Facts["checks"]): string {
  if (checks === null) return "Checks: not read.";
  if (checks.length === 0) return "Checks: none reported.";
  const results = checks.map(({ name, app, status, conclusion, completed_at }) => {
    const from = app === "" ? "" : ` (${app})`;
    return `${name}${from} ${conclusion ?? status}${completed_at ? ` ${minuteOf(completed_at)}` : ""}`;
  });
  return `Checks: ${results.join(", ")}.`;
}

function workflowLine({ name, runs, first_green_at, last }: NonNullable<Facts["workflows"]>[number]): string {
  const green = first_green_at === null ? "never" : minuteOf(first_green_at);
  return `  ${name}: ${pluralize(runs, "run")}, first green ${green}, last ${last ?? "unfinished"}`;
}

const COVERAGE = { met_by: "seen", touched: "touched", not_seen: "not seen", not_known: "not known" };

function coverageLine({ status, text, evidence, claims }: Frozen<Coverage>): string {
  const traces = evidence.length > 0 ? ` (${evidence.map(seenText).join(", ")})` : "";
  const claimed = claims.length > 0 ? `; written about in ${claims.map(seenText).join(", ")}` : "";
  return `  ${COVERAGE[status]}: ${text}${traces}${claimed}`;
}

/** A place, and the candidate's line there in quotes. */
const seenText = ({ path, line, seen }: Frozen<Coverage>["evidence"][number]): string =>
  `${placeText(path, line)}${seen === undefined ? "" : ` ${JSON.stringify(seen)}`}`;

const questionLine = ({ ask, path, line }: Frozen<Question>): string =>
  `  - ${ask}${path ? ` (${placeText(path, line)})` : ""}`;

const placeText = (path: string, line: number | undefined): string =>
  line === undefined ? path : `${path}:${line}`;

const changeOf = ({ files, added, removed }: Facts["totals"]): string =>
  `${counted(files, "file")}, +${figure(added)} -${figure(removed)}`;

/** A figure, or that it is not known. */
export const figure = (n: number | null): string => (n === null ? "unknown" : `${n}`);
const counted = (n: number | null, noun: string): string =>
  n === null ? `an unknown number of ${noun}s` : pluralize(n, noun);

const minuteOf = (iso: string): string => `${new Date(iso).toISOString().slice(0, 16).replace("T", " ")} UTC`;
const dateOrUnknown = (iso: string | null): string => (iso === null ? "unknown" : minuteOf(iso));
const shortSha = (sha: string): string => sha.slice(0, 12);
const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
