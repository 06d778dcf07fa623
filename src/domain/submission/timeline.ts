import { dayOf } from "../days.ts";
import type { Timeline } from "./facts.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

/** When the work was done. What depends on commits that were not read is null. */
export function timelineOf(
  { commits, totals, forcePushes }: SubmissionSnapshot,
  assignedAt: string | undefined,
): Timeline {
  // Days are counted in UTC, because an offset would show where somebody lives.
  const instants = commits.map((c) => Date.parse(c.authoredAt)).filter((instant) => !Number.isNaN(instant));
  const dates = instants.map((instant) => new Date(instant).toISOString());
  const sorted = dates.sort((a, b) => Date.parse(a) - Date.parse(b));
  const days = new Set(sorted.map((date) => dayOf(new Date(date))));
  const early =
    assignedAt === undefined
      ? undefined
      : sorted.filter((date) => Date.parse(date) < Date.parse(assignedAt)).length;
  const isWhole = totals.commits === commits.length;
  const known = <T>(figure: T): T | null => (isWhole ? figure : null);
  return {
    commits: totals.commits,
    merge_commits: known(commits.filter((c) => c.parents > 1).length),
    active_days: known(days.size),
    first: known(sorted[0] ?? null),
    last: known(sorted.at(-1) ?? null),
    single_commit: totals.commits === null ? null : totals.commits === 1,
    force_pushes: forcePushes,
    ...(early === undefined || !isWhole ? {} : { before_assignment: early }),
  };
}
