import type { DocumentKind } from "../../../domain/candidates/document.ts";
import type { CredentialFact } from "../../../domain/credentials/read.ts";
import { pluralize } from "../../../domain/pluralize.ts";

const IN: Readonly<Record<DocumentKind, string>> = {
  resume: "the résumé",
  cover_letter: "the cover letter",
  transcript: "the transcript",
  email: "an e-mail of the candidate's",
  submission_notes: "the notes to the submission",
  note: "a note",
  work_sample: "the work sample",
};

/** What is known of a certificate or licence on the day, in words that leave open what the document leaves open. */
export function credentialNote(fact: CredentialFact): string {
  if (fact.standing === "not_named")
    return `the role asks for ${JSON.stringify(fact.asked_for ?? fact.name)}; not recognised in the documents: ask whether they hold it`;
  const where = fact.document === undefined ? "the document" : IN[fact.document];
  return [standingText(fact, where), notChecked(fact, where), askedText(fact, where)]
    .filter((part) => part !== undefined)
    .join("; ");
}

function standingText(
  { standing, expires, retired_on, valid, vendor }: CredentialFact,
  where: string,
): string {
  const ends = expires === undefined ? undefined : `expires ${expires}, as ${where} says`;
  switch (standing) {
    case "current":
      return ends ?? `active, as ${where} says; expiry not stated`;
    case "expired":
      return expires === undefined
        ? `no longer active, as ${where} says`
        : `ran out on ${expires} by the date in ${where}`;
    case "retired":
      return `retired, last offered ${retired_on}; that does not mean that theirs has run out (${ends ?? "expiry not stated"})`;
    case "in_preparation":
      return `in preparation, as ${where} says`;
    default: {
      const since = valid?.since === undefined ? "" : ` if earned since ${valid.since}`;
      const runs = valid && vendor ? ` (${vendor}: valid for ${pluralize(valid.years, "year")}${since})` : "";
      return ends ?? `named in ${where}, expiry not stated${runs}`;
    }
  }
}

/** What a document says of a licence is its own word. */
const notChecked = ({ kind, standing }: CredentialFact, where: string): string | undefined =>
  kind === "licence" && standing !== "in_preparation"
    ? `by ${where} alone, not checked with who issued it`
    : undefined;

function askedText({ asked_for, asked_place, place }: CredentialFact, where: string): string | undefined {
  if (asked_place === undefined)
    return asked_for === undefined ? undefined : `the role asks for ${JSON.stringify(asked_for)}`;
  return `the role asks for ${asked_place}, ${where} names ${place ?? "no place"}`;
}
