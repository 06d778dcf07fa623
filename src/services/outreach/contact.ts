import { latest } from "../../domain/days.ts";
import { type Contact, contactOf } from "../../domain/outreach/contact.ts";
import { originOf } from "../../domain/outreach/origin.ts";
import type { AwaitedFromCandidate } from "../../domain/outreach/waiting.ts";
import { stands } from "../../domain/scheduling/interview-status.ts";
import type { Lexicon } from "../../domain/text/lexicon.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { hasWritten, lastWords } from "../../store/outreach/messages.ts";
import { lastMove } from "../../store/pipeline/moves.ts";
import { listInterviews } from "../../store/scheduling/interviews.ts";
import type { Db } from "../../store/store.ts";
import type { ForReader } from "../panel/load-for-reader.ts";

type Given = { readonly lexicon: Lexicon; readonly awaited: AwaitedFromCandidate | null; readonly now: Date };

/** Loads what went before between somebody and us. */
export async function loadContact(
  db: Db,
  { application, candidate }: ApplicationRecord,
  { panel }: Pick<ForReader, "panel">,
  { lexicon, awaited, now }: Given,
): Promise<Contact> {
  const { workspaceId, id, status } = application;
  const ended = status === "active" ? undefined : await lastMove(db, workspaceId, id);
  return contactOf(
    {
      origin: originOf(application, lexicon),
      words: await lastWords(db, application),
      hasWritten: await hasWritten(db, application),
      metAt: await lastMet(db, workspaceId, id, now),
      wasRated: panel.seats.some(({ submitted }) => submitted),
      endedAt: ended?.movedAt ?? null,
      importedAt: application.importedAt,
      awaited,
      zone: candidate.timezone,
    },
    now,
  );
}

/** When the last interview ended that took place. */
async function lastMet(db: Db, workspaceId: string, applicationId: string, now: Date): Promise<Date | null> {
  const all = await listInterviews(db, workspaceId, applicationId);
  const over = all.filter(({ interview: i }) => stands(i.status) && i.endsAt <= now);
  return latest(...over.map(({ interview }) => interview.endsAt));
}
