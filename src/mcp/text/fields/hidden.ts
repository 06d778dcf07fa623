// The sentence that an answer carries where something of the panel is hidden.

import type { HiddenUntil } from "../../../domain/panel/visibility.ts";

/** What of the panel is hidden from the reader for now, and the call that ends it. */
export function hiddenText(hidden: HiddenUntil): string {
  if (hidden.until === "vote") return "Votes are hidden until you cast yours (cast_vote).";
  const { rounds, except = [] } = hidden;
  const what =
    except.length === 0
      ? "What others on the panel said is hidden"
      : `Apart from the scorecards of ${except.join(", ")}, what others on the panel said is hidden`;
  return `${what} until you submit your scorecard for ${rounds.join(", ")} (submit_scorecard).`;
}
