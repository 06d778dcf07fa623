import * as z from "zod";
import { type Document, Evidence } from "../candidates/document.ts";
import type { CompiledRubric, ReadyFlag } from "../evidence/compile.ts";
import { findPassages, type Passages } from "../evidence/conditions.ts";
import { evidenceOf, type ReadDocument, readDocuments } from "../evidence/read.ts";
import { AssessedFlag, isToRead, settle } from "./assessed-flag.ts";
import {
  checkFindings,
  type Finding,
  mergeFindings,
  type Reading,
  type Refusal,
  readingOf,
} from "./finding.ts";
import { counts, Points, pointsOf } from "./points.ts";
import { type Mentions, mentionsIn, Profile, profileOf } from "./profile.ts";
import type { Flag } from "./rubric.ts";

export const Assessment = z.object({
  flags: z.array(AssessedFlag),
  points: Points,
  /** Absent where no flag says which of two kinds of work the documents show. */
  profile: Profile.optional(),
  /** The question to ask about each flag that the documents leave open. */
  questions: z.array(z.object({ flag: z.string(), question: z.string() })),
  /** Ids of the flags that nobody has read yet. Green ones that the rules verified are not among them. */
  to_read: z.array(z.string()),
  /** Text addressed to a machine that reads the documents. It was not counted. */
  planted: z.array(Evidence),
});
export type Assessment = z.infer<typeof Assessment>;

export type ToAssess = {
  readonly lane: string | null;
  readonly documents: readonly Document[];
  /** Earlier findings that still hold. */
  readonly findings: readonly Finding[];
  /** New findings, which may be refused. */
  readonly added?: readonly Finding[];
};

/** An assessment, the findings that it was made with, and what was refused of the new ones. */
export type Assessed = {
  readonly assessment: Assessment;
  readonly findings: readonly Finding[];
  /** How many of the new findings were taken. */
  readonly taken: number;
  readonly refused: readonly Refusal[];
};

/**
 * The flags of an application and the points computed from them. The same documents and findings give the same result. By
 * the rules alone a green flag is present where one clause meets all its conditions, a red flag never; everything else is
 * unclear with its passages, or unread without any. A work sample shows nothing by the rules: its task asked for the words.
 */
export function assess(
  rubric: CompiledRubric,
  { lane, documents, findings, added = [] }: ToAssess,
): Assessed {
  const read = readDocuments(rubric, documents);
  const source = { rubric, documents, read };
  const { held, refused } = checkFindings(added, findings, source);
  const merged = mergeFindings(findings, held);
  const unprompted = read.filter(({ document }) => document.kind !== "work_sample");
  const rules = readByRules(rubric.flags, unprompted);
  const flags = rubric.flags.map(({ flag }) => {
    const theirs = merged.filter((finding) => finding.flag === flag.id);
    const readings = theirs.map((finding) => readingOf(finding, source));
    return settle({ ...described(flag, lane), readings: [rules.get(flag.id) ?? NOTHING, ...readings] });
  });
  const planted = read.flatMap((document) => document.planted);
  const assessment = conclude(excuse(rubric.flags, flags, unprompted), {
    ...mentionsIn(rubric, unprompted),
    planted,
  });
  return { assessment, findings: merged, taken: held.length, refused };
}

/** Everything that follows from the flags. It is computed again where a reader may not see all readings. */
export function conclude(
  flags: readonly AssessedFlag[],
  { profile, planted }: Pick<Assessment, "planted"> & { readonly profile?: Mentions | undefined },
): Assessment {
  return {
    flags: [...flags],
    points: pointsOf(flags),
    ...(profile && { profile: profileOf(profile, flags) }),
    questions: flags.filter(isOpen).map(({ id, question }) => ({ flag: id, question })),
    to_read: flags.filter(isToRead).map(({ id }) => id),
    planted: [...planted],
  };
}

const described = (flag: Flag, lane: string | null) => {
  const { id, label, polarity, definition, why = "", question } = flag;
  return { id, label, polarity, definition, why, question, weight: weightIn(flag, lane) };
};

const weightIn = (flag: Flag, lane: string | null): number =>
  (lane === null ? undefined : flag.lanes?.[lane]) ?? flag.weight;

const NOTHING: Reading = { by: "rules", verdict: "unread", evidence: [] };

/** What the rules say of every flag. */
function readByRules(flags: readonly ReadyFlag[], read: readonly ReadDocument[]): Map<string, Reading> {
  const passages = new Map(flags.map((ready) => [ready.flag.id, findPassages(ready, read)]));
  const verified = new Set(
    flags
      .filter(({ flag }) => flag.polarity === "green" && (passages.get(flag.id)?.meeting.length ?? 0) > 0)
      .map(({ flag }) => flag.id),
  );
  const isExcused = ({ excused_by: by }: Flag) =>
    by !== undefined && by.of.filter((id) => verified.has(id)).length >= by.at_least;
  return new Map(
    flags.map((ready) => {
      const { flag } = ready;
      const found = passages.get(flag.id);
      if (found === undefined) return [flag.id, NOTHING];
      if (flag.polarity === "green") return [flag.id, greenByRules(found)];
      const isPointedAt = found.clauses > 0 && !isExcused(flag) && isOutweighing(ready, found.clauses, read);
      return [
        flag.id,
        isPointedAt ? { by: "rules", verdict: "unclear", evidence: [...found.meeting] } : NOTHING,
      ];
    }),
  );
}

function greenByRules({ meeting, about }: Passages): Reading {
  if (meeting.length > 0)
    return { by: "rules", verdict: "present", support: "verified", evidence: [...meeting] };
  return about.length > 0 ? { by: "rules", verdict: "unclear", evidence: [...about] } : NOTHING;
}

const isOutweighing = (
  { outweighs: limit }: ReadyFlag,
  clauses: number,
  read: readonly ReadDocument[],
): boolean => limit === undefined || clauses - evidenceOf(limit.over, read).length >= limit.at_least;

/** A flag that other flags excuse, or that the rest of the document outweighs, is at most claimed. */
function excuse(
  ready: readonly ReadyFlag[],
  flags: readonly AssessedFlag[],
  read: readonly ReadDocument[],
): AssessedFlag[] {
  const present = new Set(flags.filter(counts).map(({ id }) => id));
  const excuses = (one: ReadyFlag): string[] => {
    const { excused_by: by } = one.flag;
    const excusing = by?.of.filter((id) => present.has(id)) ?? [];
    return [
      ...(by && excusing.length >= by.at_least ? [`what excuses it is there: ${excusing.join(", ")}`] : []),
      ...(one.outweighs && !isOutweighing(one, findPassages(one, read).clauses, read)
        ? [one.outweighs.missing]
        : []),
    ];
  };
  return flags.map((flag) => {
    const one = ready.find((r) => r.flag.id === flag.id);
    if (!one || !flag.readings.some(({ verdict, by }) => verdict === "present" && by !== "rules"))
      return flag;
    const lacking = excuses(one);
    if (lacking.length === 0) return flag;
    const readings = flag.readings.map((reading): Reading => {
      if (reading.verdict !== "present") return reading;
      return { ...reading, support: "claimed", missing: [...(reading.missing ?? []), ...lacking] };
    });
    return settle({ ...flag, readings });
  });
}

const isOpen = ({ polarity, verdict }: AssessedFlag): boolean =>
  polarity === "green" ? verdict !== "present" : verdict !== "absent";
