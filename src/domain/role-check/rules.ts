import type { GeneralRule, Rule } from "./finding.ts";
import { certificationRequired, certificationRetired } from "./rules/credentials.ts";
import { laneMissing, lanesMixed } from "./rules/lanes.ts";
import {
  algorithmPuzzle,
  incidentRoundMissing,
  loopLong,
  onCallUnstated,
  realCodeMissing,
} from "./rules/loop.ts";
import { modelerDescription } from "./rules/modelling.ts";
import { outcomesMissing, outcomeWithoutBaseline, outcomeWithoutNumber } from "./rules/outcomes.ts";
import {
  compBelowBand,
  compByTitle,
  compImplausible,
  compMissing,
  compNarrow,
  payRangeRequired,
  placeUnclear,
} from "./rules/pay.ts";
import { mustHavesMany, niceToHaveAsMust, yearsAsBar } from "./rules/requirements.ts";
import { exclusionaryWording, protectedAttribute } from "./rules/wording.ts";

/** Every rule, in the order in which findings of one severity are told: what is decided first comes first. */
export const RULES: readonly (Rule | GeneralRule)[] = [
  laneMissing,
  lanesMixed,
  modelerDescription,
  outcomesMissing,
  outcomeWithoutNumber,
  payRangeRequired,
  placeUnclear,
  compMissing,
  compImplausible,
  compBelowBand,
  compNarrow,
  compByTitle,
  mustHavesMany,
  niceToHaveAsMust,
  yearsAsBar,
  certificationRequired,
  certificationRetired,
  protectedAttribute,
  exclusionaryWording,
  algorithmPuzzle,
  incidentRoundMissing,
  realCodeMissing,
  loopLong,
  onCallUnstated,
  outcomeWithoutBaseline,
];
