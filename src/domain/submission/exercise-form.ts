import * as z from "zod";
import { withArticle } from "../article.ts";

/**
 * How an exercise is done: in a repository, as a text or a collection that is handed in, or before the interviewers.
 * Only `code` needs a git host.
 */
export const ExerciseForm = z.enum(["code", "written", "role_play", "talk", "portfolio"]);
export type ExerciseForm = z.infer<typeof ExerciseForm>;

/** What a candidate is told that it is. */
export const NOUNS: Readonly<Record<ExerciseForm, string>> = {
  code: "exercise",
  written: "written task",
  role_play: "role play",
  talk: "talk",
  portfolio: "portfolio",
};

/** `a written task`. */
export const nounOf = (form: ExerciseForm): string => withArticle(NOUNS[form]);

/** Whether the work happens in the interview. Then nothing has to be handed in, and the gate is the scorecards. */
export const isLive = (form: ExerciseForm): boolean => form === "role_play" || form === "talk";
