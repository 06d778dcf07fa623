import * as z from "zod";
import { Rubric } from "./rubric.ts";

// A role template as YAML holds it. Every object is strict, so that a mistyped key is an error with a name.

const id = z.string().regex(/^[a-z][a-z0-9_-]*$/, "lower-case letters, digits, - and _");
const text = z.string().trim().min(1);
const texts = z.array(text);
const date = z.iso.date();

/** Where a number comes from. Every figure in a template names one of these by id. */
const Source = z.strictObject({ id, name: text, date: text });

const Lane = z.strictObject({ id, title: text, hire_when: text, tools: texts, duties: texts });

/** What must be in before a stage is left. */
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

const InterviewKit = z.strictObject({
  round: id,
  purpose: text,
  minutes: z.number().int().positive(),
  criteria: z.array(z.strictObject({ id, label: text, anchors: Anchors })).min(1),
  do_not_ask: texts,
});

const Question = z.strictObject({
  id,
  round: id,
  question: text,
  listen_for: texts,
  follow_ups: texts,
  source: id.optional(),
});

/** What an exercise asks for, and what in a change would show it: paths as globs, phrases in added lines. */
export const Requirement = z.strictObject({ id, text, paths: texts.optional(), content: texts.optional() });
export type Requirement = z.infer<typeof Requirement>;

const Exercise = z.strictObject({
  id,
  title: text,
  brief: text,
  round: id,
  hours: z.number().positive(),
  due_days: z.number().int().positive(),
  ai_policy: text,
  requirements: z.array(Requirement),
  protected: texts,
});

const Message = z.strictObject({ id, stages: z.array(id), subject: text, body: text });

const Band = z.strictObject({ low: z.number().int(), high: z.number().int() });
const Salary = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  year: z.number().int(),
  note: text.optional(),
  levels: z.array(
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
  adjustments: z.array(
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
  adjacent: z.array(
    z.strictObject({
      occupation: text,
      code: text,
      median: z.number().int(),
      growth_percent: z.number(),
      period: text,
      source: id,
    }),
  ),
  reported: z.array(z.strictObject({ what: text, amount: z.number().int(), source: id })),
  warnings: z.array(z.strictObject({ text, source: id })),
});

const Credential = z.strictObject({
  id,
  name: text,
  vendor: text,
  cost: z.strictObject({ amount: z.number().int(), currency: z.string() }),
  covers: text,
  advice: text,
  valid_until: date.optional(),
  source: id,
});

const Neighbour = z.strictObject({ role: text, owns: text, optimizes_for: text, tell_apart: text });

const Weeks = z.strictObject({ low_weeks: z.number(), high_weeks: z.number() });

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

export const RoleTemplate = z.strictObject({
  id,
  title: text,
  /** The short key that roles of this kind get by default. */
  key: z.string().regex(/^[A-Z][A-Z0-9]{1,5}$/),
  summary: text,
  responsibilities: texts,
  week: z.array(z.strictObject({ what: text, percent: z.number().min(0).max(100) })),
  mistakes: z.array(z.strictObject({ id, title: text, cost: text, fix: text })),
  time_to_fill: z.strictObject({ clean: Weeks, mis_scoped: Weeks, source: id }).optional(),
  sources: z.array(Source),
  lanes: z.array(Lane),
  stages: z.array(Stage).min(1),
  rubric: Rubric,
  interviews: z.array(InterviewKit),
  questions: z.array(Question),
  exercises: z.array(Exercise),
  messages: z.array(Message),
  salary: Salary,
  credentials: z.array(Credential),
  neighbours: z.array(Neighbour),
});
export type RoleTemplate = z.infer<typeof RoleTemplate>;

/** What a template's parts say of each other and no schema can check: each entry is a path and what is wrong there. */
export function danglingReferences(t: RoleTemplate): { path: string; why: string }[] {
  const stages = t.stages.map((s) => s.id);
  const lanes = t.lanes.map((l) => l.id);
  const sources = t.sources.map((s) => s.id);
  const wrong: { path: string; why: string }[] = [];
  const known = (path: string, value: string | undefined, list: readonly string[]) => {
    if (value === undefined || list.includes(value)) return;
    wrong.push({ path, why: `${JSON.stringify(value)} is none of ${list.join(", ") || "(nothing)"}` });
  };
  const unique = (path: string, ids: readonly string[]) => {
    const twice = ids.find((value, n) => ids.indexOf(value) !== n);
    if (twice !== undefined) wrong.push({ path, why: `${JSON.stringify(twice)} stands twice` });
  };
  unique("stages", stages);
  unique("lanes", lanes);
  unique(
    "rubric.flags",
    t.rubric.flags.map((f) => f.id),
  );
  unique(
    "messages",
    t.messages.map((m) => m.id),
  );
  unique(
    "exercises",
    t.exercises.map((e) => e.id),
  );
  for (const [n, kit] of t.interviews.entries()) known(`interviews[${n}].round`, kit.round, stages);
  for (const [n, q] of t.questions.entries()) known(`questions[${n}].round`, q.round, stages);
  for (const [n, e] of t.exercises.entries()) known(`exercises[${n}].round`, e.round, stages);
  for (const [n, m] of t.messages.entries()) {
    for (const stage of m.stages) known(`messages[${n}].stages`, stage, stages);
  }
  for (const [n, f] of t.rubric.flags.entries()) {
    for (const lane of Object.keys(f.lanes ?? {})) known(`rubric.flags[${n}].lanes`, lane, lanes);
  }
  known("time_to_fill.source", t.time_to_fill?.source, sources);
  for (const part of ["levels", "adjustments", "adjacent", "reported", "warnings"] as const) {
    for (const [n, entry] of t.salary[part].entries())
      known(`salary.${part}[${n}].source`, entry.source, sources);
  }
  for (const [n, c] of t.credentials.entries()) known(`credentials[${n}].source`, c.source, sources);
  return wrong;
}
