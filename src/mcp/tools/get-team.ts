import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { TeamAnswer, teamAnswer } from "../answers/team.ts";
import { teamText } from "../text/team.ts";
import { defineTool } from "../tool.ts";

export const getTeam = defineTool({
  name: "get_team",
  title: "See the team",
  description: "Everybody on the team: e-mail, access, when they can interview, what each owes.",
  toolset: "team",
  access: READ,
  effect: "read",
  input: z.strictObject({}),
  output: TeamAnswer,
  handle: async (_input, { services, session }) => teamAnswer(await services.team.get(session)),
  text: teamText,
});
