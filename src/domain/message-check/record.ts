import { sameInterview } from "../outreach/facts.ts";
import { isFirstContact, type Rule } from "./rule.ts";

const ABOUT_EXERCISE = new Set(["exercise_invite", "exercise_reminder"]);

/** Whether the record bears out what the message is for. */
export const RECORD_RULES: readonly Rule[] = [
  {
    id: "opt_out",
    severity: "error",
    why: "The candidate wrote this, and it reads like a wish not to be written to; nobody has looked at it yet.",
    fix: "look_at_opt_out",
    find: (_draft, { optOut }) => (optOut ? [optOut] : []),
  },
  {
    id: "exercise_missing",
    severity: "error",
    why: "It is about an exercise, and none is on record.",
    fix: "give_exercise",
    find: ({ purpose }, { exerciseDue }) => (ABOUT_EXERCISE.has(purpose) && exerciseDue === null ? [""] : []),
  },
  {
    id: "exercise_over",
    severity: "error",
    why: "The exercise was due before now.",
    fix: "extend_exercise",
    find: ({ purpose }, { exerciseDue, now }) =>
      ABOUT_EXERCISE.has(purpose) && exerciseDue && exerciseDue < now ? [exerciseDue.toISOString()] : [],
  },
  {
    id: "interview_changed",
    severity: "error",
    why: "This is what is booked now, and not what the message was drafted for.",
    fix: "draft_again",
    find: (_draft, { interview }) => {
      if (!interview || sameInterview(interview.drafted, interview.booked)) return [];
      const { booked } = interview;
      return [booked === null ? "no interview" : `${booked.round}, ${booked.when}`];
    },
  },
  {
    id: "no_evidence",
    severity: "info",
    why: "Nothing of the candidate's own is cited.",
    fix: "assess",
    find: (draft, facts) =>
      isFirstContact(draft, facts) && facts.evidence?.length === 0 && !facts.stale ? [""] : [],
  },
  {
    id: "stale_assessment",
    severity: "info",
    why: "What was assessed is no longer what is on record: none of it is fit to be cited.",
    fix: "assess_anew",
    find: (draft, { stale, ...facts }) =>
      stale && isFirstContact(draft, facts) ? [stale.stale_why?.replaceAll("_", " ") ?? ""] : [],
  },
  {
    id: "language",
    severity: "warning",
    why: "The templates are in English; this draft was not translated.",
    find: (_draft, { language }) =>
      language === undefined || /^en\b/i.test(language.trim()) ? [] : [language],
  },
];
