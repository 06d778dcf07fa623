import { aggregateOf, coverageGaps, criteriaOf, ratersOf, unitsOf } from "../src/domain/panel/debrief.ts";
import { dissentOf } from "../src/domain/panel/dissent.ts";
import type { Kit, Scorecard } from "../src/domain/panel/scorecard.ts";
import { agreementOf } from "../src/domain/statistics/agreement.ts";
import { krippendorffAlpha } from "../src/domain/statistics/alpha.ts";
import { median, report } from "./report.ts";

const RATERS = 8;
const CRITERIA = 12;
const RESAMPLES = 1_000;
const TIMES = 15;

/** What a debrief computes, beside as many plain alphas as it resamples. */
export function benchDebrief(): void {
  const anchors = { 1: "one", 2: "two", 3: "three", 4: "four" };
  const ids = Array.from({ length: CRITERIA }, (_, n) => `c${n}`);
  const kit: Kit = {
    ...{ round: "incident", purpose: "p", minutes: 60, questions: [], do_not_ask: [] },
    criteria: ids.map((id) => ({ id, label: id, anchors })),
  };
  const cards = Array.from({ length: RATERS }, (_, r): Scorecard => {
    const ratings = ids.map((criterion, n) => ({
      criterion,
      level: 1 + ((n * 7 + r * (n % 3)) % 4),
      evidence: "Said what happened, and when",
    }));
    const member = `m${r}`;
    return {
      ...{ id: member, round: "incident", member, version: 1, ratings, recommendation: r % 3 ? "yes" : "no" },
      ...{
        notes: "",
        reason: null,
        submittedBy: member,
        byAdmin: false,
        client: "c",
        submittedAt: new Date(0),
      },
    };
  });
  const debrief = () => {
    const criteria = criteriaOf([kit], cards);
    return [
      aggregateOf(criteria),
      coverageGaps(criteria),
      ratersOf(criteria),
      dissentOf(criteria, cards, []),
      agreementOf(unitsOf(criteria), { resamples: RESAMPLES }),
    ];
  };
  const units = unitsOf(criteriaOf([kit], cards));
  const plain = () => Array.from({ length: RESAMPLES }, () => krippendorffAlpha(units, "ordinal"));
  report(
    `a debrief of ${RATERS} raters, ${CRITERIA} criteria, ${RESAMPLES} resamples (ms)`,
    time(debrief),
    time(plain),
    "under 50 ms",
  );
}

function time(work: () => unknown): number {
  return median(
    Array.from({ length: TIMES }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
  );
}
