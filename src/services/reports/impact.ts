import { ACTS, may } from "../../domain/access.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { adverseImpact } from "../../domain/reports/adverse-impact.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import {
  type Group,
  publish,
  SMALLEST,
  SMALLEST_OUTCOME,
  type Table,
  type Withheld,
} from "../../domain/reports/suppress.ts";
import { countImpact, type ImpactCell, isImpactOn } from "../../store/reports/self-reports.ts";
import { labelUsedStages, type ReportContext } from "./report-context.ts";

/** Who gave no answer is no group. */
const NO_ANSWER = /^(?:unknown|not stated|declined|prefer not to (?:say|answer))$/i;

const WHY: Record<Withheld, string> = {
  small_group: `a group is smaller than ${SMALLEST}, and others with it because a difference would show it`,
  small_outcome: `in a group fewer than ${SMALLEST_OUTCOME} passed or fewer than ${SMALLEST_OUTCOME} did not, and others with it because a difference would show it`,
  no_comparison: "fewer than two groups can be told, and one alone compares nothing",
};

/**
 * Selection rates per stage by what applicants said of themselves, for the whole workspace or a role that may be told
 * apart. Counts what was decided before the first of this month, so that two calls differ by no single decision; a
 * member's own application counts as well, since two admins would otherwise differ by one person.
 * @throws DomainError `forbidden` unless an admin asks, `precondition_failed` while it is off, `invalid` for a `since`.
 */
export async function impact(context: ReportContext): Promise<Body> {
  const { db, session, scope } = context;
  if (!may(session.member, ACTS.impact.rule)) throw onlyAdmins();
  if (!(await isImpactOn(db, session.workspaceId))) throw turnedOff();
  if (scope.since !== null) throw noPeriod();
  const before = new Date(Date.UTC(session.now.getUTCFullYear(), session.now.getUTCMonth(), 1));
  const cells = (await countImpact(db, session.workspaceId, before)).filter((c) => !NO_ANSWER.test(c.answer));
  const labels = await labelUsedStages(context);
  const rows: (Row & { groups: readonly Group[] })[] = [];
  const asked = tables(cells);
  const few = Math.max(0, ...[...asked.values()].map(peopleIn)) < SMALLEST * 2;
  let apart = true;
  for (const [key, of] of few ? [] : asked) {
    const [question = "", stage = ""] = JSON.parse(key) as string[];
    const told = publish(of.map((c) => ({ ...c, role: c.roleId })));
    const table = scope.roleId === null ? told.all : told.roles.get(scope.roleId);
    apart &&= table !== undefined;
    if (!table) continue;
    rows.push({
      question,
      stage,
      name: labels.get(stage)?.name ?? stage,
      groups: table.groups.length === 0 ? [] : adverseImpact(table.groups),
      withheld: toldOf(table),
    });
  }
  const n = Math.max(0, ...rows.map(({ groups }) => peopleIn(groups)));
  return {
    of: `applications with an answer, decided before ${dayOf(before)}: the most in one row`,
    clock: `Counted are applications with an answer to the question; no answer, or a declined one, is no group. decided = their first stay in the stage has ended, whichever way: moved on, hired, rejected, withdrawn or moved back. passed = ever left it for a later stage or a hire. rate_percent = passed / decided. impact_ratio = rate / highest rate; under 0.8 is the four-fifths reading of 29 CFR 1607.4(D); fisher_p is Fisher's exact test, two-sided, against the group with the highest rate. Withheld are groups under ${SMALLEST}, groups in which fewer than ${SMALLEST_OUTCOME} passed or fewer than ${SMALLEST_OUTCOME} did not, and others where a difference would show one.`,
    n,
    enough: n > 0,
    rows,
    notes: [
      ...(few
        ? [
            `Insufficient data: to compare two groups of ${SMALLEST}, ${SMALLEST * 2} applications with an answer to one question are needed that were decided on at one stage.`,
          ]
        : []),
      ...(scope.roleId !== null && !apart
        ? [
            "Stages are missing where none of this role's applications with an answer is decided, or where a difference to the whole would show a small group or outcome.",
          ]
        : []),
      "A ratio is a reason to look, not a finding; small numbers move it. Guidance, not legal advice.",
    ],
  };
}

const peopleIn = (of: readonly { readonly decided: number }[]): number =>
  of.reduce((sum, { decided }) => sum + decided, 0);

/** Which groups are withheld and why, in words; null where none is. */
const toldOf = ({ groups, withheld }: Table): string | null =>
  withheld === null
    ? null
    : `withheld: ${groups.length === 0 ? "all groups" : "some groups"}; ${WHY[withheld]}`;

function tables(cells: readonly ImpactCell[]): Map<string, ImpactCell[]> {
  const of = new Map<string, ImpactCell[]>();
  for (const cell of [...cells].sort((a, b) =>
    a.question < b.question ? -1 : a.question > b.question ? 1 : a.position - b.position,
  )) {
    const key = JSON.stringify([cell.question, cell.stage]);
    of.set(key, [...(of.get(key) ?? []), cell]);
  }
  return of;
}

const onlyAdmins = () =>
  new DomainError(
    "forbidden",
    "The impact report is for admins.",
    "Ask an admin of the workspace to call it.",
  );

const turnedOff = () =>
  new DomainError(
    "precondition_failed",
    "The impact report is off.",
    "An admin turns it on where the program runs: greenflag impact on, then greenflag impact import FILE.",
  );

const noPeriod = () =>
  new DomainError(
    "invalid",
    "since: not taken by the impact report, since two periods taken from each other would single people out.",
    "Call it without since.",
  );
