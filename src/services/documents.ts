import { createHash } from "node:crypto";
import { uuidv7 } from "uuidv7";
import { readText, type TextSource } from "../documents/read-text.ts";
import type { DocumentKind } from "../domain/document.ts";
import { DomainError } from "../domain/errors.ts";
import { untrusted } from "../domain/untrusted.ts";
import { insertDocument, listDocuments } from "../store/documents.ts";
import type { Db } from "../store/store.ts";
import { requireCase } from "./cases.ts";
import type { Begin, Caller, Session } from "./session.ts";

export type AddDocument = TextSource & { readonly application: string; readonly kind: DocumentKind };
export type DocumentView = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly chars: number;
  readonly hidden_text_removed: number;
};

/** The most that one document may hold, in UTF-16 units. */
const MAX_CHARS = 200_000;
const MAX_DOCUMENTS = 50;

const FIELDS = { text: "text", file: "file", base64: "base64" };

export function createDocuments({ begin, allowFiles }: { begin: Begin; allowFiles: boolean }) {
  return {
    /** Stores a text about an application. The same text again changes nothing and answers with the first. */
    async add(caller: Caller, input: AddDocument): Promise<{ document: DocumentView; note?: string }> {
      const read = await readText(input, FIELDS, allowFiles);
      const session = await begin(caller, "write");
      return session.write(async (tx) => {
        const { application } = await requireCase(tx, session, input.application, true);
        return storeDocument(tx, session, application.id, { ...read, kind: input.kind });
      });
    },
  };
}

/** Cleans a text and stores it under an application that the caller has locked. */
export async function storeDocument(
  tx: Db,
  session: Session,
  applicationId: string,
  given: { readonly text: string; readonly name: string; readonly kind: DocumentKind },
): Promise<{ document: DocumentView; note?: string }> {
  const { workspaceId, member, now } = session;
  const cleaned = untrusted(given.text, { source: given.kind, max: MAX_CHARS });
  if (cleaned.truncated) {
    throw new DomainError("invalid", `text: longer than ${MAX_CHARS} characters.`, "Add it in parts.");
  }
  if (cleaned.text.trim().length === 0) {
    throw new DomainError(
      "invalid",
      "text: nothing a person could read is left.",
      "It held only hidden characters or markup.",
    );
  }
  const sha256 = createHash("sha256").update(cleaned.text).digest();
  const stored = await listDocuments(tx, workspaceId, applicationId);
  const same = stored.find((d) => d.kind === given.kind && Buffer.from(d.sha256).equals(sha256));
  if (same) {
    const { id, kind, name, text } = same;
    const document = { id, kind, name, chars: text.length, hidden_text_removed: same.hiddenTextRemoved };
    return { document, note: "This text is already there: nothing was changed." };
  }
  if (stored.length >= MAX_DOCUMENTS) {
    throw new DomainError(
      "invalid",
      `application: it already has ${MAX_DOCUMENTS} documents.`,
      "Put further notes into one text.",
    );
  }
  const document = {
    ...{ id: uuidv7(), kind: given.kind, name: given.name },
    ...{ chars: cleaned.text.length, hidden_text_removed: cleaned.hidden_text_removed },
  };
  await insertDocument(tx, {
    ...{
      workspaceId,
      id: document.id,
      applicationId,
      kind: given.kind,
      name: given.name,
      text: cleaned.text,
      sha256,
    },
    ...{ hiddenTextRemoved: cleaned.hidden_text_removed, addedBy: member.id, createdAt: now },
  });
  await session.record(tx, applicationId, "document.add", {
    document: document.id,
    kind: given.kind,
    chars: document.chars,
  });
  return { document };
}
