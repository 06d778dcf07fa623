import { statusLabel } from "../../domain/pipeline/application.ts";
import type { RecordOfferAnswer } from "../answers/offer.ts";
import { callText } from "../next-call.ts";
import { onceAgreed } from "./confirmation.ts";
import { changedText, offerText, replacesText } from "./fields/offer.ts";
import { linesOf } from "./lines.ts";

/** The offer as it is on record now, what stands out about it, and what it leads to. */
export function recordOfferText({
  application,
  offer,
  replaces,
  changed,
  findings,
  ...after
}: RecordOfferAnswer): string {
  const { confirmation, next } = after;
  if (confirmation)
    return `Nothing is changed yet. Ask the user: "${confirmation.summary}" ${onceAgreed(confirmation)}`;
  return linesOf(
    `${application.ref} ${application.name}, at ${statusLabel(application)}. ${changedText(changed)}`,
    offer && offerText(offer),
    replacesText(replaces),
    ...findings.map(({ what }) => what),
    changed.length > 0 && "No e-mail was sent.",
    next && `Next: ${callText(next)}.`,
  );
}
