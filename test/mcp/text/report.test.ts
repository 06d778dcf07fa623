import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Report } from "../../../src/domain/reports/report.ts";
import { ReportAnswer, reportAnswer } from "../../../src/mcp/answers/report.ts";
import { reportText } from "../../../src/mcp/text/report.ts";
import { readCall } from "../../support/told-call.ts";

const head = { role: "MLE", period: { from: "2026-10-01", to: "2026-11-24" }, enough: true } as const;
const stage = { stage: "screen", name: "Phone screen" };
const REPORTS: Report[] = [
  {
    ...{ ...head, report: "funnel", n: 101, notes: [] },
    rows: [
      {
        ...{ ...stage, entered: 91, passed: 41, here: 13, conversion_percent: 45.1 },
        by_source: [
          { source: "referral", entered: 47, passed: 31, conversion_percent: 66 },
          { source: "fair", entered: 4, passed: 3, conversion_percent: null },
        ],
      },
    ],
  },
  {
    ...{ ...head, report: "time_in_stage", n: 87, notes: [{ note: "few_stays", stages: ["offer"] }] },
    rows: [
      {
        ...{ ...stage, goal_days: 6 },
        completed: { n: 83, median_days: 3.4, p85_days: 7.9 },
        running: { n: 2, median_days: null, p85_days: null },
      },
    ],
  },
  {
    ...{ ...head, report: "time_to_fill", n: 16 },
    notes: [{ note: "role_unfilled", role: "OPS", weeks: 8.6, on_hold: false }],
    rows: [
      {
        ...{ roles: 16, filled: 12, unfilled: 4, median_weeks: 9.3, p85_weeks: null },
        curve: [{ weeks: 5.5, at_risk: 15, filled: 11, share_open_percent: 37.5 }],
      },
    ],
  },
  {
    ...{ ...head, report: "sources", n: 77, notes: [{ note: "sources_not_shown", n: 19 }] },
    rows: [
      {
        ...{ source: "referral", applications: 77, active: 21, reached_offer: 17, hired: 14, rejected: 33 },
        ...{ withdrawn: 9, offer_percent: 22.1, hired_percent: 18.2 },
      },
    ],
  },
  {
    ...{ ...head, report: "owed", n: 58, notes: [{ note: "tasks_left_out", n: 26 }] },
    rows: [
      {
        ...{ by: "owner@example.test", what: "assessment", count: 23, of: 29, longest_days: 12.3 },
        ...{ role: "MLE", stage: "applied" },
        step: { act: "list_tasks", role: "MLE", owed_by: "owner@example.test", stage: "applied" },
      },
    ],
  },
  {
    ...{
      ...head,
      report: "impact",
      n: 64,
      decided_before: "2026-11-01",
      notes: [{ note: "not_told_apart" }],
    },
    rows: [
      {
        ...{ ...stage, question: "sex", withheld: "small_group" },
        groups: [
          {
            ...{ answer: "female", decided: 34, passed: 11, rate_percent: 32.4, impact_ratio: 0.71 },
            ...{ below_four_fifths: true, fisher_p: 0.0456 },
          },
        ],
      },
    ],
  },
];

/** Every figure of an answer, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe("a report in words", () => {
  it.each(REPORTS.map((facts) => [facts.report, facts] as const))(
    "%s says each of its figures",
    (_name, facts) => {
      const answer = reportAnswer(facts);
      expect(ReportAnswer.parse(answer)).toEqual(answer);
      const text = reportText(answer);
      for (const n of numbersIn({ n: answer.n, rows: answer.rows })) expect(text).toContain(String(n));
      for (const day of ["2026-10-01", "2026-11-24", facts.decided_before ?? ""]) expect(text).toContain(day);
      for (const note of answer.notes) expect(text).toContain(note);
    },
  );

  it("says of too few that they are too few, in place of a share", () => {
    const [funnel, time] = REPORTS.map(reportAnswer);
    const few = { note: "insufficient data: under 5" };
    expect(funnel?.rows[0]).toMatchObject({ by_source: [{ source: "referral" }, few] });
    expect(time?.rows[0]).toMatchObject({ running: few });
    expect(funnel && reportText(funnel)).toContain("fair 3 of 4 (insufficient data: under 5)");
  });

  it("carries the call that lists the applications behind a count of tasks", () => {
    const owed = REPORTS.map(reportAnswer).find(({ report }) => report === "owed");
    const row = z.object({ next: z.unknown() }).parse(owed?.rows[0]);
    expect(readCall(row.next)).toMatchObject({ tool: "find_candidates" });
    expect(owed && reportText(owed)).toContain(
      "(find_candidates with role: MLE, owed_by: owner@example.test, stage: applied)",
    );
  });

  it("says that it is no finding of discrimination, and what is withheld", () => {
    const impact = REPORTS.map(reportAnswer).find(({ report }) => report === "impact");
    expect(impact?.notes.at(-1)).toMatch(/^A ratio is a reason to look, not a finding/);
    expect(impact?.rows[0]).toMatchObject({
      withheld: expect.stringMatching(/^withheld: some groups; a group is smaller than 10/),
    });
  });
});
