import type { DocumentKind } from "../../domain/candidates/document.ts";
import { withoutAnsweredSubject } from "../../domain/mail/own-words.ts";
import { passageAround } from "../../domain/search/passage.ts";
import type { Term } from "../../domain/search/query.ts";
import { type Untrusted, untrusted } from "../../domain/untrusted.ts";
import { matchedDocuments } from "../../store/candidates/search.ts";
import type { Search } from "../../store/candidates/search-conditions.ts";
import type { Db } from "../../store/store.ts";
import type { Session } from "../session.ts";

/** Where a candidate's own words match a query. */
export type Passage = {
  /** The document's id. */
  readonly document: string;
  readonly kind: DocumentKind;
  readonly untrusted: Untrusted;
};

type Found = {
  readonly id: string;
  readonly ref: string;
  readonly searchKey: string;
  readonly knownBy: readonly string[];
};

const MAX_PASSAGE_CHARS = 400;

/** By application, the words in a document for which it was found. Who was found by name alone has none. */
export async function matchedPassages(
  db: Db,
  { workspaceId }: Session,
  search: Search,
  found: readonly Found[],
): Promise<Map<string, Passage>> {
  const wanted = new Map(found.map((each) => [each.id, termsBeyondName(search, each)] as const));
  const refs = new Map(found.map(({ id, ref }) => [id, ref]));
  const documents = await matchedDocuments(db, workspaceId, search, wanted);
  return new Map(
    documents.flatMap(({ id, applicationId, kind, text, mail }) => {
      const phrases = (wanted.get(applicationId) ?? []).map(({ words }) => words);
      const around = passageAround(withoutAnsweredSubject(text, mail), phrases);
      if (around === undefined) return [];
      const shown = untrusted(around, {
        source: `${kind} of ${refs.get(applicationId)}`,
        max: MAX_PASSAGE_CHARS,
      });
      return [[applicationId, { document: id, kind, untrusted: shown }] as const];
    }),
  );
}

/** The terms of a query that the person does not meet; none where they meet all that one alternative asks for. */
function termsBeyondName({ alternatives }: Search, { searchKey, knownBy }: Found): readonly Term[] {
  const isMet = ({ ref, name, phone = [] }: Term) =>
    ref !== undefined || searchKey.includes(name) || phone.some((form) => knownBy.includes(form));
  const beyond = alternatives.map(({ all }) => all.filter((term) => !isMet(term)));
  return beyond.some((terms) => terms.length === 0) ? [] : beyond.flat();
}
