import { wholeDays } from "../../domain/days.ts";
import type { MessageFacts } from "../../domain/outreach/facts.ts";
import { type Origin, originOf } from "../../domain/outreach/origin.ts";
import type { Past } from "../../domain/outreach/purpose.ts";
import { lastInTouch, latest, longAgo } from "../../domain/outreach/touch.ts";
import { type AwaitedFromCandidate, waitingSince } from "../../domain/outreach/waiting.ts";
import type { Lexicon } from "../../domain/text/lexicon.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { hasWritten, lastWords } from "../../store/outreach/messages.ts";
import { lastMove } from "../../store/pipeline/moves.ts";
import { listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";

/** What went before between somebody and us: what it allows to be written, and what may be said of it. */
export type Contacted = {
  readonly past: Past;
  readonly facts: Pick<
    MessageFacts,
    "origin" | "has_written" | "took_part" | "days_since_touch" | "last_in_touch" | "days_waiting"
  >;
  /** Whether the next word or step is ours. */
  readonly isOurTurn: boolean;
};

/** Loads what went before. That they were put on record is no word of theirs; that they applied is. */
export async function loadContact(
  db: Db,
  { application, candidate }: ApplicationRecord,
  { panel }: Pick<ForReader, "panel">,
  { lexicon, awaited, now }: { lexicon: Lexicon; awaited: AwaitedFromCandidate | null; now: Date },
): Promise<Contacted> {
  const { workspaceId, id } = application;
  const words = await lastWords(db, application);
  const wrote = await hasWritten(db, application);
  const metAt = await lastMet(db, workspaceId, id, now);
  const origin: Origin = originOf(application, lexicon);
  const appliedAt = origin === "applied" ? application.appliedAt : null;
  const touched = lastInTouch({ ...words, appliedAt, metAt });
  const endedAt =
    application.status === "active" ? null : ((await lastMove(db, workspaceId, id))?.movedAt ?? null);
  const quietSince = latest(touched, endedAt);
  const theirs = latest(appliedAt, words.heardAt, metAt);
  const since = theirs && waitingSince({ ...words, appliedAt: theirs }, awaited);
  const hasTakenPart = theirs !== null || panel.seats.some(({ submitted }) => submitted);
  return {
    past: {
      origin,
      hasWritten: wrote,
      wasWrittenTo: words.sentAt !== null,
      quietDays: quietSince && wholeDays(quietSince, now),
    },
    facts: {
      origin,
      has_written: wrote,
      took_part: hasTakenPart,
      days_since_touch: touched && wholeDays(touched, now),
      last_in_touch: touched && longAgo(touched, now, candidate.timezone),
      days_waiting: since && wholeDays(since, now),
    },
    isOurTurn: waitingSince(words, awaited) !== null,
  };
}

/** When the last interview ended that was not called off. */
async function lastMet(db: Db, workspaceId: string, applicationId: string, now: Date): Promise<Date | null> {
  const all = await listInterviews(db, workspaceId, applicationId);
  const over = all.filter(({ interview: i }) => i.status !== "cancelled" && i.endsAt <= now);
  return latest(...over.map(({ interview }) => interview.endsAt));
}
