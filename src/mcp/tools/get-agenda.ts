import * as z from "zod";
import { READ } from "../../domain/access.ts";
import { MAX_AGENDA_DAYS } from "../../domain/pipeline/agenda.ts";
import { AgendaAnswer, agendaAnswer } from "../answers/agenda.ts";
import { agendaText } from "../text/agenda.ts";
import { defineTool } from "../tool.ts";

export const getAgenda = defineTool({
  name: "get_agenda",
  title: "See what is ahead",
  description:
    "Interviews, tasks, drafts, offers ending and people not told, for days ahead: one's own, a colleague's or all.",
  toolset: "roles",
  access: READ,
  effect: "read",
  input: z.strictObject({
    member: z.string().max(254).optional().describe("E-mail, me or all"),
    from: z.string().max(80).optional().describe("Day or moment"),
    days: z.number().int().min(1).max(MAX_AGENDA_DAYS).optional(),
  }),
  output: AgendaAnswer,
  handle: async (input, { services, session }) => agendaAnswer(await services.agenda.get(session, input)),
  text: agendaText,
});
