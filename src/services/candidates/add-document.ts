import type { Catalog } from "../../catalog/load.ts";
import { type Read, readDocument, type Source } from "../../documents/read.ts";
import type { AllowFiles } from "../../domain/allow-files.ts";
import { DomainError } from "../../domain/errors.ts";
import { workLink } from "../../domain/submission/work-link.ts";
import { loadApplicationForUpdate } from "../load-application.ts";
import type { Session } from "../session.ts";
import { canUpload, type Offered, offerUpload } from "../uploads/offer-upload.ts";
import { type StoredDocument, type ToStore, takeIn } from "./documents.ts";

export type AddDocument = Source &
  Pick<ToStore, "kind" | "author"> & {
    readonly application: string;
    /** Where a work sample is shown, in the place of its text. */
    readonly link?: string | undefined;
  };

const FIELDS = { text: "text", file: "file", base64: "base64" };

/** The ways in which words come with the call, and what is said of them. */
const COMES_WITH_IT = ["text", "base64", "link", "attachment", "author"] as const;

export function createDocuments({ allowFiles, catalog }: { allowFiles: AllowFiles; catalog: Catalog }) {
  /** Stores a text about an application. The same text again changes nothing, and the stored document is returned. */
  async function add(session: Session, input: AddDocument): Promise<StoredDocument> {
    const { kind, author } = input;
    const read =
      input.link === undefined ? await readDocument(input, FIELDS, allowFiles) : readLink(input, input.link);
    const words = catalog.mailWords();
    return session.write(async (tx) => {
      const record = await loadApplicationForUpdate(tx, session, input.application);
      return takeIn(tx, session, record, { ...read, kind, author }, words);
    });
  }

  /** As `add`. For a file that the caller has and that cannot be read from here, they get a link to send it. */
  async function addOrOffer(session: Session, input: AddDocument): Promise<StoredDocument | Offered> {
    const isWithIt = COMES_WITH_IT.some((way) => input[way] !== undefined);
    if (isWithIt || !canUpload(session, allowFiles)) return add(session, input);
    return session.write(async (tx) => {
      const { application } = await loadApplicationForUpdate(tx, session, input.application);
      return offerUpload(tx, session, application, input.kind);
    });
  }

  return { add, addOrOffer };
}

/** A link as a document: its address is all that is stored. */
function readLink({ kind, name, ...source }: AddDocument, link: string): Read {
  const refuse = (why: string) => new DomainError("invalid", `link: ${why}`, "Leave one of them out.");
  if (kind !== "work_sample") throw refuse(`a ${kind} is no link; only a work_sample may be one.`);
  const other = (["text", "file", "base64", "attachment"] as const).find((way) => source[way] !== undefined);
  if (other !== undefined) throw refuse(`give either this or ${other}.`);
  const address = workLink(link);
  return {
    name: name ?? `link to ${new URL(address).host}`,
    pages: [address],
    ...{ markup: false, hidden: [], signs_without_letter: 0, warnings: [] },
  };
}
