import * as z from "zod";
import type { AvailabilitySet } from "../../services/scheduling/set-availability.ts";
import { unreadableEntriesText } from "../text/fields/interview.ts";
import type { Answer } from "./answer.ts";

/** When a member can interview, as it is on record; `availability` is absent where nothing is. */
export const SetAvailabilityAnswer = z.object({
  member: z.object({ email: z.string(), name: z.string() }),
  availability: z
    .object({
      timezone: z.string(),
      hours: z.string(),
      /** Minutes free before and after an interview. */
      buffer: z.number(),
      /** Absent without one. */
      weekly_limit: z.number().optional(),
      calendar: z.object({ source: z.string(), busy: z.number(), unread: z.string().optional() }).optional(),
    })
    .optional(),
  changed: z.array(z.string()),
});
export type SetAvailabilityAnswer = Answer<typeof SetAvailabilityAnswer>;

export function setAvailabilityAnswer({
  member,
  availability,
  changed,
}: AvailabilitySet): SetAvailabilityAnswer {
  if (availability === undefined) return { member, changed };
  const { weekly_limit, calendar, ...rest } = availability;
  const unread = calendar ? unreadableEntriesText(calendar.unread, "the calendar") : "";
  return {
    member,
    changed,
    availability: {
      ...rest,
      ...(weekly_limit !== null && { weekly_limit }),
      ...(calendar && {
        calendar: { source: calendar.source, busy: calendar.busy, ...(unread !== "" && { unread }) },
      }),
    },
  };
}
