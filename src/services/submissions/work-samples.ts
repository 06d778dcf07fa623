import type { Catalog } from "../../catalog/load.ts";
import { DomainError } from "../../domain/errors.ts";
import type { StoredMail } from "../../domain/mail/stored-mail.ts";
import { daysAfterDue } from "../../domain/submission/assignment.ts";
import { linkOf } from "../../domain/submission/work-link.ts";
import { type ApplicationRecord, saveApplication } from "../../store/candidates/applications.ts";
import { type DocumentRow, documentHashes } from "../../store/candidates/documents.ts";
import type { Db } from "../../store/store.ts";
import { type AssignmentRow, findAssignment } from "../../store/submissions/assignments.ts";
import { newestSubmission } from "../../store/submissions/submissions.ts";
import type { Session } from "../session.ts";

/** When something came in, and how late that was by our own receipt; no number where it came in time. */
type Receipt = { readonly at: string; readonly days_after_due?: number };

/** What a stored work sample was received for. */
export type HandedIn = Receipt & { readonly exercise: string; readonly due: string };

type Stored = {
  readonly document: { readonly id: string; readonly mail?: { readonly author: StoredMail["author"] } };
  /** True when it was there already. */
  readonly unchanged: boolean;
};

/**
 * Puts on record that a work sample came in for the exercise that was given.
 * @returns null where no exercise was given that is handed in as a document
 * @throws DomainError `invalid` for a mail that is not known to be the candidate's.
 */
export async function handIn(
  tx: Db,
  session: Session,
  { application, candidate }: ApplicationRecord,
  { document, unchanged }: Stored,
): Promise<HandedIn | null> {
  if (document.mail !== undefined && document.mail.author !== "candidate")
    throw new DomainError(
      "invalid",
      "kind: this mail is not known to be the candidate's own.",
      "Give author: candidate where it is, or attachment for a file that came with it.",
    );
  const { workspaceId } = session;
  const assignment = await findAssignment(tx, workspaceId, application.id);
  if (assignment === undefined || assignment.form === "code") return null;
  const stored = await documentHashes(tx, workspaceId, application.id);
  const { createdAt = session.now } = stored.find(({ id }) => id === document.id) ?? {};
  const { exercise, dueAt } = assignment;
  const receipt = receiptOf(createdAt, assignment, candidate.timezone);
  if (!unchanged || !application.hasSubmission) {
    await saveApplication(tx, { workspaceId, id: application.id, hasSubmission: true });
    await session.record(tx, application.id, "submission.handed_in", {
      ...{ exercise, document: document.id },
      ...receipt,
    });
  }
  return { exercise, due: dueAt.toISOString(), ...receipt };
}

/**
 * Puts on record that an exercise waits again, once a work sample is no longer here.
 * @returns false where nothing was handed in, or something else still answers it
 */
export async function takeBackHandIn(
  tx: Db,
  session: Session,
  { application: { id, hasSubmission } }: ApplicationRecord,
  document: string,
): Promise<boolean> {
  const { workspaceId } = session;
  if (!hasSubmission || (await newestSubmission(tx, workspaceId, id))) return false;
  const left = await documentHashes(tx, workspaceId, id);
  if (left.some(({ kind }) => kind === "work_sample")) return false;
  await saveApplication(tx, { workspaceId, id, hasSubmission: false });
  await session.record(tx, id, "submission.taken_back", { document });
  return true;
}

function receiptOf(at: Date, { dueAt }: AssignmentRow, zone: string | null): Receipt {
  const late = daysAfterDue(dueAt, at, zone);
  return { at: at.toISOString(), ...(late !== undefined && { days_after_due: late }) };
}

/** What was handed in for an exercise without a repository, and what it asks for, to be checked by eye. */
export function viewWorkSample(
  { candidate, role }: ApplicationRecord,
  assignment: AssignmentRow,
  documents: readonly DocumentRow[],
  catalog: Catalog,
) {
  const { exercises = [] } = catalog.ifUsable(role.template) ?? {};
  const exercise = exercises.find(({ id }) => id === assignment.exercise);
  return {
    handed_in: documents
      .filter(({ kind }) => kind === "work_sample")
      .map((row) => ({
        document: row.id,
        name: row.name,
        ...receiptOf(row.createdAt, assignment, candidate.timezone),
        ...sizeOf(row),
      })),
    to_check: exercise?.requirements.map(({ text }) => text) ?? [],
  };
}

function sizeOf(row: DocumentRow): { link: string } | { words: number; pages?: number } {
  const link = linkOf(row);
  if (link !== undefined) return { link };
  const { length: pages } = row.pages;
  return { words: row.text.trim().split(/\s+/).length, ...(pages > 1 && { pages }) };
}
