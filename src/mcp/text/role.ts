import type { RoleAnswer } from "../answers/role.ts";
import { callText } from "../next-call.ts";
import { unreachableText } from "./fields/not-told.ts";
import { findingLines } from "./findings.ts";
import { linesOf } from "./lines.ts";

/** A role as it stands now, and what is to be fixed in it. */
export function roleText(
  lead: string,
  { role, findings, moved = [], still_active, interviews_booked, note }: RoleAnswer,
): string {
  const { comp } = role;
  const place = `${role.location}${role.remote ? ", remote" : ""}`;
  return linesOf(
    `${lead}: ${role.key}, ${role.title} (${role.level}${role.lane ? `, lane ${role.lane}` : ""}, ${role.status}), ${place}.`,
    `Template: ${role.template}.`,
    comp && `Pay: ${comp.currency} ${comp.min ?? "?"} to ${comp.max ?? "?"} a year.`,
    ...role.outcomes.map((outcome) => `Outcome: ${outcome}`),
    ...role.must_haves.map((skill) => `Must have: ${skill}`),
    ...role.nice_to_haves.map((skill) => `Nice to have: ${skill}`),
    role.on_call && `On call: ${role.on_call}`,
    `Stages: ${role.stages.map(stageText).join(" > ")}.`,
    `Owner: ${role.owner}. Openings: ${role.openings}.`,
    !role.recruiters_send && "Recruiters do not send messages about it.",
    !role.earlier_rounds_open && "Interviewers see no card of earlier rounds before their own is in.",
    ...(role.questions ?? []).map(({ round, question }) => `Own question in ${round}: ${question}`),
    ...role.panel.map(({ round, members }) => `Interviewers of ${round}: ${members.join(", ") || "nobody"}.`),
    ...moved.map(({ ref, from, to }) => `${ref} was moved from ${from}, which was dropped, to ${to}.`),
    still_active && stillActiveText(still_active),
    interviews_booked && stillBookedText(interviews_booked),
    note,
    findings.length === 0
      ? "Nothing to fix."
      : role.status === "open"
        ? "To fix before sourcing:"
        : "To fix:",
    ...findingLines(findings),
  );
}

function stillActiveText({ total, applications }: NonNullable<RoleAnswer["still_active"]>): string {
  const more = total - applications.length;
  return linesOf(
    `Still active, ${total} in all. Each waits for an answer, to be read and confirmed on its own; ` +
      "move_candidate ends an application.",
    ...applications.map(
      ({ ref, name, stage, cannot_be_written_to: why, next }) =>
        `- ${ref} ${name} (${stage})${unreachableText(why)}. Next: ${callText(next)}.`,
    ),
    more > 0 && `- and ${more} more (find_candidates)`,
  );
}

function stillBookedText({ total, interviews }: NonNullable<RoleAnswer["interviews_booked"]>): string {
  const more = total - interviews.length;
  return linesOf(
    `Interviews still booked, ${total} in all. Each stands until it is called off:`,
    ...interviews.map(
      ({ ref, name, round, start, next }) =>
        `- ${ref} ${name}: ${round} at ${start}. Next: ${callText(next)}.`,
    ),
    more > 0 && `- and ${more} more, later (get_agenda with member: all)`,
  );
}

function stageText({ id, goal_days, minutes, gate }: RoleAnswer["role"]["stages"][number]): string {
  const facts = [
    `${goal_days} d`,
    minutes !== undefined && `${minutes} min`,
    gate.length > 0 && gate.join(" + "),
  ];
  return `${id} (${facts.filter(Boolean).join(", ")})`;
}
