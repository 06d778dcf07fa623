import * as z from "zod";
import { Evidence } from "../candidates/document.ts";
import type { CompiledRubric } from "../evidence/compile.ts";
import { evidenceOf, type ReadDocument } from "../evidence/read.ts";

const LaneMentions = z.object({ lane: z.string(), mentions: z.number() });

/** How much of two kinds of work the documents show. The shares are of the clauses that show either kind. */
export const Profile = z.object({
  operator: z.number(),
  modeler: z.number(),
  reading: z.enum(["operator", "modeler", "mixed", "neither"]),
  /** The numbers of clauses behind the shares. */
  mentions: z.object({ operating: z.number(), modelling: z.number() }),
  /** The kind of work that the role expects. Set only when the documents show mostly the other kind. */
  expected: z.enum(["operator", "modeler"]).optional(),
  /** The role's lane and another lane. Set only when the documents show far more work of the other lane. */
  other_lane: z.object({ role: LaneMentions, documents: LaneMentions }).optional(),
  operating: z.array(Evidence),
  modelling: z.array(Evidence),
});
export type Profile = z.infer<typeof Profile>;

/** Fewer clauses than this are too few for a reading. */
const MIN_PROFILE_CLAUSES = 3;
const MAX_PROFILE_QUOTES = 8;
/** From this share on, the documents count as mostly one kind of work. */
const MOSTLY_SHARE = 0.65;
/** Another lane is reported when the documents show this many times more work of it than of the role's lane. */
const OUTWEIGHS_TIMES = 3;

/** The shares of the two kinds of work in the documents, and where they differ from the role's expectation. */
export function profileOf(
  { profile: rubric }: CompiledRubric,
  documents: readonly ReadDocument[],
  lane: string | null,
): Profile {
  const operating = evidenceOf(rubric.operator, documents);
  const spanKey = ({ document, start }: Evidence) => `${document} ${start}`;
  const operatingPlaces = new Set(operating.map(spanKey));
  const modelling = evidenceOf(rubric.modeler, documents).filter((m) => !operatingPlaces.has(spanKey(m)));
  const total = operating.length + modelling.length;
  const shareOf = (part: readonly Evidence[]) =>
    total === 0 ? 0 : Math.round((part.length / total) * 100) / 100;
  const operator = shareOf(operating);
  const reading = readingOf(total, operator);
  const isOther = (reading === "operator" || reading === "modeler") && reading !== rubric.expects;
  const otherLane = otherLaneOf(rubric.lanes, documents, lane);
  return {
    operator,
    modeler: shareOf(modelling),
    reading,
    mentions: { operating: operating.length, modelling: modelling.length },
    ...(isOther && { expected: rubric.expects }),
    ...(otherLane && { other_lane: otherLane }),
    operating: operating.slice(0, MAX_PROFILE_QUOTES),
    modelling: modelling.slice(0, MAX_PROFILE_QUOTES),
  };
}

function readingOf(clauses: number, operatorShare: number): Profile["reading"] {
  if (clauses < MIN_PROFILE_CLAUSES) return "neither";
  if (operatorShare >= MOSTLY_SHARE) return "operator";
  return operatorShare <= 1 - MOSTLY_SHARE ? "modeler" : "mixed";
}

function otherLaneOf(
  lanes: CompiledRubric["profile"]["lanes"],
  documents: readonly ReadDocument[],
  lane: string | null,
): Profile["other_lane"] {
  if (lane === null) return undefined;
  const shown = lanes.map(({ id, signals }) => ({
    lane: id,
    mentions: evidenceOf(signals, documents).length,
  }));
  const own = shown.find((l) => l.lane === lane);
  const [most] = [...shown].sort((a, b) => b.mentions - a.mentions);
  if (!own || !most || most.mentions < Math.max(MIN_PROFILE_CLAUSES, OUTWEIGHS_TIMES * own.mentions))
    return undefined;
  return { role: own, documents: most };
}
