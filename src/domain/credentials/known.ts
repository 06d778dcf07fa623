import type { RoleTemplate } from "../roles/role-template.ts";
import { createFinder, quoteAt, type Sentence } from "../text/finder.ts";
import type { Span } from "../text/matcher.ts";

/** A certificate, or a kind of licence or registration, with the ways in which people write it. */
export type Credential = {
  readonly id: string;
  readonly name: string;
  readonly kind: "certificate" | "licence";
  readonly phrases: readonly string[];
  /** Abbreviations that count in capitals alone. */
  readonly capitals: readonly string[];
  /** Abbreviations in capitals that mean other things too: they count only beside words of certificates and licences. */
  readonly unclear: readonly string[];
  /** Phrases in which it means something else. */
  readonly not: readonly string[];
  readonly vendor?: string;
  /** So many have it that it is told only where the role asks for it. */
  readonly when_asked?: true;
  /** The last day or month in which it could be earned. */
  readonly retired_on?: string;
  /** How many years its vendor lets it run; with a day, if it was earned since. */
  readonly valid?: { readonly years: number; readonly since?: string };
};

type Listed = RoleTemplate["credentials"][number];

/**
 * A certificate's name as people write it: "Certified" within it, dashes and what is in brackets may be missing, the words
 * may be linked by a few others; or one of its other names.
 */
export function namesOf({ name, also = [] }: Pick<Listed, "name" | "also">): string[] {
  const words = name
    .replace(/\(.*?\)/g, "")
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word, n) => word !== "" && (n === 0 || !/^certified$/i.test(word)));
  return [words.join(": (certified|certification|certificate)? "), ...also];
}

/** A certificate that a role template lists. */
export const certificateOf = (listed: Listed): Credential => ({
  ...{
    id: listed.id,
    name: listed.name,
    kind: "certificate",
    phrases: namesOf(listed),
    vendor: listed.vendor,
  },
  ...{ capitals: [], unclear: [], not: [] },
  ...(listed.valid_until !== undefined && { retired_on: listed.valid_until }),
});

/** Where a credential stands in a sentence; `unclear` where its abbreviation can mean something else. */
export type Named = Span & { readonly credential: Credential; readonly unclear: boolean };
export type CredentialFinder = (sentence: Sentence) => Named[];

type Sign = {
  readonly credential: Credential;
  readonly phrases: readonly string[];
  readonly not: readonly string[];
  readonly written: "anyhow" | "capitals" | "unclear";
};

const SHORTEST_WRAPPED_LINE = 40;

/** Whether words that look like a name stand at the end of one line and the beginning of the next, which was not wrapped. */
function isBroken(text: string, quote: string): boolean {
  const at = quote.indexOf("\n");
  if (at < 0) return false;
  const end = text.indexOf(quote) + at;
  return end - text.lastIndexOf("\n", end - 1) < SHORTEST_WRAPPED_LINE;
}

const finders = new WeakMap<readonly Credential[], CredentialFinder>();

/** Prepares credentials to be looked for in one pass; once for each list. */
export function finderOf(credentials: readonly Credential[]): CredentialFinder {
  const known = finders.get(credentials);
  if (known) return known;
  const signs = credentials.flatMap((credential): Sign[] => {
    const { phrases, capitals, unclear, not } = credential;
    return [
      { credential, phrases, not, written: "anyhow" as const },
      { credential, phrases: capitals, not, written: "capitals" as const },
      { credential, phrases: unclear, not, written: "unclear" as const },
    ].filter((sign) => sign.phrases.length > 0);
  });
  const find = createFinder([["named", signs]]);
  const made: CredentialFinder = (sentence) =>
    (find(sentence).get("named") ?? []).flatMap(({ from, to, entry: { credential, written } }) => {
      const quote = quoteAt(sentence, { from, to });
      const isWrittenSo =
        (written === "anyhow" || quote === quote.toUpperCase()) &&
        !quote.includes(" +") &&
        !isBroken(sentence.text, quote);
      return isWrittenSo ? [{ from, to, credential, unclear: written === "unclear" }] : [];
    });
  finders.set(credentials, made);
  return made;
}

const lists = new WeakMap<readonly Credential[], WeakMap<readonly Listed[], readonly Credential[]>>();

/** What is known to everybody, with what a role's own template lists in the place of what has the same id. */
export function withListed(known: readonly Credential[], listed: readonly Listed[]): readonly Credential[] {
  if (listed.length === 0) return known;
  const made = lists.get(known) ?? new WeakMap<readonly Listed[], readonly Credential[]>();
  lists.set(known, made);
  const own = made.get(listed);
  if (own) return own;
  const ids = new Set(listed.map(({ id }) => id));
  const all = [...listed.map(certificateOf), ...known.filter(({ id }) => !ids.has(id))];
  made.set(listed, all);
  return all;
}
