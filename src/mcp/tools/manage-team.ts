import * as z from "zod";
import { ADMINISTER } from "../../domain/access.ts";
import { Access } from "../../domain/member.ts";
import { TeamChangeAnswer, teamChangeAnswer } from "../answers/team.ts";
import { email, member, personName } from "../params.ts";
import { teamChangeText } from "../text/team.ts";
import { defineTool } from "../tool.ts";

export const manageTeam = defineTool({
  name: "manage_team",
  title: "Change the team",
  description:
    "Add (name, access), rename (new_email, name), change access of, or remove a member. What lets somebody in or takes " +
    "them off needs a person, as in move_candidate.",
  toolset: "team",
  access: ADMINISTER,
  effect: "decide",
  input: z.strictObject({
    action: z.enum(["add", "rename", "access", "remove"]),
    email: member,
    new_email: email.optional(),
    name: personName.optional(),
    access: Access.optional(),
    confirm: z.string().max(20).optional(),
  }),
  output: TeamChangeAnswer,
  confirmation: ({ confirmation }) => confirmation,
  handle: async (input, { services, session }) =>
    teamChangeAnswer(await services.team.change(session, input)),
  text: teamChangeText,
});
