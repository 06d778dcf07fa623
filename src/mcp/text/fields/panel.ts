// The sentences that an answer about the panel carries as fields.

import type { Revision } from "../../../domain/panel/revision.ts";

/** What a submission did to the card that was there before; nothing of a first one. */
export function scorecardNote(change: Revision["kind"]): string | undefined {
  switch (change) {
    case "first":
      return undefined;
    case "same":
      return "This card is already there: nothing was changed.";
    case "replace":
      return "It takes the place of the card before, which nobody else had to see.";
    case "append":
      return "The version before it stays on record.";
  }
}

/** What a vote did to the one that was there before; nothing of a first one. */
export function voteNote(change: Revision["kind"]): string | undefined {
  switch (change) {
    case "first":
      return undefined;
    case "same":
      return "This vote is already cast: nothing was changed.";
    case "replace":
      return "It takes the place of your vote before, which nobody else had to see.";
    case "append":
      return "Your vote before it stays on record.";
  }
}
