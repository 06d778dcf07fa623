import type { Evidence } from "../candidates/document.ts";
import { type AssessedFlag, settle } from "./assessed-flag.ts";
import type { Assessment } from "./assessment.ts";
import type { Author, Finding, Reader, Reading } from "./finding.ts";
import type { Profile } from "./profile.ts";

/** An author as rows hold it. Older rows hold `CLIENT for E-MAIL`, or `rules` for the rules. */
type StoredAuthor = Author | string;

/** A finding as a row holds it. */
export type StoredFinding = Omit<Finding, "author"> & { readonly author: StoredAuthor };

/** A reading in rows of earlier releases. */
type EarlierReading = {
  readonly by: Reader;
  readonly author?: StoredAuthor | undefined;
  readonly verdict: "present" | "absent" | "unclear";
  readonly evidence: readonly Evidence[];
  readonly note?: string | undefined;
};

/** An assessment as earlier releases stored it: the rules asserted flags, and quotes were only looked for. */
export type EarlierAssessment = {
  readonly flags: readonly (EarlierReading &
    Pick<AssessedFlag, "id" | "label" | "polarity" | "why"> & {
      readonly others?: readonly EarlierReading[] | undefined;
    })[];
  readonly points: { readonly of: number };
  readonly profile: Pick<Profile, "operator" | "modeler" | "operating" | "modelling"> & {
    readonly mentions?: Profile["mentions"] | undefined;
    readonly text?: string | undefined;
  };
  readonly questions: Assessment["questions"];
  readonly planted: Assessment["planted"];
};

/** An assessment as a row holds it. */
export type StoredAssessment = Assessment | EarlierAssessment;

/** A stored assessment in today's form, whichever release stored it. */
export const readAssessment = (stored: StoredAssessment): Assessment =>
  "to_read" in stored ? stored : fromEarlier(stored);

/** Nothing is asserted from what the rules said: where they saw something, the flag is unclear. */
function fromEarlier({ flags: stored, points, profile, questions, planted }: EarlierAssessment): Assessment {
  const flags = stored.map(({ id, label, polarity, why, others = [], ...first }) => {
    const question = questions.find(({ flag }) => flag === id)?.question ?? "";
    const readings = [first, ...others].map(readReading);
    return settle({ id, label, polarity, why, question, definition: "", weight: 0, readings });
  });
  return {
    flags,
    points: { green: 0, red: 0, total: 0, low: 0, high: points.of, of: points.of, arithmetic: [] },
    profile: readProfile(profile),
    questions: [...questions],
    to_read: flags.map(({ id }) => id),
    planted: [...planted],
  };
}

function readReading({ by, author, verdict, evidence, note }: EarlierReading): Reading {
  if (by === "rules")
    return { by, verdict: evidence.length > 0 ? "unclear" : "unread", evidence: [...evidence] };
  return {
    by,
    ...(author !== undefined && { author: readAuthor(author) }),
    verdict,
    ...(verdict === "present" && { support: "claimed" }),
    evidence: [...evidence],
    ...(note !== undefined && { note }),
  };
}

/** A stored finding in today's form, whichever release stored it. */
export function readFinding({ flag, verdict, quotes, note, by, author }: StoredFinding): Finding {
  return { flag, verdict, quotes, ...(note === undefined ? {} : { note }), by, author: readAuthor(author) };
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

function readProfile({
  text = "",
  mentions,
  operator,
  modeler,
  operating,
  modelling,
}: EarlierAssessment["profile"]): Profile {
  const [, operatingClauses = operating.length, modellingClauses = modelling.length] =
    MENTIONS.exec(text) ?? [];
  const counted = { operating: Number(operatingClauses), modelling: Number(modellingClauses) };
  return {
    ...{ operator, modeler, operating: [...operating], modelling: [...modelling] },
    mentions: mentions ?? counted,
    expects: "operator",
    reading: "unread",
  };
}
