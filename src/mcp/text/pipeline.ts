import type { Attention, Delay, RoleAttention } from "../../domain/pipeline/attention.ts";
import type { SearchClock } from "../../domain/pipeline/role-attention.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { PipelineAnswer } from "../answers/pipeline.ts";
import { callText } from "../next-call.ts";
import { linesOf } from "./lines.ts";
import { taskText } from "./task.ts";

/** Each role by stage with whoever has waited longest, then what comes first, then what was written and not sent. */
export function pipelineText(pipeline: PipelineAnswer): string {
  const { roles, needs_attention, more, order, drafts, more_drafts } = pipeline;
  return linesOf(
    roles.length === 0 && "No role is open. open_role opens one from a template.",
    ...roles.flatMap(roleLines),
    needs_attention.length > 0 && `Needs attention (${order}):`,
    ...needs_attention.map((item) => `- ${item.what} (${pressureText(item)}) Next: ${callText(item.next)}.`),
    more.length > 0 &&
      `- and more of a kind: ${more.map((m) => `${m.more} ${m.kind} (of ${m.of} found)`).join(", ")}`,
    drafts.length > 0 && "Drafts that nobody has sent, each to be read and confirmed on its own:",
    ...drafts.map(
      (d) => `- ${d.application} ${d.name}, ${d.purpose}, since ${d.since}. Next: ${callText(d.next)}.`,
    ),
    more_drafts && "- and more, once these are sent or discarded",
  );
}

type Item = PipelineAnswer["needs_attention"][number];

/** Why an item stands where it does in the list. */
const pressureText = ({ severity, days_over, closeness }: Item): string =>
  `${severity}, ${pluralize(days_over, "day")} over, ${closeness} of the way`;

type Role = PipelineAnswer["roles"][number];
type Stage = Role["stages"][number];

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
  const people = applications.map(({ ref, name: who, days_in_stage, waits_for, tasks }) => {
    const toDo = tasks.length > 0 ? `; to do: ${tasks.map(taskText).join("; ")}` : "";
    return `    ${ref} ${who}, ${pluralize(days_in_stage, "day")}, waits for ${waits_for}${toDo}`;
  });
  const more = count - applications.length;
  const all = callText({ tool: "find_candidates", arguments: { role, stage: id, status: "active" } });
  const rest = more > 0 ? [`    and ${more} more (${all})`] : [];
  const goal = pluralize(goal_days, "day");
  return [`  ${name}: ${count}, ${over_goal} over the goal of ${goal}`, ...people, ...rest];
}

const weeksText = ({ low_weeks, high_weeks }: SearchClock["clean"]): string =>
  `${low_weeks} to ${high_weeks} weeks`;

const clockText = ({ reading, clean, mis_scoped }: NonNullable<Role["clock"]>): string =>
  `${reading}; clean searches take ${weeksText(clean)}, mis-scoped ones ${weeksText(mis_scoped)}`;

/** How long a role has been open, beside how long such searches take. */
export function paceText({ clean, mis_scoped, pace }: SearchClock): string {
  switch (pace) {
    case "within_clean":
      return `within a clean search (${weeksText(clean)})`;
    case "past_clean":
      return `past a clean search (${weeksText(clean)})`;
    case "within_mis_scoped":
      return `where mis-scoped searches are (${weeksText(mis_scoped)})`;
    case "past_mis_scoped":
      return `beyond even mis-scoped searches (${weeksText(mis_scoped)})`;
  }
}

type Clocks = readonly { readonly key: string; readonly clock: SearchClock | null }[];

/** What waits, in a sentence or two. */
export function attentionText(item: Attention, roles: Clocks): string {
  if (!("delays" in item)) return roleAttentionText(item, roles);
  const [worse, other] = item.delays.map(delayText);
  return `${item.ref} ${item.name} ${worse}.${other === undefined ? "" : ` It ${other}.`}`;
}

function delayText({ kind, stage, days, goal_days, waits_for }: Delay): string {
  const long = pluralize(days, "day");
  switch (kind) {
    case "offer_ageing":
      return `has had an offer for ${long}; offers age after ${goal_days}`;
    case "over_goal": {
      const who = waits_for === "us" ? "us" : "the candidate";
      return `has been in ${stage} for ${long} and waits for ${who}; the goal is ${goal_days}`;
    }
    case "unanswered":
      return `has had no answer from us on record for ${long}; ${stage} promises one within ${goal_days}`;
  }
}

function roleAttentionText({ kind, ref, weeks_open = 0 }: RoleAttention, roles: Clocks): string {
  switch (kind) {
    case "no_outcomes":
      return `${ref} has no outcomes: nobody can tell what good looks like. update_role takes them as outcomes.`;
    case "no_loop":
      return `${ref} has no interview loop: nobody is compared on the same questions.`;
    case "no_panel":
      return `${ref} has nobody named for any round: no scorecard will be asked for. update_role takes them as panel.`;
    case "search_late":
    case "search_mis_scoped": {
      const clock = roles.find(({ key }) => key === ref)?.clock;
      return `${ref} has been open for ${pluralize(weeks_open, "week")}${clock ? `, ${paceText(clock)}` : ""}.`;
    }
  }
}
