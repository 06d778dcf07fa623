import { uuidv7 } from "uuidv7";
import type { ChangedValue } from "../../domain/candidates/change.ts";
import type { StaleWhy } from "../../domain/evaluation/stale.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { insertChanges } from "../../store/candidates/changes.ts";
import type { DocumentRow } from "../../store/candidates/documents.ts";
import { markAssessmentsStale, newestMarks } from "../../store/evaluation/assessments.ts";
import { citingToCandidate, saveBasis, unsentToCandidate } from "../../store/outreach/outdated.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";
import type { DocumentView, StoredDocument } from "./documents.ts";

/** An assessment that rests on what is no longer so; older marks do not say why. */
type StaleApplication = { readonly application: string; readonly why?: StaleWhy };

export type UpdatedDocument = Pick<StoredDocument, "handed_in" | "in_reply_to" | "report"> & {
  /** The document as it is now; of one that is gone, what is left to say. */
  readonly document: Pick<DocumentView, "id"> & Partial<DocumentView>;
  /** References. */
  readonly moved?: { readonly from: string; readonly to: string };
  readonly removed?: true;
  /** The id of the document whose place it takes. */
  readonly replaced?: string;
  /** The reference of the application whose exercise waits again. */
  readonly waits_again?: string;
  /** True where it was so before. */
  readonly unchanged: boolean;
  readonly stale: readonly StaleApplication[];
};

/** A document of a locked application, and why it is changed. */
export type ToChange = {
  readonly record: ApplicationRecord;
  readonly row: DocumentRow;
  readonly reason: string | null;
};

/** A document in the history of changes: what a member called a note may be about a colleague. */
export const named = ({ kind, name }: Pick<DocumentRow, "kind" | "name">): string =>
  kind === "note" ? kind : `${kind}, ${name}`;

type Change = {
  readonly field: string;
  readonly before: ChangedValue;
  readonly after: ChangedValue;
};

/** Keeps what was changed about a document, where an erasure can reach it. */
export async function keepChange(
  tx: Db,
  { workspaceId, member, client, now }: Session,
  { record, row, reason }: ToChange,
  change: Change,
): Promise<void> {
  const { id: applicationId, candidateId } = record.application;
  await insertChanges(tx, [
    {
      ...{ workspaceId, id: uuidv7(), candidateId, applicationId, documentId: row.id },
      ...change,
      ...{ reason, changedBy: member.id, client, changedAt: now },
    },
  ]);
}

/**
 * Marks what rests on a document that has changed: the assessments of the applications concerned, and messages that have
 * not left and cite it. A note is no part of any.
 * @returns the applications whose newest assessment is stale now
 */
export async function markStale(
  tx: Db,
  { workspaceId, now: at }: Session,
  { record, row }: ToChange,
  { records, why }: { readonly records: readonly ApplicationRecord[]; readonly why: StaleWhy },
): Promise<StaleApplication[]> {
  if (row.kind === "note") return [];
  await markCiting(tx, record, row);
  const ids = records.map(({ application }) => application.id);
  await markAssessmentsStale(tx, workspaceId, ids, { at, why });
  const marks = await newestMarks(tx, workspaceId, ids);
  return records.flatMap(({ application: { id, ref: application } }) => {
    const newest = marks.find(({ applicationId }) => applicationId === id);
    if (!newest?.staleAt) return [];
    return [{ application, ...(newest.staleWhy !== null && { why: newest.staleWhy }) }];
  });
}

/** The name under which a message carries that a line it cites is no longer on record. */
const CITED = "evidence";

/**
 * Marks what has not left and was made from lines of a document that is gone from its application, and takes these lines out
 * of what each message was made from.
 */
async function markCiting(tx: Db, { candidate, application }: ApplicationRecord, { text }: DocumentRow) {
  const words = onOneLine(text);
  const isGone = (line: string) => words.includes(onOneLine(line));
  const unsent = new Set((await unsentToCandidate(tx, candidate)).map(({ message }) => message.id));
  for (const { message } of await citingToCandidate(tx, candidate)) {
    const { id, applicationId, madeFrom, outdated } = message;
    const { facts } = madeFrom;
    if (facts === undefined || applicationId !== application.id || !facts.evidence.some(isGone)) continue;
    const evidence = facts.evidence.filter((line) => !isGone(line));
    await saveBasis(tx, message, {
      madeFrom: { ...madeFrom, facts: { ...facts, evidence } },
      ...(unsent.has(id) && { outdated: [...new Set([...outdated, CITED])] }),
    });
  }
}

const onOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
