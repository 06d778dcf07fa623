import type { Assessment, Author, Finding, Opinion } from "./assessment.ts";
import type { Profile } from "./profile.ts";

/** An author as rows hold it. Older rows hold `CLIENT for E-MAIL`, or `rules` for the rules. */
type StoredAuthor = Author | string;

/** A finding as a row holds it. */
export type StoredFinding = Omit<Finding, "author"> & { readonly author: StoredAuthor };

type StoredOpinion = Omit<Opinion, "author"> & { readonly author?: StoredAuthor | undefined };

/** Older rows have sentences here instead of facts. */
type StoredProfile = Omit<Profile, "mentions"> & {
  readonly mentions?: Profile["mentions"] | undefined;
  readonly text?: string | undefined;
  readonly warning?: string | undefined;
};

/** An assessment as a row holds it. */
export type StoredAssessment = Omit<Assessment, "flags" | "profile"> & {
  readonly flags: readonly (Omit<Assessment["flags"][number], "others"> & {
    readonly others?: readonly StoredOpinion[] | undefined;
  })[];
  readonly profile: StoredProfile;
};

/** A stored assessment in today's form, whichever release stored it. */
export function readAssessment({ flags, profile, ...rest }: StoredAssessment): Assessment {
  return {
    ...rest,
    flags: flags.map(({ others, ...flag }) => (others ? { ...flag, others: others.map(readOpinion) } : flag)),
    profile: readProfile(profile),
  };
}

/** A stored finding in today's form, whichever release stored it. */
export function readFinding({ flag, verdict, quotes, note, by, author }: StoredFinding): Finding {
  return { flag, verdict, quotes, ...(note === undefined ? {} : { note }), by, author: readAuthor(author) };
}

function readOpinion({ author, ...opinion }: StoredOpinion): Opinion {
  return opinion.by === "rules" || author === undefined
    ? opinion
    : { ...opinion, author: readAuthor(author) };
}

const SEPARATOR = " for ";

/** Splits at the last separator, because a client's name may hold spaces and an e-mail address may not. */
function readAuthor(stored: StoredAuthor): Author {
  if (typeof stored !== "string") return stored;
  const at = stored.lastIndexOf(SEPARATOR);
  return at < 0
    ? { client: stored, member: "" }
    : { client: stored.slice(0, at), member: stored.slice(at + SEPARATOR.length) };
}

const MENTIONS = /(\d+) operating mentions?, (\d+) modelling mentions?/;
const EXPECTED = /^The role asks for an? (operator|modeler);/;
const OTHER_LANE =
  /The role's lane is (\S+) \((\d+) mentions?\); the documents show (\S+) \((\d+) mentions?\)\./;

function readProfile({ text = "", warning = "", mentions, ...profile }: StoredProfile): Profile {
  if (mentions) return { ...profile, mentions };
  const { operating, modelling } = profile;
  const [, operatingClauses = operating.length, modellingClauses = modelling.length] =
    MENTIONS.exec(text) ?? [];
  const [, expected] = EXPECTED.exec(warning) ?? [];
  const [, own, ownClauses, other, otherClauses] = OTHER_LANE.exec(warning) ?? [];
  return {
    ...profile,
    mentions: { operating: Number(operatingClauses), modelling: Number(modellingClauses) },
    ...(expected === "operator" || expected === "modeler" ? { expected } : {}),
    ...(own !== undefined && other !== undefined
      ? {
          other_lane: {
            role: { lane: own, mentions: Number(ownClauses) },
            documents: { lane: other, mentions: Number(otherClauses) },
          },
        }
      : {}),
  };
}
