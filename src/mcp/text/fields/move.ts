// What a move says: what a person agrees to, what is missing, and how a refused move is made possible.

import { ACTS, leastAccess } from "../../../domain/access.ts";
import type { Stale } from "../../../domain/evaluation/stale.ts";
import { statusLabel } from "../../../domain/pipeline/application.ts";
import type { Unmet } from "../../../domain/pipeline/unmet.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import type { Opinions } from "../../../services/panel/opinions.ts";
import type { Moved } from "../../../services/pipeline/move-candidate.ts";
import type { Names } from "../../../services/pipeline/names.ts";
import { staleSince } from "./assessment.ts";
import { type OfferShown, offerBehindHireText } from "./offer.ts";
import { dissentText, missingText } from "./opinions.ts";

type ToAgree = {
  readonly application: Moved["application"];
  /** Title of the role. */
  readonly role: string;
  readonly to: string;
  readonly unmet: readonly Unmet[];
  readonly reason?: string | undefined;
  readonly reason_category?: string | undefined;
  readonly opinions?: Opinions | undefined;
  readonly offer?: OfferShown | null | undefined;
  readonly stale?: Stale | undefined;
  readonly names: Names;
};

/** What a person reads before they agree to a decision, an override or a skipped stage. */
export function confirmationText({ application, role, to, unmet, names, ...why }: ToAgree): string {
  const { reason, reason_category, opinions, offer, stale } = why;
  const act = ENDING[to] ?? `Move to ${nameIn(names, to)}`;
  const who = `${application.name} (${application.ref}, ${role}), now at ${nameIn(names, statusLabel(application))}`;
  return [
    `${act}: ${who}.`,
    unmet.length > 0 && `Overrides: ${unmet.map((item) => unmetText(named(item, names))).join("; ")}.`,
    opinions && dissentText(opinions, names),
    opinions?.direction === "forward" && missingText(opinions, names),
    stale && `The assessment is stale${staleSince(stale)}; score_candidate assesses anew.`,
    to === "hired" && offer !== undefined && offerBehindHireText(offer),
    to !== "hired" && offer && standingOfferText(offer),
    reason && `Reason: ${reason.replace(/[.\s]+$/, "")}.`,
    reason_category && `Kind of reason: ${reason_category}.`,
    "No e-mail will be sent.",
  ]
    .filter((sentence) => typeof sentence === "string")
    .join(" ");
}

const ENDING: Readonly<Record<string, string>> = { rejected: "Reject", hired: "Mark as hired" };

/** An offer that an end leaves standing. */
const standingOfferText = ({ version, status }: Pick<OfferShown, "version" | "status">): string =>
  `Offer version ${version} is ${status} and stays so.`;

const nameIn = (names: Names, id: string): string => names[id] ?? id;

/** What is missing, with stages and members called by their names. */
function named(unmet: Unmet, names: Names): Unmet {
  const nameOf = (id: string) => nameIn(names, id);
  if (unmet.rule === "scorecards") return { ...unmet, missing: unmet.missing.map(nameOf) };
  if (unmet.rule === "skipped_stages") return { ...unmet, stages: unmet.stages.map(nameOf) };
  return unmet;
}

/** What is missing before a stage can be left. */
export function unmetText(unmet: Unmet): string {
  switch (unmet.rule) {
    case "assessment":
      return "no assessment yet";
    case "submission":
      return "no submission yet";
    case "scorecards":
      return `${unmet.submitted} of ${pluralize(unmet.of, "scorecard")} (missing: ${unmet.missing.join(", ")})`;
    case "votes":
      return `${unmet.cast} of ${pluralize(unmet.of, "vote")}, and it takes at least half`;
    case "skipped_stages":
      return `skips ${unmet.stages.join(", ")}`;
  }
}

/** Which call meets each gate; stages that would be skipped are gone through one by one. */
const MEETS: Record<Unmet["rule"], string> = {
  assessment: "call score_candidate",
  submission:
    "call summarize_submission for code, add_document with kind: work_sample for any other work " +
    "(assign_exercise before it, where none was given)",
  scorecards: "have submit_scorecard called",
  votes: "have cast_vote called",
  skipped_stages: "move one stage at a time",
};

/** Why a move is refused, and what makes it possible. */
export function refusedMoveText(unmet: readonly Unmet[]): string {
  const todo = unmet.map(({ rule }) => MEETS[rule]).join(", then ");
  const who = leastAccess(ACTS.decide.rule);
  return (
    `In the way: ${unmet.map(unmetText).join("; ")}. ${todo.charAt(0).toUpperCase()}${todo.slice(1)}; ` +
    `or repeat with override: true and a reason (it takes ${who}).`
  );
}
