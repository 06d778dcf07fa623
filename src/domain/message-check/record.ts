import { isFirstContact, type Rule } from "./rule.ts";

const ABOUT_EXERCISE = new Set(["exercise_invite", "exercise_reminder"]);

/** Whether the record bears out what the message is for. */
export const RECORD_RULES: readonly Rule[] = [
  {
    id: "exercise_missing",
    severity: "error",
    why: "It is about an exercise, and none is on record; assign_exercise gives one, with its due date.",
    find: ({ purpose }, { exerciseDue }) => (ABOUT_EXERCISE.has(purpose) && exerciseDue === null ? [""] : []),
  },
  {
    id: "exercise_over",
    severity: "error",
    why: "The exercise was due before now; assign_exercise with a later due gives more time.",
    find: ({ purpose }, { exerciseDue, now }) =>
      ABOUT_EXERCISE.has(purpose) && exerciseDue && exerciseDue < now ? [exerciseDue.toISOString()] : [],
  },
  {
    id: "no_evidence",
    severity: "info",
    why: "Nothing of the candidate's own is cited; score_candidate finds it.",
    find: (draft, facts) => (isFirstContact(draft, facts) && facts.evidence?.length === 0 ? [""] : []),
  },
  {
    id: "language",
    severity: "warning",
    why: "The templates are in English; this draft was not translated.",
    find: (_draft, { language }) =>
      language === undefined || /^en\b/i.test(language.trim()) ? [] : [language],
  },
];
