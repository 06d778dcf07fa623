import { exerciseFaults } from "./exercise-faults.ts";
import type { WrittenTemplate } from "./role-template.ts";
import { stageFaults } from "./stage-faults.ts";

/** A contradiction between parts of a template. `path` is its place, as in `interviews[0].round`. */
type TemplateFault = { readonly path: string; readonly why: string };

/**
 * Every contradiction between parts of a template, which the schema of a single part cannot find. Empty when there are
 * none.
 */
export function templateFaults(template: WrittenTemplate): TemplateFault[] {
  const { stages, exercises } = template;
  return [
    ...[repeated, dangling, rounds, excuses, exerciseFaults].flatMap((faultsIn) => faultsIn(template)),
    ...stageFaults(stages, exercises),
  ];
}

function repeated(t: WrittenTemplate): TemplateFault[] {
  const ids = (list: readonly { readonly id: string }[]) => list.map((entry) => entry.id);
  const lists: Record<string, readonly string[]> = {
    stages: ids(t.stages),
    lanes: ids(t.lanes),
    "rubric.flags": ids(t.rubric.flags),
    interviews: t.interviews.map((kit) => kit.round),
    questions: ids(t.questions),
    exercises: ids(t.exercises),
    messages: ids(t.messages),
    credentials: ids(t.credentials),
    sources: ids(t.sources),
    "salary.levels": ids(t.salary.levels),
  };
  for (const [n, kit] of t.interviews.entries()) lists[`interviews[${n}].criteria`] = ids(kit.criteria);
  for (const [n, e] of t.exercises.entries()) lists[`exercises[${n}].requirements`] = ids(e.requirements);
  return Object.entries(lists).flatMap(([path, list]) => {
    const twice = list.find((id, n) => list.indexOf(id) !== n);
    return twice === undefined ? [] : [{ path, why: `${JSON.stringify(twice)} stands twice` }];
  });
}

function dangling(t: WrittenTemplate): TemplateFault[] {
  const ids = {
    stages: t.stages.map((stage) => stage.id),
    lanes: t.lanes.map((lane) => lane.id),
    flags: t.rubric.flags.map((flag) => flag.id),
    questions: t.questions.map((question) => question.id),
    sources: t.sources.map((source) => source.id),
  };
  return references(t).flatMap(({ path, to, id }) =>
    ids[to].includes(id)
      ? []
      : [{ path, why: `${JSON.stringify(id)} is none of ${ids[to].join(", ") || "the empty list"}` }],
  );
}

type Reference = { path: string; to: "stages" | "lanes" | "flags" | "questions" | "sources"; id: string };

function references(t: WrittenTemplate): Reference[] {
  const list: Reference[] = [];
  const add = (to: Reference["to"], path: string, ...ids: (string | undefined)[]) => {
    for (const id of ids) if (id !== undefined) list.push({ path, to, id });
  };
  for (const [n, kit] of t.interviews.entries()) {
    add("stages", `interviews[${n}].round`, kit.round);
    add("questions", `interviews[${n}].questions`, ...kit.questions);
  }
  for (const [n, question] of t.questions.entries()) {
    add("stages", `questions[${n}].round`, question.round);
    add("sources", `questions[${n}].source`, question.source);
  }
  for (const [n, exercise] of t.exercises.entries()) add("stages", `exercises[${n}].round`, exercise.round);
  for (const [n, message] of t.messages.entries()) add("stages", `messages[${n}].stages`, ...message.stages);
  for (const [n, flag] of t.rubric.flags.entries())
    add("lanes", `rubric.flags[${n}].lanes`, ...Object.keys(flag.lanes ?? {}));
  for (const [n, flag] of t.rubric.flags.entries())
    add("flags", `rubric.flags[${n}].excused_by.of`, ...(flag.excused_by?.of ?? []));
  add("flags", "rubric.profile.shown_by", t.rubric.profile?.shown_by);
  for (const [n, entry] of t.credentials.entries()) add("sources", `credentials[${n}].source`, entry.source);
  add("sources", "time_to_fill.source", t.time_to_fill?.source);
  for (const part of ["range", "national_average", "total_comp"] as const)
    add("sources", `salary.${part}.source`, t.salary[part]?.source);
  for (const part of ["levels", "adjustments", "adjacent", "reported", "warnings"] as const) {
    for (const [n, entry] of t.salary[part].entries())
      add("sources", `salary.${part}[${n}].source`, entry.source);
  }
  return list;
}

function rounds(t: WrittenTemplate): TemplateFault[] {
  const uneven = t.interviews.flatMap((kit, n) => {
    const minutes = t.stages.find((stage) => stage.id === kit.round)?.minutes ?? kit.minutes;
    return minutes === kit.minutes
      ? []
      : [{ path: `interviews[${n}].minutes`, why: `is ${kit.minutes}, and the stage says ${minutes}` }];
  });
  const strays = t.interviews.flatMap((kit, n) =>
    kit.questions
      .filter((id) => t.questions.some((question) => question.id === id && question.round !== kit.round))
      .map((id) => ({
        path: `interviews[${n}].questions`,
        why: `${JSON.stringify(id)} belongs to another round`,
      })),
  );
  return [...uneven, ...strays];
}

/** Flags that excuse one another in a circle, and those that nothing can excuse. */
function excuses({ rubric: { flags } }: WrittenTemplate): TemplateFault[] {
  const excusedBy = new Map(flags.map(({ id, excused_by }) => [id, excused_by?.of ?? []]));
  const leadsTo = (from: string, to: string, seen: readonly string[] = []): boolean =>
    (excusedBy.get(from) ?? []).some(
      (id) => id === to || (!seen.includes(id) && leadsTo(id, to, [...seen, id])),
    );
  return flags.flatMap(({ id, excused_by: by }, n) => {
    if (by === undefined) return [];
    const path = `rubric.flags[${n}].excused_by`;
    const circle = leadsTo(id, id) ? [{ path: `${path}.of`, why: `leads back to ${id}` }] : [];
    const few = by.at_least > by.of.length;
    return few
      ? [...circle, { path: `${path}.at_least`, why: `asks for ${by.at_least} of ${by.of.length} flags` }]
      : circle;
  });
}
