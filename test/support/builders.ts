import type { PanelState, RoundInterview } from "../../src/domain/panel/panel.ts";
import type { Stage } from "../../src/domain/roles/role-template.ts";

const stage = (id: string, kind: Stage["kind"], gate: Stage["gate"], goal_days = 3): Stage => ({
  id,
  name: id,
  kind,
  gate,
  goal_days,
});

/** The stages of an MLOps role, as far as rules look at them. */
export const stages: readonly Stage[] = [
  stage("applied", "application", ["assessment"]),
  stage("screen", "interview", ["scorecards"]),
  stage("architecture", "interview", ["scorecards"]),
  stage("incident", "interview", ["scorecards"]),
  stage("exercise", "exercise", ["scorecards", "submission"]),
  stage("on_call_fit", "interview", ["scorecards"]),
  stage("debrief", "debrief", ["votes"]),
  stage("offer", "offer", []),
];

/** A panel of nobody, for which nothing has happened, but for what is given. */
export const panelOf = (more: Partial<PanelState>): PanelState => ({
  ...{ seats: [], planned: [], voted: [], closed: [], interviews: [], firstCards: [], handedInAt: null },
  ...more,
});

/** An interview of an hour, held unless something else is said. */
export const interviewOf = (
  round: string,
  startsAt: Date,
  status: RoundInterview["status"] = "held",
): RoundInterview => ({
  ...{ round, status, startsAt, changedAt: startsAt, interviewers: [] },
  endsAt: new Date(startsAt.getTime() + 3_600_000),
});
