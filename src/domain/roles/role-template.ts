import * as z from "zod";
import { type Rubric, WrittenRubric } from "../evaluation/rubric.ts";
import { ExerciseForm } from "../submission/exercise-form.ts";
import { OBSERVATIONS } from "../submission/observations.ts";

// The schema of a role template's YAML. Every object is strict, so that a mistyped key is reported by name.

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, "lower-case letters, digits, - and _");
const text = z
  .string()
  .trim()
  .min(1)
  // Parts of a template are stored with the role, and a database accepts neither.
  .refine((value) => value.isWellFormed() && !value.includes("\0"), "holds NUL or half a character");
const texts = z.array(text);
const date = z.iso.date();
/** A list that may be left out. */
const listOf = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).default([]);

/** Where figures come from. Every figure in a template names one of these by id. */
const Source = z.strictObject({ id, name: text, url: z.url({ protocol: /^https$/ }).optional(), date: text });

/**
 * `signs` are words by which a post shows the lane when its tools do not. `*` at the end of a word stem stands for any
 * ending.
 */
const Lane = z.strictObject({
  id,
  title: text,
  hire_when: text,
  tools: texts,
  duties: texts,
  signs: texts.default([]),
});

/** What must be in before an application leaves the stage. */
const Gate = z.enum(["assessment", "scorecards", "submission", "votes"]);

export const Stage = z.strictObject({
  id,
  name: text,
  kind: z.enum(["application", "interview", "exercise", "debrief", "offer"]),
  goal_days: z.number().positive(),
  minutes: z.number().int().positive().optional(),
  gate: z.array(Gate),
});
export type Stage = z.infer<typeof Stage>;

const Anchors = z.strictObject({ 1: text, 2: text, 3: text, 4: text });

export const InterviewKit = z.strictObject({
  round: id,
  purpose: text,
  minutes: z.number().int().positive(),
  criteria: z.array(z.strictObject({ id, label: text, anchors: Anchors })).min(1),
  /** Ids of the questions of this round, in the order in which to ask them. */
  questions: z.array(id),
  do_not_ask: texts,
});

export const Question = z.strictObject({
  id,
  round: id,
  question: text,
  listen_for: texts,
  follow_ups: texts,
  source: id.optional(),
});
export type Question = z.infer<typeof Question>;

/**
 * A requirement of an exercise, and how a change shows that it was worked on. It can be shown by files (globs), by
 * phrases in lines that a change adds to or removes from them, by files that it deletes, or by something computed from
 * manifests and pipelines. One of these is enough. In other forms than code it holds `id` and `text` alone.
 */
export const Requirement = z.strictObject({
  id,
  text,
  paths: texts.optional(),
  content: texts.optional(),
  removes: texts.optional(),
  deleted: texts.optional(),
  observed: z.array(z.enum(OBSERVATIONS)).optional(),
});
export type Requirement = z.infer<typeof Requirement>;

/**
 * A question for the talk about the exercise. It is asked when something was observed, or when no trace of a
 * requirement was found (`not_seen:ID`).
 */
const FollowUp = z.strictObject({
  when: z.union([
    z.enum(OBSERVATIONS),
    z.string().regex(/^not_seen:[a-z][a-z0-9_-]*$/, "or not_seen:REQUIREMENT"),
  ]),
  ask: text,
});
export type FollowUp = z.infer<typeof FollowUp>;

const Exercise = z.strictObject({
  id,
  form: ExerciseForm.default("code"),
  title: text,
  brief: text,
  round: id,
  hours: z.number().positive(),
  due_days: z.number().int().positive(),
  ai_policy: text,
  requirements: listOf(Requirement),
  follow_ups: listOf(FollowUp),
  protected: listOf(text),
  /**
   * The team's template repository for the exercise, as OWNER/NAME. By default it is looked for under the team's own
   * owner.
   */
  repository: z
    .string()
    .regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, "OWNER/NAME")
    .optional(),
});
export type Exercise = z.infer<typeof Exercise>;

/**
 * The purpose of a message. At the stages that the message names it is the usual one; elsewhere it is written on
 * request.
 */
export const Purpose = z.enum([
  "source",
  "screen_invite",
  "exercise_invite",
  "exercise_reminder",
  "schedule",
  "status_update",
  "rejection",
  "offer_talk",
  "offer_followup",
  "reengage",
  "keep_on_file",
]);

export type Purpose = z.infer<typeof Purpose>;

export const MessageTemplate = z.strictObject({
  id: Purpose,
  stages: z.array(id),
  subject: text,
  body: text,
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

const Band = z.strictObject({ low: z.number().int(), high: z.number().int() });
const Salary = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default("USD"),
  /** The ISO code of the country that the bands are for. By default, bands in dollars are for the United States. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  year: z.number().int().optional(),
  note: text.optional(),
  levels: listOf(
    z.strictObject({
      id: z.enum(["entry", "mid", "senior", "staff"]),
      years: text,
      low: z.number().int(),
      high: z.number().int(),
      source: id,
    }),
  ),
  range: Band.extend({ source: id }).optional(),
  national_average: Band.extend({ source: id }).optional(),
  total_comp: z
    .strictObject({
      from_level: z.enum(["senior", "staff"]),
      low_percent: z.number(),
      high_percent: z.number(),
      note: text,
      source: id,
    })
    .optional(),
  adjustments: listOf(
    z.strictObject({
      id,
      label: text,
      kind: z.enum(["location", "remote"]),
      places: texts,
      low_percent: z.number(),
      high_percent: z.number(),
      source: id,
    }),
  ),
  adjacent: listOf(
    z.strictObject({
      occupation: text,
      code: text,
      median: z.number().int(),
      growth_percent: z.number(),
      period: text,
      source: id,
    }),
  ),
  reported: listOf(z.strictObject({ what: text, amount: z.number().int(), source: id })),
  warnings: listOf(z.strictObject({ text, source: id })),
});

const Credential = z.strictObject({
  id,
  name: text,
  /** Other names of the credential that job posts may use. */
  also: z.array(text).optional(),
  vendor: text,
  cost: z.strictObject({ amount: z.number().int(), currency: z.string() }),
  covers: text,
  advice: text,
  /** Whether the credential should no longer be required, whatever its date. */
  legacy: z.boolean(),
  /** The last day on which the credential could be earned. */
  valid_until: date.optional(),
  source: id,
});

const Neighbour = z.strictObject({ role: text, owns: text, optimizes_for: text, tell_apart: text });

const Weeks = z.strictObject({ low_weeks: z.number(), high_weeks: z.number() });

const ReasonCategory = z.strictObject({ id, name: text });
/** The kinds of reasons for which applications end without a hire. */
export const Reasons = z.strictObject({
  rejected: z.array(ReasonCategory).min(1),
  withdrawn: z.array(ReasonCategory).min(1),
});
export type Reasons = z.infer<typeof Reasons>;

/** The parts of a template that can be read on their own. */
export const SECTIONS = [
  "lanes",
  "stages",
  "rubric",
  "interviews",
  "questions",
  "exercises",
  "messages",
  "salary",
  "credentials",
  "neighbours",
] as const;
export type Section = (typeof SECTIONS)[number];

/** A template as it is written. Only id, title, stages and rubric are required; `withDefaults` adds what is general. */
export const WrittenTemplate = z.strictObject({
  id,
  title: text,
  /** Titles of such jobs in posts, as phrases of the lexicon; by default the title. */
  post_titles: z.array(text).optional(),
  /** The default key for roles of this kind. */
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,5}$/)
    .optional(),
  summary: text.optional(),
  responsibilities: listOf(text),
  week: listOf(z.strictObject({ what: text, percent: z.number().min(0).max(100) })),
  mistakes: listOf(z.strictObject({ id, title: text, cost: text, fix: text })),
  time_to_fill: z.strictObject({ clean: Weeks, mis_scoped: Weeks, source: id }).optional(),
  sources: listOf(Source),
  lanes: listOf(Lane),
  stages: z.array(Stage).min(1),
  rubric: WrittenRubric,
  interviews: listOf(InterviewKit),
  questions: listOf(Question),
  exercises: listOf(Exercise),
  messages: listOf(MessageTemplate),
  salary: Salary.prefault({}),
  credentials: listOf(Credential),
  neighbours: listOf(Neighbour),
  /** The kinds of reasons for which applications end, in the place of the general ones. */
  reasons: Reasons.optional(),
});
export type WrittenTemplate = z.infer<typeof WrittenTemplate>;

/** A template with what is general in the place of what it leaves out. */
export type RoleTemplate = Omit<WrittenTemplate, "rubric"> & {
  readonly key: string;
  readonly reasons: Reasons;
  readonly rubric: Rubric;
};
