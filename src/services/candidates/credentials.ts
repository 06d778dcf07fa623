import type { Catalog } from "../../catalog/load.ts";
import type { Document } from "../../domain/candidates/document.ts";
import { withListed } from "../../domain/credentials/known.ts";
import { type CredentialFact, readCredentials } from "../../domain/credentials/read.ts";
import { dayOf } from "../../domain/days.ts";
import type { RoleRow } from "../../store/roles/roles.ts";

type Read = {
  readonly role: Pick<RoleRow, "template" | "mustHaves">;
  /** What the caller may read, with the candidate's own words told from others'. */
  readonly documents: readonly Document[];
  readonly now: Date;
};

/** The certificates and licences that the candidate's own documents name, beside those that the role asks for. */
export function credentialsOf(catalog: Catalog, { role, documents, now }: Read): CredentialFact[] {
  return readCredentials(
    documents.filter(({ kind }) => kind !== "note"),
    {
      known: withListed(catalog.credentials(), catalog.ifUsable(role.template)?.credentials ?? []),
      lexicon: catalog.lexicon(),
      places: catalog.places,
      today: dayOf(now),
      mustHaves: role.mustHaves,
    },
  );
}
