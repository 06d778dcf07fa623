import type { Catalog } from "../catalog/load.ts";
import { createScorecards } from "./scorecards.ts";
import type { Begin } from "./session.ts";
import { createVotes } from "./votes.ts";

/** Everything that the panel does: score, vote, and see what it comes to. */
export function createPanel(deps: { begin: Begin; catalog: Catalog }) {
  const { submit } = createScorecards(deps);
  const { cast } = createVotes(deps);
  return { submit, cast };
}
