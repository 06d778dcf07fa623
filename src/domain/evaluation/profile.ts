import * as z from "zod";
import { Evidence } from "../candidates/document.ts";
import type { CompiledRubric } from "../evidence/compile.ts";
import { evidenceOf, type ReadDocument } from "../evidence/read.ts";
import type { AssessedFlag } from "./assessed-flag.ts";
import { counts } from "./points.ts";

const Kind = z.enum(["operator", "modeler"]);

/** How many clauses show two kinds of work. The shares are of the clauses that show either kind. */
const Mentions = z.object({
  operator: z.number(),
  modeler: z.number(),
  /** The numbers of clauses behind the shares. */
  mentions: z.object({ operating: z.number(), modelling: z.number() }),
  operating: z.array(Evidence),
  modelling: z.array(Evidence),
  /** The kind of work that the role asks for. */
  expects: Kind,
  /** The flag whose reading says whether the documents show the other kind. */
  shown_by: z.string().optional(),
});
export type Mentions = z.infer<typeof Mentions>;

/** The kind of work that the documents show. Counts alone say nothing about a person, so it is `unread` until a reader has spoken. */
export const Profile = Mentions.extend({
  reading: z.enum(["operator", "modeler", "mixed", "neither", "unread"]),
  /** The kind of work that the role asks for. Set only where a reader found that the documents show the other kind. */
  expected: Kind.optional(),
});
export type Profile = z.infer<typeof Profile>;

/** Fewer clauses than this are too few for a reading. */
const MIN_PROFILE_CLAUSES = 3;
const MAX_PROFILE_QUOTES = 8;
/** From this share on, the documents count as mostly one kind of work. */
const MOSTLY_SHARE = 0.65;

/** The clauses of each kind in the documents, where a flag of the rubric says which kind they show. */
export function mentionsIn(
  { profile }: CompiledRubric,
  documents: readonly ReadDocument[],
): { readonly profile?: Mentions } {
  if (profile === undefined) return {};
  const operating = evidenceOf(profile.operator, documents);
  const spanKey = ({ document, start }: Evidence) => `${document} ${start}`;
  const operatingPlaces = new Set(operating.map(spanKey));
  const modelling = evidenceOf(profile.modeler, documents).filter((m) => !operatingPlaces.has(spanKey(m)));
  const total = operating.length + modelling.length;
  const shareOf = (part: readonly Evidence[]) =>
    total === 0 ? 0 : Math.round((part.length / total) * 100) / 100;
  const counted = {
    operator: shareOf(operating),
    modeler: shareOf(modelling),
    mentions: { operating: operating.length, modelling: modelling.length },
    operating: operating.slice(0, MAX_PROFILE_QUOTES),
    modelling: modelling.slice(0, MAX_PROFILE_QUOTES),
    ...{ expects: profile.expects, shown_by: profile.shown_by },
  };
  return { profile: counted };
}

/** The profile as the reading of its flag says: the other kind where it is present, and not where it is absent. */
export function profileOf(
  { operator, modeler, mentions, operating, modelling, expects, shown_by }: Mentions,
  flags: readonly AssessedFlag[],
): Profile {
  const flag = flags.find(({ id }) => id === shown_by);
  const other = expects === "operator" ? "modeler" : "operator";
  const counted = kindOf(operator, mentions);
  const isOther = flag !== undefined && flag.by !== "rules" && counts(flag);
  const isNotOther = flag !== undefined && flag.by !== "rules" && flag.verdict === "absent";
  return {
    ...{ operator, modeler, mentions, operating, modelling, expects },
    ...(shown_by !== undefined && { shown_by }),
    reading: isOther ? other : isNotOther ? (counted === other ? "mixed" : counted) : "unread",
    ...(isOther && { expected: expects }),
  };
}

function kindOf(operator: number, { operating, modelling }: Mentions["mentions"]): Profile["reading"] {
  if (operating + modelling < MIN_PROFILE_CLAUSES) return "neither";
  if (operator >= MOSTLY_SHARE) return "operator";
  return operator <= 1 - MOSTLY_SHARE ? "modeler" : "mixed";
}
