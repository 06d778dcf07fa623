import { pluralize } from "../../domain/pluralize.ts";
import type { TaskAnswer } from "../answers/task.ts";

type ToTell = Omit<TaskAnswer, "next">;

/** `scorecard of ines@example.test for screen, due 2026-11-25 (for 2 days)`. */
export const taskText = (task: ToTell): string =>
  `${whatText(task)}, due ${task.due.slice(0, 10)} (${since(task.days)})`;

function whatText({ what, round, by }: ToTell): string {
  const who = by.join(", ");
  switch (what) {
    case "booking":
      return `interview to be booked by ${who} (${round})`;
    case "scorecards":
      return `scorecard of ${who} for ${round}`;
    case "votes":
      return `vote of ${who}`;
    default:
      return `${what} by ${who}`;
  }
}

const since = (days: number): string => (days === 0 ? "since today" : `for ${pluralize(days, "day")}`);
