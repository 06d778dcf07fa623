// The sentences that the answer about a move carries as fields.

import { statusLabel } from "../../../domain/pipeline/application.ts";
import { type Unmet, unmetText } from "../../../domain/pipeline/gates-and-moves.ts";
import type { Moved } from "../../../services/pipeline/move-candidate.ts";

type ToAgree = {
  readonly application: Moved["application"];
  /** Title of the role. */
  readonly role: string;
  readonly to: string;
  readonly unmet: readonly Unmet[];
  readonly reason?: string | undefined;
  /** What stages and members are called, by stage id and by e-mail. */
  readonly names: Readonly<Record<string, string>>;
};

/** What a person reads before they agree to a decision. */
export function confirmationText({ application, role, to, unmet, reason, names }: ToAgree): string {
  const act = to === "rejected" ? "Reject" : to === "hired" ? "Mark as hired" : "Move to offer";
  const overrides =
    unmet.length > 0 ? ` Overrides: ${unmet.map((item) => unmetText(named(item, names))).join("; ")}.` : "";
  const because = reason ? ` Reason: ${reason.replace(/[.\s]+$/, "")}.` : "";
  const who = `${application.name} (${application.ref}, ${role}), now at ${nameIn(names, statusLabel(application))}`;
  return `${act}: ${who}.${overrides}${because} No e-mail will be sent.`;
}

const nameIn = (names: ToAgree["names"], id: string): string => names[id] ?? id;

/** What is missing, with stages and members called by their names. */
function named(unmet: Unmet, names: ToAgree["names"]): Unmet {
  const nameOf = (id: string) => nameIn(names, id);
  if (unmet.rule === "scorecards") return { ...unmet, missing: unmet.missing.map(nameOf) };
  if (unmet.rule === "skipped_stages") return { ...unmet, stages: unmet.stages.map(nameOf) };
  return unmet;
}
