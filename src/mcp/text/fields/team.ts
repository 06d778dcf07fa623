// The sentences about members that answers and errors carry as fields.

import { withArticle } from "../../../domain/article.ts";
import type { Access } from "../../../domain/member.ts";
import type { Remedy } from "../../../domain/remedy.ts";
import type { TeamAction, TeamChange } from "../../../services/team/change-team.ts";
import type { Commitments } from "../../../services/team/manage-team.ts";
import { callText } from "../../next-call.ts";

/** `an interviewer`, `a hiring manager`. */
const accessText = (access: Access): string => withArticle(access.replace("_", " "));

type Fix = Extract<Remedy, { do: "add_member" | "raise_access" }>;

/** Who could be named, and how somebody who cannot be comes to be. */
export function memberFixText({ do: fix, email, access, allowed, admins }: Fix): string {
  const list =
    allowed.length > 0 ? `Allowed: ${allowed.join(", ")}.` : "Nobody on the team can be named yet.";
  const isAdding = fix === "add_member";
  const call = callText({
    tool: "manage_team",
    arguments: isAdding
      ? { action: "add", email, name: "THEIR NAME", access }
      : { action: "access", email, access },
  });
  if (admins.length === 0) return `${list} ${call} ${isAdding ? "adds them" : "changes that"}; then repeat.`;
  const who = admins.map((admin) => `${admin.name} (${admin.email})`).join(" or ");
  return `${list} Ask ${who} to call ${call}.`;
}

const STILL_THEIRS = "What is owed there is still told as theirs; to name somebody else:";

/** What somebody was assigned to, by kind, each with what gives it to somebody else. */
const partsOf = ({ cards, panels, interviews, applications, roles }: Commitments) => [
  {
    what: "Scorecards not submitted",
    items: cards.map(({ ref, round }) => `${ref} ${round}`),
    mend: (then: string) => `${then}; to name somebody else: update_role (panel)`,
  },
  {
    what: "On the panel of",
    items: panels.flatMap(({ role, rounds }) => rounds.map((round) => `${role} ${round}`)),
    mend: () => "To name somebody else: update_role (panel)",
  },
  {
    what: "Interviews still booked",
    items: interviews.map(({ ref, round, start }) => `${ref} ${round} on ${start}`),
    mend: () => "To move or cancel them: schedule_interview",
  },
  {
    what: "Applications they look after",
    items: applications,
    mend: () => `${STILL_THEIRS} update_candidate (application, owner)`,
  },
  { what: "Roles they own", items: roles, mend: () => `${STILL_THEIRS} update_role (owner)` },
];

/** What somebody was assigned to, one line each, with the consequence and the call that assigns somebody else. */
export const commitmentLines = (left: Commitments, then: string): string[] =>
  partsOf(left).flatMap(({ what, items, mend }) =>
    items.length === 0 ? [] : [`${what}: ${items.join(", ")}. ${mend(then)}.`],
  );

/** What becomes of what somebody was assigned to, by the action. */
const THEN = { remove: "Nobody waits for them any more", access: "A viewer can do none of it" } as const;

/** What a change leaves for others to do. */
export const leftLines = (action: TeamAction, left: Commitments | undefined): string[] =>
  left === undefined ? [] : commitmentLines(left, action === "remove" ? THEN.remove : THEN.access);

/** The same for the person who is asked, without the calls. */
function leftText(left: Commitments | undefined): string {
  if (left === undefined) return "";
  const parts = partsOf(left).flatMap(({ what, items }) =>
    items.length === 0 ? [] : [` ${what}: ${items.join(", ")}.`],
  );
  return parts.length === 0 ? " They owe nothing." : parts.join("");
}

/** What a person agrees to before the team changes. */
export function teamSummaryText({ action, member, before, again, left }: TeamChange): string {
  const who = `${member.name} (${member.email})`;
  const after = leftText(left);
  switch (action) {
    case "add": {
      const act = again ? `Put ${who} back on the team` : `Add ${who} to the team`;
      return `${act}, as ${accessText(member.access)}? ${SEES[member.access]}`;
    }
    case "access": {
      const from = before === undefined ? "" : `, ${accessText(before.access)} so far,`;
      return `Make ${who}${from} ${accessText(member.access)}? ${SEES[member.access]}${after}`;
    }
    case "remove":
      return (
        `Take ${who}, ${accessText(member.access)}, off the team? Their tokens and sign-ins stop working at once; ` +
        `what they did stays on record.${after}`
      );
    case "rename":
      return (
        `Change ${before?.name} (${before?.email}) to ${who}? Whoever reads mail at ${member.email} can sign in as them; ` +
        "they keep everything that is theirs."
      );
  }
}

/** What each access lets somebody see, in a sentence. */
const SEES: Record<Access, string> = {
  admin: "An admin sees everybody, decides, and changes the team.",
  hiring_manager: "A hiring manager sees everybody and decides: reject, offer, hire.",
  recruiter: "A recruiter sees everybody, and runs roles, candidates and mail.",
  interviewer: "An interviewer sees the applications that they interview for.",
  viewer: "A viewer sees everybody and changes nothing.",
};
