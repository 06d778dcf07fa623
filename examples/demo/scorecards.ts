/** What the interviewers of the demo heard, by round: evidence for each criterion, in the order of the kit. */
const HEARD: Record<string, readonly (readonly [criterion: string, evidence: string])[]> = {
  screen: [
    ["production_evidence", "Ran 31 endpoints at 4,000 requests a second, and was paged for all of them"],
    ["tools_in_use", "Moved the team from Seldon to KServe; said what broke and for how long"],
    ["lane_fit", "Asked twice what our p99 is made of before asking about anything else"],
  ],
  architecture: [
    [
      "design_reasons",
      "Weighed Triton against a plain server by their own batch sizes, and gave up ensembles",
    ],
    [
      "rollout_and_rollback",
      "Stopped a canary at five per cent on error budget; the way back took four minutes",
    ],
    ["where_to_cut_cost", "Began with utilisation, then closed nine endpoints that nobody called"],
  ],
  incident: [
    ["timeline", "Gave the dinner-time outage minute by minute, wrong turn at the connection pool included"],
    ["p99_triage", "Shed load first, then split by node; named retries as what would mislead"],
    ["drift", "Told of a feed that went stale for eleven days, and of the check that came out of it"],
  ],
  exercise: [
    ["debugging", "Reproduced the cold start before touching a limit, and left a test behind"],
    ["judgement", "Said what a smaller pool risks at a release, and how it would show"],
  ],
  on_call_fit: [
    ["on_call_honesty", "One week in four, the worst night in figures, and pages halved within a quarter"],
    ["working_with_teams", "Got two model teams to ship with a readiness probe, and said what it cost them"],
  ],
};

/** What Jonas heard where he heard less. */
export const DOUBTS: Record<string, string> = {
  rollout_and_rollback:
    "Told the canary well; the model was rolled back, and nobody rolled back the features",
  drift: "One stale feed, found by a colleague; could not say what a threshold would have been",
};

/** A member's card for a round, as their assistant would submit it. */
export function cardFor(
  application: string,
  round: string,
  levels: readonly number[],
  more: { recommendation?: string; notes?: string; doubts?: Record<string, string> } = {},
): Record<string, unknown> {
  const { recommendation = "yes", notes, doubts = {} } = more;
  const ratings = (HEARD[round] ?? []).map(([criterion, evidence], n) => ({
    criterion,
    level: levels[n] ?? 3,
    evidence: doubts[criterion] ?? evidence,
  }));
  return { application, round, ratings, recommendation, ...(notes === undefined ? {} : { notes }) };
}
