// The sentence that an answer carries where something of the panel is hidden.

import type { HiddenUntil } from "../../../domain/panel/visibility.ts";

/** What of the panel is hidden from the reader for now, and the call that ends it. */
export const hiddenText = (hidden: HiddenUntil): string =>
  hidden.until === "vote"
    ? "Votes are hidden until you cast yours (cast_vote)."
    : `What others on the panel said is hidden until you submit your scorecard for ${hidden.rounds.join(", ")} (submit_scorecard).`;
