import * as z from "zod";
import type { Role } from "./role.ts";
import type { RoleTemplate } from "./role-template.ts";

/** Something about a role that will cost time or people, and what to do about it. */
export const Finding = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  where: z.string(),
  quote: z.string().optional(),
  why: z.string(),
  fix: z.string(),
});
export type Finding = z.infer<typeof Finding>;

const MUST_HAVES = 6; // a short, lane-specific list; beyond it good people rule themselves out

/** What is wrong with a role before anyone is interviewed, worst first. */
export function checkRole(role: Role, template: RoleTemplate): Finding[] {
  return [...scope(role, template), ...outcomes(role), ...pay(role, template), ...requirements(role)];
}

function scope(role: Role, template: RoleTemplate): Finding[] {
  if (role.lane !== null || template.lanes.length === 0) return [];
  return [
    {
      rule: "lane_missing",
      severity: "error",
      where: "lane",
      why: `${template.title} is ${template.lanes.length} different jobs under one title; an undecided search is the slow one.`,
      fix: `Choose one: ${template.lanes.map((lane) => lane.id).join(", ")} (get_role_template, section lanes).`,
    },
  ];
}

function outcomes(role: Role): Finding[] {
  if (role.outcomes.length === 0) {
    return [
      {
        rule: "outcomes_missing",
        severity: "error",
        where: "outcomes",
        why: "Without a stated result the hire drifts, and people hired to drift leave within months.",
        fix: "Name two or three results with a number, such as p99 latency from 800 ms to under 200 ms.",
      },
    ];
  }
  return role.outcomes
    .filter((text) => !/\d/.test(text))
    .map((text) => ({
      rule: "outcome_without_number",
      severity: "warning" as const,
      where: "outcomes",
      quote: text,
      why: "Nobody can tell whether this was reached.",
      fix: "Say from what to what, or by how much.",
    }));
}

function pay(role: Role, template: RoleTemplate): Finding[] {
  if (role.compMin === null || role.compMax === null) {
    return [
      {
        rule: "comp_missing",
        severity: "warning",
        where: "comp_min, comp_max",
        why: "Candidates ask first, and several places require a range in the post.",
        fix: "Set comp_min and comp_max (get_role_template, section salary, has the bands).",
      },
    ];
  }
  const band = template.salary.levels.find((level) => level.id === role.level);
  if (!band || role.currency !== template.salary.currency || role.compMax >= band.low) return [];
  return [
    {
      rule: "comp_below_band",
      severity: "error",
      where: "comp_max",
      why: `The whole range lies below the ${role.level} band of ${band.low} to ${band.high} ${role.currency}: a band saved on is a person lost.`,
      fix: `Raise comp_max to at least ${band.low}, or open the role at a lower level.`,
    },
  ];
}

function requirements(role: Role): Finding[] {
  const found: Finding[] = [];
  if (role.mustHaves.length > MUST_HAVES) {
    found.push({
      rule: "must_haves_many",
      severity: "warning",
      where: "must_haves",
      why: `${role.mustHaves.length} must-haves describe nobody; each one past the first few turns operators away.`,
      fix: `Keep at most ${MUST_HAVES} and move the rest to nice_to_haves.`,
    });
  }
  if (role.onCall === null) {
    found.push({
      rule: "on_call_unstated",
      severity: "info",
      where: "on_call",
      why: "Pager load is learnt sooner or later; an honest line up front keeps the people who mind from the last round.",
      fix: "Say the rotation and the usual number of pages, or that there is none.",
    });
  }
  return found;
}
