import { pluralize } from "../../domain/pluralize.ts";
import type { SetAvailabilityAnswer } from "../answers/availability.ts";
import { linesOf } from "./lines.ts";

/** When a member can interview, as it is on record now. */
export function setAvailabilityText({ member, availability, changed }: SetAvailabilityAnswer): string {
  const who = `${member.name} (${member.email})`;
  if (!availability)
    return `Nothing is on record about when ${who} can interview. Give timezone and hours to set it.`;
  const { timezone, hours, buffer, weekly_limit, calendar } = availability;
  return linesOf(
    `${who} can interview ${hours} (${timezone}).`,
    `${weekly_limit === undefined ? "No weekly limit" : `At most ${pluralize(weekly_limit, "interview")} a week`}; ` +
      `${pluralize(buffer, "minute")} free before and after.`,
    calendar
      ? `Calendar: ${calendar.source}, read just now; ${pluralize(calendar.busy, "busy time")} in the next half year.`
      : "No calendar: only hours and interviews booked here count.",
    calendar?.unread,
    changed.length === 0 ? "Nothing was changed." : `Changed: ${changed.join(", ")}.`,
  );
}
