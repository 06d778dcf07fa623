import * as z from "zod";

/**
 * How an exercise is done: in a repository, as a text or a collection that is handed in, or before the interviewers.
 * Only `code` needs a git host.
 */
export const ExerciseForm = z.enum(["code", "written", "role_play", "talk", "portfolio"]);
export type ExerciseForm = z.infer<typeof ExerciseForm>;

const NOUNS: Readonly<Record<ExerciseForm, string>> = {
  code: "an exercise in code",
  written: "a written task",
  role_play: "a role play",
  talk: "a talk",
  portfolio: "a portfolio",
};

/** `a written task`. */
export const nounOf = (form: ExerciseForm): string => NOUNS[form];

/** Whether the work happens in the interview. Then nothing has to be handed in, and the gate is the scorecards. */
export const isLive = (form: ExerciseForm): boolean => form === "role_play" || form === "talk";
