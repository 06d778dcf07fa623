import * as z from "zod";
import { DocumentKind, Evidence } from "../../domain/candidates/document.ts";
import type { CredentialFact } from "../../domain/credentials/read.ts";
import { credentialNote } from "../text/fields/credentials.ts";
import type { Answer } from "./answer.ts";

/** A certificate or licence that documents name or the role asks for: a fact, and no point. */
const CredentialAnswer = z.object({
  name: z.string(),
  kind: z.enum(["certificate", "licence"]),
  says: Evidence.pick({ quote: true, page: true }).optional(),
  /** The kind of the document that names it. */
  document: DocumentKind.optional(),
  standing: z.enum(["current", "retired", "expired", "in_preparation", "not_stated", "not_named"]),
  as_of: z.string(),
  number: z.string().optional(),
  place: z.string().optional(),
  expires: z.string().optional(),
  asked: z.literal(true).optional(),
  /** What the words and dates mean, and what they do not. */
  note: z.string(),
});
export type CredentialAnswer = Answer<typeof CredentialAnswer>;

/** Absent where nothing was found and nothing is asked for. */
export const CredentialsAnswer = z.array(CredentialAnswer).optional();

export const credentialsAnswer = (facts: readonly CredentialFact[]): CredentialAnswer[] =>
  facts.map((fact) => {
    const {
      says,
      vendor: _vendor,
      retired_on: _retired,
      valid: _valid,
      asked_place: _place,
      asked_for: _for,
      ...rest
    } = fact;
    return {
      ...rest,
      ...(says && { says: { quote: says.quote, ...(says.page !== undefined && { page: says.page }) } }),
      note: credentialNote(fact),
    };
  });
