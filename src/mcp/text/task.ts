import { pluralize } from "../../domain/pluralize.ts";
import type { TaskAnswer } from "../answers/task.ts";

/** `scorecards for screen by ines@example.test, for 2 days`. */
export const taskText = ({ what, round, by, days }: Omit<TaskAnswer, "next">): string =>
  `${what}${round === undefined ? "" : ` for ${round}`} by ${by.join(", ")}, ${since(days)}`;

const since = (days: number): string => (days === 0 ? "since today" : `for ${pluralize(days, "day")}`);
