import { describe, expect, it } from "vitest";
import { Language } from "../../../src/domain/evidence/language.ts";
import type { RoleTemplate } from "../../../src/domain/roles/role-template.ts";
import { templateFaults } from "../../../src/domain/roles/template-faults.ts";

const anchors = { 1: "a", 2: "b", 3: "c", 4: "d" };
const flag = {
  id: "won",
  label: "Won",
  polarity: "green" as const,
  definition: "d",
  counts: ["c"],
  does_not_count: ["n"],
  ...{ examples: { yes: "y", no: "n" }, why: "w", question: "q", weight: 1, conditions: [] },
};
const phrase = { any: [{ signal: "phrase" as const, of: ["x"] }] };

/** A template in which everything that can name something else does. */
const whole = (): RoleTemplate => ({
  id: "own",
  title: "Own",
  key: "OWN",
  summary: "s",
  responsibilities: [],
  week: [],
  mistakes: [],
  neighbours: [],
  reasons: { rejected: [], withdrawn: [] },
  time_to_fill: {
    clean: { low_weeks: 4, high_weeks: 7 },
    mis_scoped: { low_weeks: 9, high_weeks: 14 },
    source: "book",
  },
  sources: [{ id: "book", name: "Book", date: "2026" }],
  lanes: [{ id: "night", title: "Night", hire_when: "h", tools: [], duties: [], signs: [] }],
  stages: [
    { id: "applied", name: "Applied", kind: "application", goal_days: 3, gate: ["assessment"] },
    { id: "talk", name: "Talk", kind: "interview", goal_days: 3, minutes: 45, gate: ["scorecards"] },
    { id: "task", name: "Task", kind: "exercise", goal_days: 3, gate: ["submission"] },
  ],
  rubric: {
    vocabulary: {},
    language: Language.parse({}),
    profile: { expects: "operator", operator: phrase, modeler: phrase },
    flags: [{ ...flag, lanes: { night: 2 } }],
  },
  interviews: [
    {
      round: "talk",
      purpose: "p",
      minutes: 45,
      do_not_ask: [],
      questions: ["first"],
      criteria: [{ id: "depth", label: "Depth", anchors }],
    },
  ],
  questions: [
    { id: "first", round: "talk", question: "q", listen_for: [], follow_ups: [], source: "book" },
    { id: "second", round: "task", question: "q", listen_for: [], follow_ups: [] },
  ],
  exercises: [
    {
      id: "mend",
      form: "code",
      title: "Mend",
      brief: "b",
      round: "task",
      hours: 3,
      due_days: 7,
      ai_policy: "a",
      protected: [],
      follow_ups: [],
      requirements: [{ id: "tests", text: "t", paths: ["*"] }],
    },
  ],
  messages: [{ id: "rejection", stages: ["talk"], subject: "s", body: "b" }],
  salary: {
    currency: "USD",
    year: 2026,
    levels: [{ id: "senior", years: "5", low: 1, high: 2, source: "book" }],
    range: { low: 1, high: 2, source: "book" },
    national_average: { low: 1, high: 2, source: "book" },
    total_comp: { from_level: "senior", low_percent: 1, high_percent: 2, note: "n", source: "book" },
    adjustments: [
      {
        id: "far",
        label: "Far",
        kind: "remote",
        places: [],
        low_percent: -2,
        high_percent: -1,
        source: "book",
      },
    ],
    adjacent: [{ occupation: "o", code: "c", median: 1, growth_percent: 1, period: "p", source: "book" }],
    reported: [{ what: "w", amount: 1, source: "book" }],
    warnings: [{ text: "t", source: "book" }],
  },
  credentials: [
    {
      ...{ id: "badge", name: "B", vendor: "V", cost: { amount: 1, currency: "USD" } },
      covers: "c",
      advice: "a",
      legacy: false,
      source: "book",
    },
  ],
});

const unsource = (entry: { source?: string | undefined } | undefined) =>
  Object.assign(entry ?? {}, { source: "x" });
const twice = <T>(list: T[] | undefined) => list?.push(...list.slice(0, 1));

describe("templateFaults", () => {
  it("finds none where the parts agree", () => {
    expect(templateFaults(whole())).toEqual([]);
  });

  it.each<[path: string, spoil: (t: RoleTemplate) => void]>([
    ["stages", (t) => twice(t.stages)],
    ["lanes", (t) => twice(t.lanes)],
    ["rubric.flags", (t) => twice(t.rubric.flags)],
    ["interviews", (t) => twice(t.interviews)],
    ["interviews[0].criteria", (t) => twice(t.interviews[0]?.criteria)],
    ["questions", (t) => twice(t.questions)],
    ["exercises", (t) => twice(t.exercises)],
    ["exercises[0].requirements", (t) => twice(t.exercises[0]?.requirements)],
    ["messages", (t) => twice(t.messages)],
    ["credentials", (t) => twice(t.credentials)],
    ["sources", (t) => twice(t.sources)],
    ["salary.levels", (t) => twice(t.salary.levels)],
  ])("finds an id that stands twice in %s", (path, spoil) => {
    const template = whole();
    spoil(template);
    expect(templateFaults(template)).toEqual([{ path, why: expect.stringMatching(/^"\w+" stands twice$/) }]);
  });

  it.each<[path: string, spoil: (t: RoleTemplate) => void, known: string]>([
    ["questions[1].round", (t) => Object.assign(t.questions[1] ?? {}, { round: "x" }), "applied, talk, task"],
    ["exercises[0].round", (t) => Object.assign(t.exercises[0] ?? {}, { round: "x" }), "applied, talk, task"],
    ["messages[0].stages", (t) => t.messages[0]?.stages.push("x"), "applied, talk, task"],
    ["rubric.flags[0].lanes", (t) => Object.assign(t.rubric.flags[0] ?? {}, { lanes: { x: 1 } }), "night"],
    ["interviews[0].questions", (t) => t.interviews[0]?.questions.push("x"), "first, second"],
    ["questions[0].source", (t) => unsource(t.questions[0]), "book"],
    ["credentials[0].source", (t) => unsource(t.credentials[0]), "book"],
    ["time_to_fill.source", (t) => unsource(t.time_to_fill), "book"],
    ["salary.range.source", (t) => unsource(t.salary.range), "book"],
    ["salary.national_average.source", (t) => unsource(t.salary.national_average), "book"],
    ["salary.total_comp.source", (t) => unsource(t.salary.total_comp), "book"],
    ["salary.levels[0].source", (t) => unsource(t.salary.levels[0]), "book"],
    ["salary.adjustments[0].source", (t) => unsource(t.salary.adjustments[0]), "book"],
    ["salary.adjacent[0].source", (t) => unsource(t.salary.adjacent[0]), "book"],
    ["salary.reported[0].source", (t) => unsource(t.salary.reported[0]), "book"],
    ["salary.warnings[0].source", (t) => unsource(t.salary.warnings[0]), "book"],
  ])("finds what %s names and there is none of", (path, spoil, known) => {
    const template = whole();
    spoil(template);
    expect(templateFaults(template)).toEqual([{ path, why: `"x" is none of ${known}` }]);
  });

  it("says so when there is nothing to name", () => {
    const faults = templateFaults({ ...whole(), lanes: [] });
    expect(faults).toEqual([{ path: "rubric.flags[0].lanes", why: '"night" is none of the empty list' }]);
  });

  it("finds minutes that differ between kit and stage, and leaves a stage alone that gives none", () => {
    const template = whole();
    Object.assign(template.interviews[0] ?? {}, { minutes: 60 });
    expect(templateFaults(template)).toEqual([
      { path: "interviews[0].minutes", why: "is 60, and the stage says 45" },
    ]);
    delete template.stages[1]?.minutes;
    expect(templateFaults(template)).toEqual([]);
  });

  it("finds what only code has in an exercise of another form", () => {
    const template = whole();
    Object.assign(template.exercises[0] ?? {}, {
      form: "written",
      repository: "team/mend",
      protected: ["ci/**"],
      follow_ups: [{ when: "not_seen:tests", ask: "Why?" }],
      requirements: [
        { id: "tests", text: "t", paths: ["*"], observed: ["tests_added"] },
        { id: "plain", text: "t" },
      ],
    });
    expect(templateFaults(template)).toEqual(
      ["repository", "protected", "follow_ups", "requirements[0].paths", "requirements[0].observed"].map(
        (field) => ({
          path: `exercises[0].${field}`,
          why: expect.stringMatching(/^a written task .*; leave it out$/),
        }),
      ),
    );
  });

  it("finds a requirement of an exercise in code by which nothing could show it", () => {
    const template = whole();
    template.exercises[0]?.requirements.push({ id: "plain", text: "t" });
    expect(templateFaults(template)).toEqual([
      {
        path: "exercises[0].requirements[1]",
        why: "needs one of paths, content, removes, deleted, observed, by which a change in code shows it",
      },
    ]);
  });

  it.each(["role_play", "talk"])("finds a gate that %s never meets", (form) => {
    const template = whole();
    Object.assign(template.exercises[0] ?? {}, { form, requirements: [] });
    expect(templateFaults(template)).toEqual([
      {
        path: "stages[2].gate[0]",
        why: expect.stringMatching(/^waits for a submission, and nothing is handed in for a .* \(mend\)/),
      },
    ]);
    template.stages[2]?.gate.splice(0, 1, "scorecards");
    expect(templateFaults(template)).toEqual([]);
  });

  it("finds a question of another round in a kit", () => {
    const template = whole();
    template.interviews[0]?.questions.push("second");
    expect(templateFaults(template)).toEqual([
      { path: "interviews[0].questions", why: '"second" belongs to another round' },
    ]);
  });
});
