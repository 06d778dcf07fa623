import type { Catalog } from "../../catalog/load.ts";
import { type Read, readDocument, type Source } from "../../documents/read.ts";
import { requireAct } from "../../domain/access.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { unknownDocument } from "../../domain/candidates/document.ts";
import { DomainError } from "../../domain/errors.ts";
import type { MailAuthor } from "../../domain/mail/stored-mail.ts";
import { requireLawfulReason } from "../../domain/pipeline/lawful-reason.ts";
import type { ApplicationRecord } from "../../store/candidates/applications.ts";
import { loadApplicationForUpdate, lockApplications } from "../load-application.ts";
import type { Session } from "../session.ts";
import type { UpdatedDocument } from "./changed-document.ts";
import { cleanPages, sha256Of, viewDocument } from "./documents.ts";
import { type Found, findStored } from "./find-stored.ts";
import { move } from "./move-document.ts";
import { remove, replace } from "./remove-document.ts";
import { stateMailAuthor, stateOwnWords } from "./whose-words.ts";

export type UpdateDocument = Source & {
  readonly application: string;
  readonly document: string;
  /** The reference of the application that it belongs to. */
  readonly move_to?: string | undefined;
  readonly remove?: boolean | undefined;
  readonly reason?: string | undefined;
  /** Whose words a mail holds. */
  readonly author?: MailAuthor | undefined;
  /** Whether another document holds the candidate's own words. */
  readonly own_words?: boolean | undefined;
};

const FIELDS = { text: "text", file: "file", base64: "base64" };
const ACTS = ["move_to", "remove", "content", "author", "own_words"] as const;
type Act = (typeof ACTS)[number];

type Deps = { readonly allowFiles: AllowFiles; readonly catalog: Catalog };

export function createDocumentChanges({ allowFiles, catalog }: Deps) {
  return {
    /**
     * Mends a stored document: moves, removes or replaces it, or puts on record whose words it holds. What was assessed with
     * it is marked stale; nothing is assessed anew. The same again changes nothing.
     */
    async update(session: Session, input: UpdateDocument): Promise<UpdatedDocument> {
      const act = actOf(input);
      if (act === "move_to" || act === "remove" || act === "content") requireAct(session.member, "refile");
      const reason = reasonFor(act, input, catalog);
      const read = act === "content" ? await readDocument(input, FIELDS, allowFiles) : undefined;
      const words = catalog.mailWords();
      return session.write(async (tx) => {
        const { application: ref, move_to, author, own_words } = input;
        if (move_to !== undefined) await lockApplications(tx, session, [ref, move_to]);
        const record = await loadApplicationForUpdate(tx, session, ref);
        const to = move_to === undefined ? undefined : await loadApplicationForUpdate(tx, session, move_to);
        const found = await findStored(tx, session, record, input.document);
        if (!("row" in found)) return doneBefore({ found, act, to, read });
        const stored = { record, row: found.row, reason };
        if (to !== undefined) return move(tx, session, stored, to);
        if (read !== undefined) return replace(tx, session, stored, { ...input, read, words });
        if (author !== undefined) return stateMailAuthor(tx, session, stored, { author, words });
        if (own_words !== undefined) return stateOwnWords(tx, session, stored, own_words);
        return remove(tx, session, stored);
      });
    },
  };
}

/** What the call changes: one thing. @throws DomainError `invalid` for none or several. */
function actOf(input: UpdateDocument): Act {
  const hasContent = (["text", "file", "base64"] as const).some((way) => input[way] !== undefined);
  const isGiven: Record<Act, boolean> = {
    move_to: input.move_to !== undefined,
    remove: input.remove === true,
    content: hasContent,
    // With new content it says whose mail that is.
    author: input.author !== undefined && !hasContent,
    own_words: input.own_words !== undefined,
  };
  const [act, other] = ACTS.filter((one) => isGiven[one]);
  const all =
    "Give one of move_to, remove: true with a reason, text, file or base64 (the new content), author, own_words.";
  if (act === undefined) throw new DomainError("invalid", "document: nothing to change was given.", all);
  if (other !== undefined) throw new DomainError("invalid", `${other}: not together with ${act}.`, all);
  const part = (["name", "attachment"] as const).find((field) => input[field] !== undefined);
  if (part !== undefined && !hasContent)
    throw new DomainError("invalid", `${part}: only with new content.`, "Give text, file or base64 with it.");
  return act;
}

function reasonFor(act: Act, { reason = "" }: UpdateDocument, catalog: Catalog): string | null {
  const given = reason.trim();
  if (act === "remove" && given === "")
    throw new DomainError(
      "invalid",
      "reason: what is removed is gone, and why stays on record.",
      'Say why, such as "sent to us by mistake".',
    );
  requireLawfulReason(catalog.lexicon(), given);
  return given === "" ? null : given;
}

type Other = {
  readonly found: Exclude<Found, { row: unknown }>;
  readonly act: Act;
  readonly to: ApplicationRecord | undefined;
  readonly read: Read | undefined;
};

/**
 * The answer where somebody has done the same before.
 * @throws DomainError `conflict` where something else became of the document meanwhile.
 */
function doneBefore({ found, act, to, read }: Other): UpdatedDocument {
  const { id } = found;
  const done = { unchanged: true, stale: [] };
  if ("elsewhere" in found) {
    const { elsewhere, there } = found;
    if (to?.application.ref === elsewhere) return { document: viewDocument(there), ...done };
    throw new DomainError("conflict", `document: it is with ${elsewhere} now.`, {
      ...{ do: "change_document", application: elsewhere, document: id },
    });
  }
  const { gone, left } = found;
  if (gone === "removed" && act === "remove") return { document: { id }, removed: true, ...done };
  const sha256 = read && sha256Of(cleanPages(read).text);
  const same = left.find((row) => sha256?.equals(Buffer.from(row.sha256)));
  if (gone === "replaced" && same !== undefined)
    return { document: viewDocument(same), replaced: id, ...done };
  const became = gone === "removed" ? "it was removed." : "another one has taken its place.";
  throw new DomainError("conflict", `document: ${became}`, unknownDocument(id, left).hint);
}
