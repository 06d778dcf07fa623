/** A day in milliseconds. */
export const DAY = 86_400_000;

/** To one decimal, because every duration is shown so. */
const toTenths = (amount: number): number => Math.round(amount * 10) / 10;

/** The day of a moment in UTC, such as 2026-03-01. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Days between two instants, one decimal. */
export const daysBetween = (from: Date, to: Date): number => toTenths((to.getTime() - from.getTime()) / DAY);

/** Weeks between two instants, one decimal. */
export const weeksBetween = (from: Date, to: Date): number =>
  toTenths((to.getTime() - from.getTime()) / (7 * DAY));

/** How many days a duration exceeds its goal, one decimal; at least 0. */
export const daysOver = (days: number, goal: number): number => Math.max(0, toTenths(days - goal));

/** Whole days between two instants. */
export const wholeDays = (from: Date, to: Date): number =>
  Math.max(0, Math.floor((to.getTime() - from.getTime()) / DAY));

/** The latest of some moments; null without any. */
export function latest(...moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((at) => at !== null).map((at) => at.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known));
}
