import { may } from "../../domain/access.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { adverseImpact } from "../../domain/reports/adverse-impact.ts";
import type { Body, Row } from "../../domain/reports/report.ts";
import { publish, SMALLEST } from "../../domain/reports/suppress.ts";
import { countImpact, type ImpactCell, isImpactOn } from "../../store/self-reports.ts";
import { type ReportContext, stageNames } from "./report-context.ts";

/** Who gave no answer is no group. */
const NO_ANSWER = /^(?:unknown|not stated|declined|prefer not to (?:say|answer))$/i;

/**
 * Selection rates per stage by what applicants said of themselves, for the whole workspace or a role that may be told
 * apart. Counts what was decided before the first of this month, so that two calls differ by no single decision; a
 * member's own application counts as well, since two admins would otherwise differ by one person.
 * @throws DomainError `forbidden` unless an admin asks, `unmet` while it is off, `invalid` for a `since`.
 */
export async function impact(context: ReportContext): Promise<Body> {
  const { db, session, scope } = context;
  if (!may(session.member, "impact")) throw onlyAdmins();
  if (!(await isImpactOn(db, session.workspaceId))) throw turnedOff();
  if (scope.since !== null) throw noPeriod();
  const before = new Date(Date.UTC(session.now.getUTCFullYear(), session.now.getUTCMonth(), 1));
  const cells = (await countImpact(db, session.workspaceId, before)).filter((c) => !NO_ANSWER.test(c.answer));
  const names = stageNames(context);
  const rows: Row[] = [];
  let apart = true;
  for (const [key, of] of tables(cells)) {
    const [question = "", stage = ""] = JSON.parse(key) as string[];
    const told = publish(of.map((c) => ({ ...c, role: c.roleId })));
    const table = scope.roleId === null ? told.all : told.roles.get(scope.roleId);
    apart &&= table !== undefined;
    if (!table) continue;
    rows.push({
      question,
      stage,
      name: names.get(stage) ?? stage,
      groups: table.groups.length === 0 ? [] : adverseImpact(table.groups),
      some_withheld: table.withheld,
    });
  }
  const n = Math.max(
    0,
    ...[...tables(cells).values()].map((of) => of.reduce((sum, c) => sum + c.decided, 0)),
  );
  const enough = n >= SMALLEST * 2;
  return {
    of: `stays decided before ${dayOf(before)}`,
    clock: `rate_percent = passed / decided, of those who said something of themselves and whose stay in the stage has ended. impact_ratio = rate / highest rate; under 0.8 is the four-fifths reading of 29 CFR 1607.4(D); fisher_p is Fisher's exact test, two-sided, against the group with the highest rate. Groups under ${SMALLEST} are withheld, and others with them where a difference would show one.`,
    n: enough ? n : 0,
    enough,
    rows: enough ? rows : [],
    notes: [
      ...(enough
        ? []
        : [`Insufficient data: too few answers were decided on to tell groups of ${SMALLEST} apart.`]),
      ...(scope.roleId !== null && !apart
        ? ["This role is not told apart at every stage: a difference to the whole would show a small group."]
        : []),
      "A ratio is a reason to look, not a finding; small numbers move it. Guidance, not legal advice.",
    ],
  };
}

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
    "unmet",
    "The impact report is off.",
    "An admin turns it on where the program runs: greenflag impact on, then greenflag impact import FILE.",
  );

const noPeriod = () =>
  new DomainError(
    "invalid",
    "since: not taken by the impact report, since two periods taken from each other would single people out.",
    "Call it without since.",
  );
