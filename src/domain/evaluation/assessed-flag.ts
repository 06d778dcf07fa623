import * as z from "zod";
import { Evidence } from "../candidates/document.ts";
import { Author, Reader, Reading, Support } from "./finding.ts";

export const FlagVerdict = Reading.shape.verdict;

/** A flag with every reading of it, the rules' first, and what is shown of them. */
export const AssessedFlag = z.object({
  id: z.string(),
  label: z.string(),
  polarity: z.enum(["green", "red"]),
  definition: z.string(),
  /** How the rules recognise the flag. */
  why: z.string(),
  /** The question to ask when the documents leave the flag open. */
  question: z.string(),
  weight: z.number(),
  verdict: FlagVerdict,
  support: Support.optional(),
  missing: Reading.shape.missing,
  by: Reader,
  /** Absent for the rules, and where members differ. */
  author: Author.optional(),
  evidence: z.array(Evidence),
  note: z.string().optional(),
  /** The newest of each author. */
  readings: z.array(Reading),
});
export type AssessedFlag = z.infer<typeof AssessedFlag>;

type Shown = Pick<AssessedFlag, "verdict" | "support" | "missing" | "by" | "author" | "evidence" | "note">;
type Described = Omit<AssessedFlag, keyof Shown>;

/** A flag with what is shown of its readings. */
export function settle(flag: Described): AssessedFlag {
  const { id, label, polarity, definition, why, question, weight, readings } = flag;
  return { id, label, polarity, definition, why, question, weight, ...shownOf(readings), readings };
}

/** A member's reading before an assistant's before the rules', the newest of each. Two members who differ leave it unclear. */
function shownOf(readings: readonly Reading[]): Shown {
  const by = (reader: Reader) => readings.filter((reading) => reading.by === reader);
  const members = by("member");
  if (new Set(members.map(({ verdict }) => verdict)).size > 1)
    return { verdict: "unclear", by: "member", evidence: members.flatMap(({ evidence }) => evidence) };
  const newest = members.at(-1) ?? by("assistant").at(-1) ?? by("rules").at(-1);
  if (newest === undefined) return { verdict: "unread", by: "rules", evidence: [] };
  const isVerified = readings.some(({ verdict, support }) => verdict === "present" && support === "verified");
  // The words of one reading may need a note where another's show the flag by themselves.
  if (newest.support !== "claimed" || !isVerified) return newest;
  const { missing: _missing, ...shown } = newest;
  return { ...shown, support: "verified" };
}

/** Whether a reader still has to look: nobody has, and the rules have verified nothing. */
export const isToRead = ({ by, verdict }: AssessedFlag): boolean => by === "rules" && verdict !== "present";

/** The readings beside the one that is shown. */
export const othersOf = ({ by, author, verdict, readings }: AssessedFlag): Reading[] =>
  readings.filter(
    (reading) =>
      !(reading.by === by && reading.verdict === verdict && isSame(reading.author, author)) &&
      (reading.by !== "rules" || reading.evidence.length > 0),
  );

const isSame = (a: Author | undefined, b: Author | undefined): boolean =>
  a?.client === b?.client && a?.member === b?.member;
