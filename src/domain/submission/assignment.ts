import { DAY, daysBetween } from "../days.ts";
import { DomainError } from "../errors.ts";
import { isoIn } from "../scheduling/wall-clock.ts";

/**
 * The progress of giving an exercise. One that needs no repository is `given` at once. The git host has no transactions,
 * so there are three steps for code: the repository is planned here, then created there, then the candidate is invited to
 * it. A repository that was registered by hand is `created` at once.
 */
export const ASSIGNMENT_STATUSES = ["planned", "created", "invited", "given"] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/**
 * When an exercise is due: the given day or instant, or else `days` days from now. A day ends at midnight UTC.
 * @throws DomainError `invalid` for a text that is no date, or for a date in the past.
 */
export function dueAt(due: string | undefined, days: number, now: Date): Date {
  if (due === undefined) return new Date(now.getTime() + days * DAY);
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(due) ? `${due}T23:59:59Z` : due);
  const wrong = (why: string) =>
    new DomainError(
      "invalid",
      `due: ${why}`,
      "Give a day to come such as 2026-12-01, or an instant with its offset.",
    );
  if (Number.isNaN(instant.getTime())) throw wrong("this is no date.");
  if (instant <= now) throw wrong("this is in the past.");
  return instant;
}

/**
 * How many calendar days after the due day something came in, in the candidate's zone if it is known. Undefined for what
 * came in on the due day or before.
 */
export function daysAfterDue(due: Date, received: Date, zone: string | null): number | undefined {
  const dayIn = (moment: Date) => new Date(isoIn(moment.getTime(), zone ?? "UTC").slice(0, 10));
  const days = daysBetween(dayIn(due), dayIn(received));
  return days > 0 ? days : undefined;
}
