import * as z from "zod";
import { pluralize } from "../../domain/counted.ts";
import { callOf } from "../../domain/next-call.ts";
import { roleKey } from "../params.ts";
import { linesOf } from "../text.ts";
import { type Answer, defineTool } from "../tool.ts";

const Waiting = z.looseObject({
  ref: z.string(),
  name: z.string(),
  days_in_stage: z.number(),
  waits_for: z.string(),
  owed: z.array(z.looseObject({ what: z.string(), by: z.array(z.string()) })),
});

const Stage = z.looseObject({
  id: z.string(),
  name: z.string(),
  count: z.number(),
  over_goal: z.number(),
  applications: z.array(Waiting),
});

export const getPipeline = defineTool({
  name: "get_pipeline",
  title: "See the pipeline",
  description:
    "Who stands where in every running role (or one), who owes what, what waits for us or the candidate, how long searches take, " +
    "and what needs attention first. " +
    "Shows the three longest waiting a stage, of one role ten; find_candidates lists all.",
  toolset: "roles",
  effect: "read",
  input: z.strictObject({ role: roleKey.optional() }),
  output: z.object({
    roles: z.array(
      z.looseObject({ key: z.string(), title: z.string(), weeks_open: z.number(), stages: z.array(Stage) }),
    ),
    needs_attention: z.array(z.looseObject({ ref: z.string(), what: z.string(), next: z.string() })),
    more: z.array(z.looseObject({ kind: z.string(), more: z.number(), of: z.number() })),
    order: z.string(),
    drafts: z.array(z.looseObject({ message: z.string(), next: z.string() })),
    more_drafts: z.boolean(),
  }),
  handle: (input, { services, caller }) => services.pipeline.get(caller, input),
  text: ({ roles, needs_attention, more, order, drafts, more_drafts }) =>
    linesOf(
      roles.length === 0 && "No role is open. open_role opens one from a template.",
      ...roles.flatMap((role) => [
        `${role.key} ${role.title}: open for ${pluralize(role.weeks_open, "week")}${clockOf(role.clock)}.`,
        ...role.stages.filter((s) => s.count > 0).flatMap((stage) => stageLines(stage, role.key)),
        role.stages.every((s) => s.count === 0) && "  nobody in it yet",
      ]),
      needs_attention.length > 0 && `Needs attention (${order}):`,
      ...needs_attention.map((a) => `- ${a.what} Next: ${a.next}.`),
      more.length > 0 &&
        `- and more of a kind: ${more.map((m) => `${m.more} ${m.kind} (of ${m.of} found)`).join(", ")}`,
      drafts.length > 0 && "Drafts that nobody has sent, each to be read and confirmed on its own:",
      ...drafts.map(
        (d) =>
          `- ${String(d.application)} ${String(d.name)}, ${String(d.purpose)}, since ${String(d.since)}. Next: ${d.next}.`,
      ),
      more_drafts && "- and more, once these are sent or discarded",
    ),
});

const clockOf = (clock: unknown): string =>
  typeof clock === "object" && clock !== null && "reading" in clock ? `, ${String(clock.reading)}` : "";

function stageLines(stage: Answer<typeof Stage>, role: string): string[] {
  const people = stage.applications.map((a) => {
    const owed =
      a.owed.length > 0
        ? `; owed: ${a.owed.map((o) => `${o.what}${o.round ? ` for ${String(o.round)}` : ""} by ${o.by.join(", ")} for ${pluralize(Number(o.days), "day")}`).join("; ")}`
        : "";
    return `    ${a.ref} ${a.name}, ${pluralize(a.days_in_stage, "day")}, waits for ${a.waits_for}${owed}`;
  });
  const more = stage.count - stage.applications.length;
  const all = callOf("find_candidates", { role, stage: stage.id, status: "active" });
  const rest = more > 0 ? [`    and ${more} more (${all})`] : [];
  return [`  ${stage.name}: ${stage.count}, ${stage.over_goal} over the goal`, ...people, ...rest];
}
