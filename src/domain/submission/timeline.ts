import { dayOf } from "../days.ts";
import type { Timeline } from "./facts.ts";
import type { SubmissionSnapshot } from "./snapshot.ts";

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
  return {
    commits: totals.commits,
    merge_commits: commits.filter((c) => c.parents > 1).length,
    active_days: days.size,
    first: sorted[0] ?? null,
    last: sorted.at(-1) ?? null,
    single_commit: totals.commits === 1,
    force_pushes: forcePushes,
    ...(early === undefined ? {} : { before_assignment: early }),
  };
}
