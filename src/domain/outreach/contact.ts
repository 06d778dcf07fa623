import { latest, wholeDays } from "../days.ts";
import type { MessageFacts } from "./facts.ts";
import type { Origin } from "./origin.ts";
import type { Past } from "./purpose.ts";
import { longAgo } from "./touch.ts";
import { type AwaitedFromCandidate, type LastWords, waitingSince } from "./waiting.ts";

/** What is on record between somebody and us. */
export type ContactRecord = {
  readonly origin: Origin;
  readonly words: LastWords;
  /** Whether a mail of theirs is on record. */
  readonly hasWritten: boolean;
  /** When the last interview with them ended that was not called off. */
  readonly metAt: Date | null;
  /** Whether an interviewer has rated them. */
  readonly wasRated: boolean;
  /** When their application ended; null while it is active. */
  readonly endedAt: Date | null;
  /** When they came in with an import: what was written before is not known. Else null. */
  readonly importedAt: Date | null;
  readonly awaited: AwaitedFromCandidate | null;
  /** Their time zone, if it is known. */
  readonly zone: string | null;
};

/** What went before between somebody and us: what it allows to be written, and what may be said of it. */
export type Contact = {
  readonly past: Past;
  readonly facts: Pick<
    MessageFacts,
    "origin" | "has_written" | "took_part" | "days_since_touch" | "last_in_touch" | "days_waiting"
  >;
  /** Whether the next word or step is ours. */
  readonly isOurTurn: boolean;
};

/** What went before. That somebody was put on record is no word of theirs; that they applied is. */
export function contactOf(record: ContactRecord, now: Date): Contact {
  const { origin, words, hasWritten, metAt, wasRated, endedAt, importedAt, awaited, zone } = record;
  const appliedAt = origin === "applied" ? words.appliedAt : null;
  const theirs = latest(appliedAt, words.heardAt, metAt);
  const touched = latest(theirs, words.sentAt);
  const quietSince = latest(touched, endedAt);
  const since = theirs && waitingSince({ ...words, appliedAt: theirs }, awaited);
  const isKnown = (at: Date) => importedAt === null || at > importedAt;
  const touch = touched !== null && isKnown(touched) ? touched : null;
  const wasWrittenTo = words.sentAt !== null;
  return {
    past: { origin, hasWritten, wasWrittenTo, quietDays: quietSince && wholeDays(quietSince, now) },
    facts: {
      origin,
      has_written: hasWritten,
      took_part: theirs !== null || wasRated,
      days_since_touch: touch && wholeDays(touch, now),
      last_in_touch: touch && longAgo(touch, now, zone),
      days_waiting: since && isKnown(since) ? wholeDays(since, now) : null,
    },
    isOurTurn: waitingSince(words, awaited) !== null,
  };
}
