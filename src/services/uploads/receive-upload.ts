import type { Catalog } from "../../catalog/load.ts";
import { readBytes } from "../../documents/read.ts";
import { DocumentKind } from "../../domain/candidates/document.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { fileName } from "../../domain/uploads/file-name.ts";
import {
  MAX_FILES_OF_A_LINK,
  openedBefore,
  requireGood,
  requireRoomForOne,
  unknownLink,
} from "../../domain/uploads/link.ts";
import type { Db } from "../../store/store.ts";
import { countWords, findUpload, saveUpload } from "../../store/uploads/uploads.ts";
import { type StoredDocument, takeIn } from "../candidates/documents.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import type { Upkeep } from "../upkeep.ts";
import { hashOf, makeSecret } from "./secret.ts";

/** What a page knows of its link. */
export type OpenedUpload = {
  /** By this the page is known from now on. Absent where it came with its key. */
  readonly key?: string;
  readonly application: string;
  readonly role: string;
  readonly kind: DocumentKind;
  readonly files_left: number;
  readonly expires_at: string;
};

export type SentFile = {
  /** The page's key. */
  readonly key: string;
  /** As the sender's machine calls it; anything may stand there. */
  readonly name: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
};

export type ReceivedFile = StoredDocument & {
  /** How many words of it were kept as its own. */
  readonly words: number;
  readonly files_left: number;
};

const FIELD = "file";

export function createUploads({ catalog }: { readonly catalog: Catalog }) {
  return {
    /**
     * The member for whom a page acts, by one of the link's secrets.
     * @throws DomainError `not_found` for a secret of no link
     */
    memberOf: (at: Upkeep, secret: string): Promise<string> =>
      at.read(async (db) => (await found(db, at, secret)).upload.memberId),

    /**
     * Opens a link, which can be done once, or says again to its page what it is for.
     * @throws DomainError `declined` for a link that was opened before, that is late, or that is done with
     */
    open: (session: Session, secret: string): Promise<OpenedUpload> =>
      session.write(async (tx) => {
        await loadApplicationForUpdate(tx, session, (await ofMember(tx, session, secret)).ref);
        const { upload, ref, role } = await ofMember(tx, session, secret, { lock: true });
        const isKey = upload.keyHash === hashOf(secret);
        if (!isKey && upload.keyHash !== null) throw openedBefore();
        requireGood(upload, session.now);
        const made = isKey ? undefined : makeSecret();
        if (made) await saveUpload(tx, upload, { keyHash: made.hash });
        return {
          ...(made && { key: made.secret }),
          ...{ application: ref, role, kind: upload.kind },
          files_left: MAX_FILES_OF_A_LINK - upload.files,
          expires_at: upload.expiresAt.toISOString(),
        };
      }),

    /** @throws DomainError where a page may send no file now; for before one is read */
    requireRoom: (session: Session, key: string): Promise<void> =>
      session.read(async (db) => {
        requireRoomForOne((await byKey(db, session, key)).upload, session.now);
      }),

    /**
     * Stores one file of a page. The same file again changes nothing.
     * @throws DomainError where the page may send none, or saying why the file cannot be kept
     */
    async receive(session: Session, { key, bytes, ...sent }: SentFile): Promise<ReceivedFile> {
      const kind = kindOf(sent.kind);
      const name = fileName(sent.name);
      // Counted before it is read: a file that cannot be kept costs the most time.
      const files = await session.write(async (tx) => {
        const { upload } = await byKey(tx, session, key, { lock: true });
        requireRoomForOne(upload, session.now);
        await saveUpload(tx, upload, { files: upload.files + 1 });
        return upload.files + 1;
      });
      if (bytes.length === 0) throw new DomainError("invalid", `${FIELD}: is empty.`);
      const read = await readBytes(bytes, name, FIELD);
      return session.write(async (tx) => {
        const { ref } = await byKey(tx, session, key);
        const record = await loadApplicationForUpdate(tx, session, ref);
        const stored = await takeIn(tx, session, record, { ...read, kind }, catalog.mailWords());
        const { upload } = await byKey(tx, session, key, { lock: true });
        const { id } = stored.document;
        if (!upload.documents.includes(id))
          await saveUpload(tx, upload, { documents: [...upload.documents, id] });
        const words = await countWords(tx, session.workspaceId, id);
        return { ...stored, words, files_left: MAX_FILES_OF_A_LINK - files };
      });
    },

    /** Ends a link: its person has sent all. */
    finish: (session: Session, key: string): Promise<{ readonly kept: number }> =>
      session.write(async (tx) => {
        const { upload } = await byKey(tx, session, key, { lock: true });
        if (upload.endedAt === null) await saveUpload(tx, upload, { endedAt: session.now });
        return { kept: upload.documents.length };
      }),
  };
}

type Where = Pick<Session, "workspaceId">;
type Found = NonNullable<Awaited<ReturnType<typeof findUpload>>>;
type Options = Parameters<typeof findUpload>[3];

async function found(db: Db, { workspaceId }: Where, secret: string, options?: Options): Promise<Found> {
  const row = await findUpload(db, workspaceId, hashOf(secret), options);
  if (row === undefined) throw unknownLink();
  return row;
}

/** A link of this member: nobody acts by one for somebody else. */
async function ofMember(db: Db, session: Session, secret: string, options?: Options): Promise<Found> {
  const row = await found(db, session, secret, options);
  if (row.upload.memberId !== session.member.id) throw unknownLink();
  return row;
}

/** A link by the key of its page. With the secret of the link alone, nothing is sent. */
async function byKey(db: Db, session: Session, key: string, options?: Options): Promise<Found> {
  const row = await ofMember(db, session, key, options);
  if (row.upload.keyHash !== hashOf(key)) throw unknownLink();
  return row;
}

function kindOf(sent: string): DocumentKind {
  const read = DocumentKind.safeParse(sent);
  if (!read.success) throw notAllowed("kind", sent.slice(0, MAX_KIND_CHARS), DocumentKind.options);
  return read.data;
}
const MAX_KIND_CHARS = 40;
