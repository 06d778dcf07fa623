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
};

/** What a person reads before they agree to a decision. */
export function confirmationText({ application, role, to, unmet, reason }: ToAgree): string {
  const act = to === "rejected" ? "Reject" : to === "hired" ? "Mark as hired" : "Move to offer";
  const overrides = unmet.length > 0 ? ` Overrides: ${unmet.map(unmetText).join("; ")}.` : "";
  const because = reason ? ` Reason: ${reason.replace(/[.\s]+$/, "")}.` : "";
  const who = `${application.name} (${application.ref}, ${role}), now at ${statusLabel(application)}`;
  return `${act}: ${who}.${overrides}${because} No e-mail will be sent.`;
}
