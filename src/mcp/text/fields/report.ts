// The sentences that a report carries as fields.

import type { Frozen } from "../../../domain/frozen.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import { MIN_COUNTED, type Report, type ReportNote } from "../../../domain/reports/report.ts";
import type { ImpactRow, Withheld } from "../../../domain/reports/report-rows.ts";
import { MIN_GROUP_SIZE, MIN_OUTCOME_SIZE } from "../../../domain/reports/suppress.ts";

const COUNTED: Record<Report["report"], string> = {
  funnel: "applications that came in",
  time_in_stage: "stays in a stage that ended",
  time_to_fill: "roles opened",
  sources: "applications that came in",
  offers: "applications to which an offer was extended",
  owed: "active applications of roles that are open or on hold, as they stand now",
  agreement: "paired ratings on the newest scorecards",
  impact: "applications with an answer",
};

/** What a report's n counts. */
export const countedText = ({ report, decided_before: before }: Report): string =>
  `${COUNTED[report]}${before === undefined ? "" : `, decided before ${before}: the most in one row`}`;

const CLOCKS: Record<Report["report"], readonly string[]> = {
  funnel: [
    "An application counts as entered once it ever stood in a stage, as passed once it ever left it for a later stage or a hire;",
    `a move that was undone does not count. conversion_percent = passed / entered, null under ${MIN_COUNTED} entered;`,
    "who is still there has not passed yet.",
  ],
  time_in_stage: [
    "Days from entering a stage to leaving it, to a tenth; nearest rank, so each figure is a stay that occurred.",
    "running counts from entering to now and is apart, since it will only grow; since does not narrow it.",
    "goal_days is null where roles have different goals.",
  ],
  time_to_fill: [
    "Weeks from opening a role to filling it, by the product-limit estimate of Kaplan and Meier: a role that is open, on hold",
    "or cancelled counts as waiting until now or its end. median_weeks and p85_weeks are by when the estimate has half and",
    "85 per cent of the roles filled, null while it does not get there.",
  ],
  sources: [
    "How applications stand now. offer_percent and hired_percent = of the applications of the source; those still active may",
    "yet get there. reached_offer counts whoever ever stood in an offer stage.",
  ],
  offers: [
    "Of each application the newest offer that was extended, as it stands now. accepted_percent = accepted / (accepted +",
    `declined), null under ${MIN_COUNTED}. to_answer = days from extending to an answer, to a tenth; nearest rank.`,
  ],
  owed: [
    "count = applications that lack it, of = all for which the person is asked for it. Assessments and submissions without",
    "which a stage cannot be left: longest_days = the longest that anybody has been in the stage. Scorecards of rounds that",
    "are reached: from the assignment. Votes: from entering the stage.",
  ],
  agreement: [
    "How far interviewers who rated the same criterion of the same candidate in the same round agree: n = ratings that stand",
    "beside another one, needed = how many it takes, criteria = what they are about, interval = 95 per cent by bootstrap over",
    "criteria, in up to 200 groups",
    "(50 where there are over 2 roles). Cards count from their submission.",
  ],
  impact: [
    "Counted are applications with an answer to the question; no answer, or a declined one, is no group. decided = their first",
    "stay in the stage has ended, whichever way: moved on, hired, rejected, withdrawn or moved back. passed = ever left it for a",
    "later stage or a hire. rate_percent = passed / decided. impact_ratio = rate / highest rate; under 0.8 is the four-fifths",
    "reading of 29 CFR 1607.4(D); fisher_p is Fisher's exact test, two-sided, against the group with the highest rate. Withheld",
    `are groups under ${MIN_GROUP_SIZE}, groups in which fewer than ${MIN_OUTCOME_SIZE} passed or fewer than ${MIN_OUTCOME_SIZE} did not,`,
    "and others where a difference would show one.",
  ],
};

/** From when to when each time is measured, or what each share is a share of. */
export const clockText = (report: Report["report"]): string => CLOCKS[report].join(" ");

/** What a row about too few says where a share or a median would stand; nothing where there are enough. */
export const fewNote = (n: number): { note?: string } =>
  n < MIN_COUNTED ? { note: `insufficient data: under ${MIN_COUNTED}` } : {};

/** What a report says beside its figures. */
export function notesText(report: Report): string[] {
  const notes = report.notes.map(noteText);
  switch (report.report) {
    case "owed":
      return report.rows.length === 0 ? ["Nothing is owed.", ...notes] : notes;
    case "agreement":
      return report.rows[0]?.role === null ? ["role null is all roles together.", ...notes] : notes;
    case "impact":
      return [
        ...notes,
        "A ratio is a reason to look, not a finding; small numbers move it. Guidance, not legal advice.",
      ];
    default:
      return notes;
  }
}

function noteText(note: ReportNote): string {
  switch (note.note) {
    case "too_few":
      return tooFew(pluralize(note.n, note.what.replace("_", " ")));
    case "too_few_roles": {
      const opened = openedText(note.since);
      const alone = note.alone ? " One role alone has no median: call it without role." : "";
      return tooFew(pluralize(note.n, `role${opened}`, `roles${opened}`)) + alone;
    }
    case "none_filled":
      return `No estimate: none of the ${note.n} roles${openedText(note.since)} has been filled yet.`;
    case "role_unfilled": {
      const weeks = pluralize(note.weeks, "week");
      return note.on_hold
        ? `${note.role} was opened ${weeks} ago and is on hold.`
        : `${note.role} has been open for ${weeks}.`;
    }
    case "few_stays":
      return `Insufficient data (under ${MIN_COUNTED} completed stays): ${note.stages.join(", ")}.`;
    case "few_from_sources": {
      const sources = pluralize(note.n, "source has", "sources have");
      return `${sources} under ${MIN_COUNTED} applications: no share is given for them.`;
    }
    case "stages_undated": {
      const came = pluralize(note.n, "application");
      return `${came} came in with an import that does not say when earlier stages were passed: they count as passed.`;
    }
    case "opening_unknown": {
      const roles = pluralize(note.n, "role is", "roles are");
      return `${roles} left out, since people had applied before the role was opened here: ${note.roles.join(", ")}.`;
    }
    case "sources_not_shown":
      return `${pluralize(note.n, "smaller source is", "smaller sources are")} not shown.`;
    case "tasks_left_out": {
      const applications = pluralize(note.n, "active application");
      return `Left out: ${applications} of roles that are filled or cancelled. move_candidate ends them.`;
    }
    case "since_does_not_apply":
      return "since does not apply to this report: it is about what is owed now, however old.";
    case "nothing_rated": {
      const when = note.since === null ? "yet" : `on a card submitted since ${note.since}`;
      return `Nothing is rated ${when}${note.own ? " of those whom you interview" : ""}.`;
    }
    case "cards_left_out": {
      const applications = pluralize(note.n, "application is", "applications are");
      return `${applications} left out, for which you have still to submit a scorecard.`;
    }
    case "too_few_to_compare":
      return (
        `Insufficient data: to compare two groups of ${MIN_GROUP_SIZE}, ${MIN_GROUP_SIZE * 2} applications ` +
        "with an answer to one question are needed that were decided on at one stage."
      );
    case "not_told_apart":
      return (
        "Stages are missing where none of this role's applications with an answer is decided, " +
        "or where a difference to the whole would show a small group or outcome."
      );
  }
}

const tooFew = (counted: string): string =>
  `Insufficient data: ${counted}, and at least ${MIN_COUNTED} are needed.`;

const openedText = (since: string | null): string => (since === null ? "" : ` opened since ${since}`);

const WHY_WITHHELD: Record<Withheld, string> = {
  small_group: `a group is smaller than ${MIN_GROUP_SIZE}, and others with it because a difference would show it`,
  small_outcome:
    `in a group fewer than ${MIN_OUTCOME_SIZE} passed or fewer than ${MIN_OUTCOME_SIZE} did not, ` +
    "and others with it because a difference would show it",
  no_comparison: "fewer than two groups can be told, and one alone compares nothing",
};

/** Which groups are withheld and why; null where none is. */
export const withheldText = ({ groups, withheld }: Frozen<ImpactRow>): string | null =>
  withheld === null
    ? null
    : `withheld: ${groups.length === 0 ? "all groups" : "some groups"}; ${WHY_WITHHELD[withheld]}`;
