import * as z from "zod";
import { UNREACHABLE } from "../../domain/pipeline/not-told.ts";
import { Level, OwnQuestion, Panel, type Role, RoleStatus } from "../../domain/roles/role.ts";
import { Stage } from "../../domain/roles/role-template.ts";
import type { RoleResult } from "../../services/roles/role-fields.ts";
import { NextCall, nextCall } from "../next-call.ts";
import { unchangedText } from "../text/fields/role.ts";
import type { Answer } from "./answer.ts";
import { Findings, findingsAnswer } from "./findings.ts";

const RoleFacts = z.object({
  key: z.string(),
  title: z.string(),
  template: z.string(),
  lane: z.string().nullable(),
  level: Level,
  status: RoleStatus,
  location: z.string(),
  remote: z.boolean(),
  on_call: z.string().nullable(),
  comp: z.object({ min: z.number().nullable(), max: z.number().nullable(), currency: z.string() }).nullable(),
  outcomes: z.array(z.string()),
  must_haves: z.array(z.string()),
  nice_to_haves: z.array(z.string()),
  panel: Panel,
  questions: z.array(OwnQuestion).optional(),
  owner: z.string(),
  openings: z.number(),
  recruiters_send: z.boolean(),
  earlier_rounds_open: z.boolean(),
  stages: z.array(
    Stage.pick({ id: true, name: true, kind: true, goal_days: true, gate: true, minutes: true }),
  ),
});

/** A role and its problems. `note` gives the reason when nothing was changed. */
export const RoleAnswer = z.object({
  role: RoleFacts,
  findings: Findings,
  moved: z.array(z.object({ ref: z.string(), from: z.string(), to: z.string() })).optional(),
  still_active: z
    .object({
      total: z.number(),
      applications: z.array(
        z.object({
          ref: z.string(),
          name: z.string(),
          stage: z.string(),
          cannot_be_written_to: z.enum(UNREACHABLE).optional(),
          next: NextCall,
        }),
      ),
    })
    .optional(),
  interviews_booked: z
    .object({
      total: z.number(),
      interviews: z.array(
        z.object({
          ref: z.string(),
          name: z.string(),
          round: z.string(),
          start: z.string(),
          next: NextCall,
        }),
      ),
    })
    .optional(),
  note: z.string().optional(),
});
export type RoleAnswer = Answer<typeof RoleAnswer>;

export const roleAnswer = ({
  role,
  owner,
  findings,
  moved = [],
  still_active,
  interviews_booked: booked,
  unchanged,
}: RoleResult): RoleAnswer => ({
  role: roleFacts(role, owner),
  findings: findingsAnswer(findings),
  ...(moved.length > 0 && { moved: [...moved] }),
  ...(still_active &&
    still_active.total > 0 && {
      still_active: {
        total: still_active.total,
        applications: still_active.applications.map(({ next, ...one }) => ({ ...one, next: nextCall(next) })),
      },
    }),
  ...(booked &&
    booked.total > 0 && {
      interviews_booked: {
        total: booked.total,
        interviews: booked.interviews.map(({ next, ...one }) => ({ ...one, next: nextCall(next) })),
      },
    }),
  ...(unchanged && { note: unchangedText(unchanged, role.key) }),
});

const roleFacts = (role: Role, owner: string): RoleAnswer["role"] => ({
  key: role.key,
  title: role.title,
  template: role.template,
  lane: role.lane,
  level: role.level,
  status: role.status,
  location: role.location,
  remote: role.remote,
  on_call: role.onCall,
  comp:
    role.compMin === null && role.compMax === null
      ? null
      : { min: role.compMin, max: role.compMax, currency: role.currency },
  outcomes: role.outcomes,
  must_haves: role.mustHaves,
  nice_to_haves: role.niceToHaves,
  panel: role.panel,
  ...(role.questions.length > 0 && { questions: [...role.questions] }),
  owner,
  openings: role.openings,
  recruiters_send: role.recruitersSend,
  earlier_rounds_open: role.earlierRoundsOpen,
  stages: role.stages.map(({ id, name, kind, goal_days, minutes, gate }) => ({
    id,
    name,
    kind,
    goal_days,
    gate,
    ...(minutes === undefined ? {} : { minutes }),
  })),
});
