import * as z from "zod";
import { Access } from "../../domain/member.ts";
import type { TeamChange } from "../../services/team/change-team.ts";
import type { TeamMember } from "../../services/team/get-team.ts";
import { teamSummaryText } from "../text/fields/team.ts";
import type { Answer } from "./answer.ts";
import { Confirmation } from "./confirmation.ts";

const Count = z.number().optional();

/** Everybody on the team. What is not on record is absent, and so is a count of none. */
export const TeamAnswer = z.object({
  members: z.array(
    z.object({
      email: z.string(),
      name: z.string(),
      access: Access,
      is_me: z.boolean().optional(),
      timezone: z.string().optional(),
      availability: z
        .object({
          hours: z.string(),
          weekly_limit: z.number().optional(),
          buffer: z.number().optional(),
          calendar: z.boolean().optional(),
        })
        .optional(),
      /** Counted over the applications that the reader sees. */
      owes: z.object({
        assessment: Count,
        submission: Count,
        booking: Count,
        scorecards: Count,
        votes: Count,
        interviews: Count,
      }),
    }),
  ),
});
export type TeamAnswer = Answer<typeof TeamAnswer>;

export const teamAnswer = ({ members }: { readonly members: readonly TeamMember[] }): TeamAnswer => ({
  members: members.map(({ is_me, availability, owes, ...member }) => ({
    ...member,
    ...(is_me && { is_me }),
    ...(availability && { availability: availabilityAnswer(availability) }),
    owes: { ...owes },
  })),
});

const availabilityAnswer = ({
  hours,
  weekly_limit,
  buffer,
  calendar,
}: NonNullable<TeamMember["availability"]>) => ({
  hours,
  ...(weekly_limit !== null && { weekly_limit }),
  ...(buffer > 0 && { buffer }),
  ...(calendar && { calendar }),
});

const Person = z.object({ email: z.string(), name: z.string(), access: Access });

/** The answer to a change of the team. With `confirmation` it waits for a person, and nothing has changed. */
export const TeamChangeAnswer = z.object({
  action: z.enum(["add", "rename", "access", "remove"]),
  /** As they are now; with `confirmation`, as they would be; after a removal, as they were. */
  member: Person,
  changed: z.boolean(),
  before: Person.optional(),
  /** They were on the team before. */
  again: z.boolean().optional(),
  /** What they were assigned to, where others have to take it over. */
  left: z
    .object({
      scorecards: z.array(z.object({ application: z.string(), round: z.string() })),
      panels: z.array(z.object({ role: z.string(), rounds: z.array(z.string()) })),
      interviews: z.array(z.object({ application: z.string(), round: z.string(), start: z.string() })),
      applications: z.array(z.string()),
      roles: z.array(z.string()),
    })
    .optional(),
  confirmation: Confirmation.optional(),
});
export type TeamChangeAnswer = Answer<typeof TeamChangeAnswer>;

export function teamChangeAnswer(change: TeamChange): TeamChangeAnswer {
  const { left, confirmation, ...facts } = change;
  return {
    ...facts,
    ...(left && {
      left: {
        scorecards: left.cards.map(({ ref: application, round }) => ({ application, round })),
        panels: left.panels,
        interviews: left.interviews.map(({ ref: application, ...interview }) => ({
          application,
          ...interview,
        })),
        applications: left.applications,
        roles: left.roles,
      },
    }),
    ...(confirmation && { confirmation: { ...confirmation, summary: teamSummaryText(change) } }),
  };
}
