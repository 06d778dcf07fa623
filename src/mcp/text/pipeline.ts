import { pluralize } from "../../domain/pluralize.ts";
import type { PipelineAnswer } from "../answers/pipeline.ts";
import { callText } from "../next-call.ts";
import { paceText, weeksText } from "./fields/pipeline.ts";
import { firstAdminText } from "./first-admin.ts";
import { linesOf } from "./lines.ts";
import { notToldText } from "./not-told.ts";
import { taskText } from "./task.ts";

/** Each role by stage with whoever has waited longest, then what comes first, then what was written and not sent. */
export function pipelineText(pipeline: PipelineAnswer): string {
  const { roles, needs_attention, more, order, drafts, more_drafts, not_told, first_admin } = pipeline;
  return linesOf(
    roles.length === 0 && "No role is open. open_role opens one from a template.",
    first_admin && firstAdminText(first_admin),
    ...roles.flatMap(roleLines),
    needs_attention.length > 0 && `Needs attention (${order}):`,
    ...needs_attention.map((item) => `- ${item.what} (${pressureText(item)}) Next: ${callText(item.next)}.`),
    more && `- and more of a kind: ${more.map((m) => `${m.more} ${m.kind} (of ${m.of} found)`).join(", ")}`,
    drafts.length > 0 && "Drafts that nobody has sent, each to be read and confirmed on its own:",
    ...drafts.map(
      (d) => `- ${d.application} ${d.name}, ${d.purpose}, since ${d.since}. Next: ${callText(d.next)}.`,
    ),
    more_drafts && "- and more, once these are sent or discarded",
    not_told && notToldText(not_told),
  );
}

type Item = PipelineAnswer["needs_attention"][number];

/** How pressing an item is. */
const pressureText = ({ severity, days_over }: Item): string =>
  `${severity}, ${pluralize(days_over, "day")} over`;

type Role = PipelineAnswer["roles"][number];

type Stage = Role["stages"][number];
type Person = Stage["applications"][number];

function roleLines({ key, title, status, weeks_open, clock, stages }: Role): string[] {
  const filled = stages.filter((stage) => stage.count > 0);
  const empty = stages.filter((stage) => stage.count === 0);
  const state = status === "open" ? "" : `${status.replace("_", " ")}, `;
  const goals = empty.map(({ name, goal_days }) => `${name} ${goal_days}`).join(", ");
  return [
    `${key} ${title}: ${state}open for ${pluralize(weeks_open, "week")}${clock ? `, ${clockText(clock)}` : ""}.`,
    ...filled.flatMap((stage) => stageLines(stage, key)),
    ...(empty.length > 0
      ? [`  ${filled.length > 0 ? "empty stages" : "nobody in it yet"}; goals in days: ${goals}`]
      : []),
  ];
}

function stageLines({ id, name, goal_days, count, over_goal, applications }: Stage, role: string): string[] {
  const people = applications.map(({ ref, name: who, days_in_stage, waits_for, next_interview, tasks }) => {
    const ahead = next_interview ? `; ${interviewText(next_interview)}` : "";
    const toDo = tasks.length > 0 ? `; to do: ${tasks.map(taskText).join("; ")}` : "";
    return `    ${ref} ${who}, ${pluralize(days_in_stage, "day")}, waits for ${waits_for}${ahead}${toDo}`;
  });
  const more = count - applications.length;
  const all = callText({ tool: "find_candidates", arguments: { role, stage: id, status: "active" } });
  const rest = more > 0 ? [`    and ${more} more (${all})`] : [];
  const goal = pluralize(goal_days, "day");
  return [`  ${name}: ${count}, ${over_goal} over the goal of ${goal}`, ...people, ...rest];
}

const interviewText = ({ round, start, interviewers }: NonNullable<Person["next_interview"]>): string =>
  `${round} is booked for ${start}${interviewers.length > 0 ? ` with ${interviewers.join(", ")}` : ""}`;

const clockText = ({ pace, clean, mis_scoped }: NonNullable<Role["clock"]>): string =>
  `${paceText({ pace })} (clean: ${weeksText(clean)}; mis-scoped: ${weeksText(mis_scoped)})`;
