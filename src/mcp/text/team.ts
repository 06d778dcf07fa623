import { pluralize } from "../../domain/pluralize.ts";
import type { TeamAnswer, TeamChangeAnswer } from "../answers/team.ts";
import { onceAgreed } from "./confirmation.ts";
import { leftLines } from "./fields/team.ts";
import { linesOf } from "./lines.ts";

type Member = TeamAnswer["members"][number];

/** Everybody on the team, a line each: access, when they can interview, and what waits for them. */
export const teamText = ({ members }: TeamAnswer): string =>
  linesOf(
    `The team (${members.length}):`,
    ...members.map(
      (member) =>
        `- ${member.name} (${member.email}${member.is_me ? ", you" : ""}), ${member.access}. ` +
        `${availabilityText(member)} ${owesText(member.owes)}`,
    ),
  );

function availabilityText({ timezone, availability }: Member): string {
  if (!availability) return "No hours on record.";
  const { hours, weekly_limit, buffer, calendar } = availability;
  const parts = [
    `Can interview ${hours} (${timezone})`,
    weekly_limit !== undefined && `at most ${weekly_limit} a week`,
    buffer !== undefined && `${pluralize(buffer, "minute")} free before and after`,
    calendar && "calendar read",
  ];
  return `${parts.filter((part) => typeof part === "string").join(", ")}.`;
}

/** What is owed, in one and in several. */
const OWED = [
  ["assessment", "assessment", "assessments"],
  ["submission", "submission", "submissions"],
  ["booking", "interview to book", "interviews to book"],
  ["scorecards", "scorecard", "scorecards"],
  ["votes", "vote", "votes"],
] as const;

function owesText({ interviews, ...owes }: Member["owes"]): string {
  const parts = OWED.flatMap(([what, one, several]) => {
    const n = owes[what];
    return n === undefined ? [] : [pluralize(n, one, several)];
  });
  const owed = parts.length === 0 ? "Owes nothing" : `Owes ${parts.join(", ")}`;
  return `${owed}${interviews === undefined ? "" : `; ${pluralize(interviews, "interview")} ahead`}.`;
}

/** What became of a change of the team, and what it leaves for others to do. */
export function teamChangeText(answer: TeamChangeAnswer): string {
  const { action, left, confirmation } = answer;
  if (confirmation)
    return `Nothing is changed yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)}`;
  const commitments = left && {
    ...left,
    cards: left.scorecards.map(({ application: ref, round }) => ({ ref, round })),
    interviews: left.interviews.map(({ application: ref, ...interview }) => ({ ref, ...interview })),
  };
  return linesOf(doneText(answer), ...leftLines(action, commitments));
}

function doneText({ action, member, changed, before, again }: TeamChangeAnswer): string {
  const who = `${member.name} (${member.email})`;
  switch (action) {
    case "add":
      return changed
        ? `${who} is on the team${again ? " again" : ""}, with ${member.access} access. No e-mail was sent.`
        : `${who} was on the team already, with ${member.access} access; nothing was changed. ` +
            "action: access or rename changes them.";
    case "access":
      return changed
        ? `${who} has ${member.access} access now; it was ${before?.access}.`
        : `${who} has ${member.access} access: nothing was changed.`;
    case "remove":
      return `${who}, ${member.access}, is off the team; their record stays.`;
    case "rename":
      return changed
        ? `${before?.name} (${before?.email}) is ${who} now, ${member.access}, and keeps everything.${renamedText(member, before)}`
        : `${who}, ${member.access}: nothing was changed.`;
  }
}

const renamedText = (member: TeamChangeAnswer["member"], before: TeamChangeAnswer["before"]): string =>
  before === undefined || before.email === member.email
    ? ""
    : ` Where GREENFLAG_MEMBER names ${before.email}, set it to ${member.email}.`;
