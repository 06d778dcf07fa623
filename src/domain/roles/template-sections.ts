import { DomainError, notAllowed } from "../errors.ts";
import { rubricInBrief, rubricToRead } from "../evaluation/rubric.ts";
import { type MessageTemplate, type RoleTemplate, SECTIONS, type Section } from "./role-template.ts";

export type SectionContent =
  | ReturnType<typeof overviewOf>
  | ReturnType<typeof rubricToRead>
  | RoleTemplate[Exclude<Section, "rubric">];

/** As `SectionContent`, without the long parts of rubric and messages. */
export type BriefContent =
  | SectionContent
  | ReturnType<typeof rubricInBrief>
  | readonly Omit<MessageTemplate, "body">[];

/** One section of a template; without a section, an overview that lists the sections. */
export function sectionOf(template: RoleTemplate, section?: Section): SectionContent {
  if (section === "rubric") return rubricToRead(template.rubric);
  return section === undefined ? overviewOf(template) : template[section];
}

/**
 * A section without its long parts, or one entry of it whole.
 * @throws DomainError `invalid` for an entry that the section does not have.
 */
export function briefOf(
  template: RoleTemplate,
  { section, entry }: { readonly section?: Section | undefined; readonly entry?: string | undefined },
): BriefContent {
  if (entry !== undefined) return entryOf(template, section, entry);
  if (section === "rubric") return rubricInBrief(template.rubric);
  if (section === "messages") return template.messages.map(({ body: _body, ...message }) => message);
  return sectionOf(template, section);
}

function entryOf(template: RoleTemplate, section: Section | undefined, entry: string): SectionContent {
  switch (section) {
    case "rubric":
      return { flags: only(rubricToRead(template.rubric).flags, ({ id }) => id, entry) };
    case "interviews":
      return only(template.interviews, ({ round }) => round, entry);
    case "lanes":
      return only(template.lanes, ({ id }) => id, entry);
    case "stages":
      return only(template.stages, ({ id }) => id, entry);
    case "questions":
      return only(template.questions, ({ id }) => id, entry);
    case "exercises":
      return only(template.exercises, ({ id }) => id, entry);
    case "messages":
      return only(template.messages, ({ id }) => id, entry);
    case "credentials":
      return only(template.credentials, ({ id }) => id, entry);
    case "salary":
    case "neighbours":
    case undefined:
      throw new DomainError(
        "invalid",
        `entry: ${section ?? "the overview"} is read whole.`,
        "Leave entry out.",
      );
  }
}

function only<T>(entries: readonly T[], idOf: (entry: T) => string, id: string): T[] {
  const entry = entries.find((candidate) => idOf(candidate) === id);
  if (entry === undefined) throw notAllowed("entry", id, entries.map(idOf));
  return [entry];
}

function overviewOf(template: RoleTemplate) {
  const { id, title, key, summary, responsibilities, week, mistakes, time_to_fill, sources, lanes, stages } =
    template;
  const isFilled = (section: Section) => entriesOf(template, section) > 0;
  return {
    id,
    title,
    key,
    summary,
    responsibilities,
    week,
    mistakes,
    time_to_fill: time_to_fill ?? null,
    lanes: lanes.map((lane) => ({ id: lane.id, title: lane.title, hire_when: lane.hire_when })),
    stages: stages.map((stage) => stage.id),
    sections: SECTIONS.filter(isFilled),
    without_data: SECTIONS.filter((section) => !isFilled(section)),
    sources,
  };
}

function entriesOf({ salary, rubric, ...lists }: RoleTemplate, section: Section): number {
  if (section === "salary") return salary.levels.length + salary.adjacent.length;
  return section === "rubric" ? rubric.flags.length : lists[section].length;
}
