import type { AgendaAnswer } from "../answers/agenda.ts";
import { callText } from "../next-call.ts";
import { whyStale } from "./fields/assessment.ts";
import { unreachableText } from "./fields/not-told.ts";
import { linesOf } from "./lines.ts";
import { countText } from "./not-told.ts";

/** What is ahead, line by line, each with its call. */
export function agendaText({
  member,
  from,
  to,
  timezone,
  timezone_assumed,
  items,
  ...count
}: AgendaAnswer): string {
  const whose = member === "all" ? "everybody" : member;
  const zone = timezone_assumed ? `${timezone} (your zone is not on record)` : timezone;
  return linesOf(
    `Agenda of ${whose} from ${from} to ${to}, times in ${zone}.`,
    count.total === 0 ? "Nothing is due." : `${items.length} of ${countText(count)}:`,
    ...items.map(itemText),
  );
}

type Item = AgendaAnswer["items"][number];

function itemText({
  kind,
  application,
  name,
  round,
  due,
  at,
  overdue,
  by,
  purpose,
  next,
  ...told
}: Item): string {
  const of = round === undefined ? "" : ` ${round}`;
  const when = at === undefined ? `due ${due}` : `on ${at}`;
  const whose = by === undefined ? "" : `, by ${by.join(", ")}`;
  const again = told.again ? `to be read again: ${whyStale(told)}` : purpose;
  const what = told.why === undefined ? again : WHY_TEXT[told.why];
  const why = what === undefined ? "" : ` (${what}${outdatedText(told)})`;
  const state = `${overdue ? "overdue, " : ""}${when}${whose}${unreachableText(told.cannot_be_written_to)}`;
  const title = told.outdated === undefined ? KIND_TEXT[kind] : "Outdated draft, not to be sent";
  return `- ${title}${of}${why}: ${application} ${name}, ${state}. Next: ${callText(next)}.`;
}

/** `, written for screen, now at architecture`. */
function outdatedText({ outdated, written_for, now_at }: Partial<Item>): string {
  if (outdated === undefined) return "";
  const others = now_at === undefined ? outdated : outdated.filter((field) => field !== "stage");
  return [
    written_for === undefined ? "" : `, written for ${written_for}`,
    now_at === undefined ? "" : `, now at ${now_at}`,
    others.length === 0 ? "" : `, not right any more: ${others.join(", ")}`,
  ].join("");
}

const KIND_TEXT: Record<Item["kind"], string> = {
  interview: "Interview",
  scorecard: "Scorecard",
  vote: "Vote",
  assessment: "Assessment",
  submission: "Submission",
  booking: "Interview to book",
  message: "Draft to send",
  offer: "Offer ending",
  not_told: "Not told",
};

const WHY_TEXT: Record<NonNullable<Item["why"]>, string> = {
  rejected: "rejected",
  role_closed: "the role was closed",
  interview_stands: "has ended, and the interview still stands",
};
