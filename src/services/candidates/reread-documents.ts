import { readDocument } from "../../documents/read.ts";
import { READER } from "../../documents/reader-version.ts";
import { DomainError } from "../../domain/errors.ts";
import { documentHashes } from "../../store/candidates/documents.ts";
import { nextOriginal, type OriginalRow, replaceRead, saveReader } from "../../store/candidates/originals.ts";
import { markAssessmentsStale } from "../../store/evaluation/assessments.ts";
import type { Session } from "../session.ts";
import { cleanPages, sha256Of } from "./documents.ts";

export type Reread = {
  /** How many files were read again. */
  readonly files: number;
  /** How many of them have another text now; the assessments made from them are stale. */
  readonly changed: number;
  /** How many could not be read any more. They keep the text that they had. */
  readonly failed: number;
};

const FIELDS = { text: "text", file: "file", base64: "base64" };

/** Reads again every stored file that an older reader read. Each is one transaction, so that it can be stopped at any time. */
export async function rereadDocuments(session: Session): Promise<Reread> {
  const { workspaceId } = session;
  const count = { files: 0, changed: 0, failed: 0 };
  let after: string | undefined;
  for (;;) {
    const from = after;
    const original = await session.read((db) =>
      nextOriginal(db, workspaceId, { reader: READER, after: from }),
    );
    if (original === undefined) return count;
    after = original.id;
    const outcome = await rereadOne(session, original);
    count.files += 1;
    if (outcome === "changed" || outcome === "failed") count[outcome] += 1;
  }
}

async function rereadOne(session: Session, original: OriginalRow): Promise<"same" | "changed" | "failed"> {
  const { workspaceId, now } = session;
  const { id, applicationId, extension, bytes } = original;
  const base64 = Buffer.from(bytes).toString("base64");
  const read = await readDocument({ base64, name: `file${extension}` }, FIELDS, false).catch(
    (error: unknown) => {
      if (error instanceof DomainError) return undefined;
      throw error;
    },
  );
  return session.write(async (tx) => {
    const stored = await documentHashes(tx, workspaceId, applicationId);
    const document = stored.find((row) => row.id === id);
    if (document === undefined || read === undefined) return "failed";
    const { name: _name, ...parts } = read;
    const cleaned = cleanPages(parts);
    const sha256 = sha256Of(cleaned.text);
    const isSame = Buffer.from(document.sha256).equals(sha256);
    const isTwin = (row: (typeof stored)[number]) =>
      row.id !== id && row.kind === document.kind && Buffer.from(row.sha256).equals(sha256);
    // Of two files whose texts have become the same, each keeps its own row.
    if (cleaned.text.trim() === "" || stored.some(isTwin)) return "failed";
    await replaceRead(tx, original, { ...cleaned, sha256 });
    await saveReader(tx, original, READER);
    if (isSame) return "same";
    await markAssessmentsStale(tx, workspaceId, [applicationId], { at: now, why: "read_anew" });
    await session.record(tx, applicationId, "document.reread", { document: id, chars: cleaned.text.length });
    return "changed";
  });
}
