import * as z from "zod";
import type { Answer } from "../tool.ts";
import { linesOf } from "./lines.ts";

/** What opening and changing a role answer with. */
export const RoleAnswer = z.object({
  role: z.looseObject({
    key: z.string(),
    title: z.string(),
    lane: z.string().nullable(),
    level: z.string(),
    status: z.string(),
  }),
  findings: z.array(
    z.looseObject({ rule: z.string(), severity: z.string(), why: z.string(), fix: z.string() }),
  ),
  note: z.string().optional(),
});

type Shown = {
  stages?: { id: string; goal_days: number }[];
  comp?: { min: number | null; max: number | null; currency: string } | null;
};

export function roleText(lead: string, { role, findings, note }: Answer<typeof RoleAnswer>): string {
  const { stages, comp } = role as Shown;
  return linesOf(
    `${lead}: ${role.key}, ${role.title} (${role.level}, lane ${role.lane ?? "undecided"}, ${role.status}), ${String(role.location)}${role.remote ? ", remote" : ""}.`,
    comp && `Pay: ${comp.currency} ${comp.min ?? "?"} to ${comp.max ?? "?"} a year.`,
    ...((role.outcomes as string[] | undefined) ?? []).map((outcome) => `Outcome: ${outcome}`),
    stages && `Stages: ${stages.map((s) => `${s.id} (${s.goal_days} d)`).join(" > ")}.`,
    note,
    findings.length === 0 ? "Nothing to mend." : "To mend before sourcing:",
    ...findings.map((f) => `- ${f.severity} ${f.rule}: ${f.why} ${f.fix}`),
  );
}
