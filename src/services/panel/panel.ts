import type { Catalog } from "../../catalog/load.ts";
import type { Begin } from "../session.ts";
import { createVotes } from "./cast-vote.ts";
import { createDebrief } from "./get-debrief.ts";
import { createScorecards } from "./submit-scorecard.ts";

/** Everything that the panel does: score, vote, and see what it comes to. */
export function createPanel(deps: { begin: Begin; catalog: Catalog }) {
  return {
    ...createScorecards(deps),
    ...createVotes(deps),
    ...createDebrief(deps),
  };
}
