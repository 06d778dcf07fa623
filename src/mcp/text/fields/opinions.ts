// What the panel says against a move or an offer, in the sentences that a person reads before they agree.

import type { Objection } from "../../../domain/panel/objections.ts";
import { pluralize } from "../../../domain/pluralize.ts";
import type { Opinions } from "../../../services/panel/opinions.ts";
import type { Names } from "../../../services/pipeline/names.ts";
import { hiddenText } from "./hidden.ts";

type Opinion = Omit<Objection, "round"> & { readonly round?: string | undefined };

/** `no by Jonas Weber <jonas@example.com> (Incident)`; a vote where no round is named. */
export const objectionText = ({ member, gave, round }: Opinion, names: Names = {}): string =>
  `${gave} by ${names[member] ?? member} (${round === undefined ? "vote" : (names[round] ?? round)})`;

/** The opinions against it; undefined where there are none. */
export function dissentText({ direction, dissent }: Opinions, names: Names): string | undefined {
  if (dissent.length === 0) return undefined;
  const side = direction === "forward" ? "Against it on record" : "For them on record";
  return `${side}: ${dissent.map((objection) => objectionText(objection, names)).join("; ")}.`;
}

/** Which cards and votes are missing; of one from whom others' are hidden, only how many, and what hides them. */
export function missingText({ missing, hidden }: Opinions, names: Names): string | undefined {
  const { cards, of_cards, votes, of_votes } = missing;
  if (hidden !== null) {
    const votesText = of_votes === 0 ? "" : ` and ${votes.length} of ${pluralize(of_votes, "vote")}`;
    const counts = `Missing: ${cards.length} of ${pluralize(of_cards, "scorecard")}${votesText}.`;
    return `${counts} ${hiddenText(hidden)}`;
  }
  const owed = [
    ...cards.map(({ member, round }) => `${names[round] ?? round} scorecard of ${names[member] ?? member}`),
    ...votes.map((member) => `vote of ${names[member] ?? member}`),
  ];
  return owed.length === 0 ? undefined : `Missing: ${owed.join("; ")}.`;
}
