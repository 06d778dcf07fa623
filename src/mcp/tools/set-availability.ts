import * as z from "zod";
import { INTERVIEW } from "../../domain/access.ts";
import { SetAvailabilityAnswer, setAvailabilityAnswer } from "../answers/availability.ts";
import { member, timezone } from "../params.ts";
import { setAvailabilityText } from "../text/availability.ts";
import { defineTool } from "../tool.ts";

export const setAvailability = defineTool({
  name: "set_availability",
  title: "Set when a member can interview",
  description:
    "Set the user's own hours and limits (admins: anybody's). Their calendar is read at once and when times are sought; " +
    "one that cannot be read changes nothing.",
  toolset: "scheduling",
  access: INTERVIEW,
  effect: "write",
  openWorld: true,
  input: z.strictObject({
    member: member.optional(),
    timezone,
    hours: z.string().max(1_000).optional().describe("mon-thu 09:00-17:30, fri 9-15"),
    calendar_url: z.string().max(2_000).optional().describe("iCalendar, https; empty: none"),
    buffer: z.number().int().min(0).max(240).optional().describe("Minutes before and after"),
    weekly_limit: z.number().int().min(0).max(100).nullable().optional().describe("null: none"),
  }),
  output: SetAvailabilityAnswer,
  handle: async (input, { services, session }) =>
    setAvailabilityAnswer(await services.availability.set(session, input)),
  text: setAvailabilityText,
});
