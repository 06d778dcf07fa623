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
