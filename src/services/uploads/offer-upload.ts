import { uuidv7 } from "uuidv7";
import type { AllowFiles } from "../../domain/allow-files.ts";
import type { DocumentKind } from "../../domain/candidates/document.ts";
import { LINK_MINUTES, TOLD_MINUTES } from "../../domain/uploads/link.ts";
import type { Db } from "../../store/store.ts";
import { type ArrivedDocument, insertUpload, takeArrived } from "../../store/uploads/uploads.ts";
import type { Session } from "../session.ts";
import { makeSecret } from "./secret.ts";

/** A link by which a person sends files, or what has arrived through one. */
export type Offered = {
  /** The reference of the application that the files are for. */
  readonly application: string;
  /** What the files are, unless the person says otherwise. */
  readonly kind: DocumentKind;
  /** What came through this member's links of the last hour; those that nobody has been told of come without a link. */
  readonly arrived: readonly ArrivedDocument[];
  readonly link?: { readonly url: string; readonly expires_at: string };
};

/** Whether a file that the caller has is sent through a page, because no path of theirs can be read here. */
export const canUpload = ({ uploadPage }: Pick<Session, "uploadPage">, allowFiles: AllowFiles): boolean =>
  uploadPage !== undefined && allowFiles === false;

/** Says what arrived since the last call, else makes a link. The caller has locked the application. */
export async function offerUpload(
  tx: Db,
  session: Session,
  { id: applicationId, ref }: { readonly id: string; readonly ref: string },
  kind: DocumentKind,
): Promise<Offered> {
  const { workspaceId, member, now, uploadPage } = session;
  const forgottenBefore = new Date(now.getTime() - TOLD_MINUTES * 60_000);
  const of = { workspaceId, applicationId, memberId: member.id };
  const { arrived, isNews } = await takeArrived(tx, of, forgottenBefore);
  if (isNews) return { application: ref, kind, arrived };
  const { secret, hash } = makeSecret();
  const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000);
  await insertUpload(tx, forgottenBefore, { ...of, id: uuidv7(), kind, linkHash: hash, expiresAt });
  // Behind the hash sign: browsers send that part to nobody, so it stands in no log and in no referrer.
  const link = { url: `${uploadPage}#${secret}`, expires_at: expiresAt.toISOString() };
  return { application: ref, kind, arrived, link };
}
