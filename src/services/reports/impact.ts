import { ACTS, may } from "../../domain/access.ts";
import { dayOf } from "../../domain/days.ts";
import { DomainError } from "../../domain/errors.ts";
import { adverseImpact } from "../../domain/reports/adverse-impact.ts";
import type { ReportBody } from "../../domain/reports/report.ts";
import type { ImpactRow } from "../../domain/reports/report-rows.ts";
import { MIN_GROUP_SIZE, publish } from "../../domain/reports/suppress.ts";
import { countImpact, type ImpactCell, isImpactOn } from "../../store/reports/self-reports.ts";
import { labelUsedStages, type ReportContext } from "./report-context.ts";

/** Answers that mean no answer. These people form no group. */
const NO_ANSWER = /^(?:unknown|not stated|declined|prefer not to (?:say|answer))$/i;

/**
 * Selection rates per stage by applicants' answers about themselves, for the workspace or for a role that may be
 * published separately. Only decisions before the first of this month are counted, so that two calls never differ by a
 * single decision. A member's own application is counted, because otherwise the figures for two admins would differ by
 * one person.
 * @throws DomainError `forbidden` unless an admin asks, `precondition_failed` while the report is off, `invalid` for a
 *   `since`.
 */
export async function impact(context: ReportContext): Promise<ReportBody<"impact">> {
  const { db, session, scope } = context;
  if (!may(session.member, ACTS.impact.rule)) throw onlyAdmins();
  if (!(await isImpactOn(db, session.workspaceId))) throw turnedOff();
  if (scope.since !== null) throw noPeriod();
  const before = new Date(Date.UTC(session.now.getUTCFullYear(), session.now.getUTCMonth(), 1));
  const cells = (await countImpact(db, session.workspaceId, before)).filter((c) => !NO_ANSWER.test(c.answer));
  const labels = await labelUsedStages(context);
  const tables = byQuestionAndStage(cells);
  const tooFew = Math.max(0, ...tables.map((table) => peopleIn(table.cells))) < MIN_GROUP_SIZE * 2;
  const rows = (tooFew ? [] : tables).flatMap(({ question, stage, cells: asked }): ImpactRow[] => {
    const { all, roles } = publish(asked.map((c) => ({ ...c, role: c.roleId })));
    const published = scope.roleId === null ? all : roles.get(scope.roleId);
    if (!published) return [];
    const groups = published.groups.length === 0 ? [] : adverseImpact(published.groups);
    return [
      { question, stage, name: labels.get(stage)?.name ?? stage, groups, withheld: published.withheld },
    ];
  });
  const n = Math.max(0, ...rows.map(({ groups }) => peopleIn(groups)));
  const isMissingStages = !tooFew && rows.length < tables.length;
  return {
    decided_before: dayOf(before),
    n,
    enough: n > 0,
    rows,
    notes: [
      ...(tooFew ? [{ note: "too_few_to_compare" } as const] : []),
      ...(isMissingStages ? [{ note: "not_told_apart" } as const] : []),
    ],
  };
}

const peopleIn = (of: readonly { readonly decided: number }[]): number =>
  of.reduce((sum, { decided }) => sum + decided, 0);

type Table = { readonly question: string; readonly stage: string; readonly cells: readonly ImpactCell[] };

/** Groups the counts by question and stage, in the order of the pipelines. */
function byQuestionAndStage(cells: readonly ImpactCell[]): Table[] {
  const sorted = [...cells].sort((a, b) =>
    a.question < b.question ? -1 : a.question > b.question ? 1 : a.position - b.position,
  );
  const tables = new Map<string, { question: string; stage: string; cells: ImpactCell[] }>();
  for (const cell of sorted) {
    const { question, stage } = cell;
    const key = JSON.stringify([question, stage]);
    const table = tables.get(key) ?? { question, stage, cells: [] };
    table.cells.push(cell);
    tables.set(key, table);
  }
  return [...tables.values()];
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
