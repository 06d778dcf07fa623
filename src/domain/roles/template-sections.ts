import { rubricToRead } from "../evaluation/rubric.ts";
import { type RoleTemplate, SECTIONS, type Section } from "./role-template.ts";

export type SectionContent =
  | ReturnType<typeof overviewOf>
  | ReturnType<typeof rubricToRead>
  | RoleTemplate[Exclude<Section, "rubric">];

/** One section of a template; without a section, an overview that lists the sections. */
export function sectionOf(template: RoleTemplate, section?: Section): SectionContent {
  if (section === "rubric") return rubricToRead(template.rubric);
  return section === undefined ? overviewOf(template) : template[section];
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
