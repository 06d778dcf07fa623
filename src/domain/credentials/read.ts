import type { Document, DocumentKind, Evidence } from "../candidates/document.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { isOver } from "../text/dates.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { type Asked, askedIn, isAsked } from "./asked.ts";
import { regionsAgree } from "./details.ts";
import { type Credential, finderOf } from "./known.ts";
import { type Mention, mentionsIn } from "./mentions.ts";

/** What is known of a credential on a day. `not_named`: the role asks for it, and no document names it. */
type CredentialStanding = "current" | "retired" | "expired" | "in_preparation" | "not_stated" | "not_named";

/** A certificate, licence or registration that documents name or a role asks for. A fact; nothing is made of it. */
export type CredentialFact = {
  readonly name: string;
  readonly kind: Credential["kind"];
  readonly standing: CredentialStanding;
  /** The day on which this is its standing. */
  readonly as_of: string;
  readonly says?: Evidence;
  /** The kind of the document that names it. */
  readonly document?: DocumentKind;
  readonly number?: string;
  readonly place?: string;
  /** As exactly as the document says it. */
  readonly expires?: string;
  readonly vendor?: string;
  readonly retired_on?: string;
  readonly valid?: Credential["valid"];
  readonly asked?: true;
  /** The role's must-have in its own words. */
  readonly asked_for?: string;
  /** The place for which the role asks for it, where the document names another or none. */
  readonly asked_place?: string;
};

type With = {
  /** What can be recognised. */
  readonly known: readonly Credential[];
  readonly lexicon: Lexicon;
  readonly places: Places;
  readonly today: string;
  readonly mustHaves: readonly string[];
};

/** The credentials that a person's own documents name, and those that the role asks for, which come first. */
export function readCredentials(documents: readonly Document[], using: With): CredentialFact[] {
  const { known, today, mustHaves } = using;
  const asked = askedIn(mustHaves, finderOf(known), using);
  const isWanted = (credential: Credential) =>
    asked.some(({ credentials }) => credentials.some((one) => isAsked(one, credential)));
  const mentions = mentionsIn(documents, { ...using, isWanted });
  const facts = mentions.flatMap((mention) => {
    const fact = factOf(mention, { asked, mentions, today });
    return fact.asked || !mention.credential.when_asked ? [fact] : [];
  });
  return [
    ...facts.filter((fact) => fact.asked),
    ...missing(asked, mentions, today),
    ...facts.filter((fact) => !fact.asked),
  ];
}

type Beside = {
  readonly asked: readonly Asked[];
  readonly mentions: readonly Mention[];
  readonly today: string;
};

function factOf(mention: Mention, { asked, mentions, today }: Beside): CredentialFact {
  const { credential, says, document, number, places, expires } = mention;
  const wanted = asked.filter((one) => one.credentials.some((c) => isAsked(c, credential)));
  const isElsewhere = ({ places: there, credentials }: Asked) =>
    there.length > 0 &&
    !mentions.some(
      (other) => credentials.some((c) => isAsked(c, other.credential)) && regionsAgree(there, other.places),
    );
  const elsewhere = wanted.find(isElsewhere);
  const place = [...new Set(places.map(({ quote }) => quote))].join(", ");
  return {
    ...{ name: credential.name, kind: credential.kind, standing: standingOf(mention, today), as_of: today },
    ...{ says, document },
    ...(number !== undefined && { number }),
    ...(place !== "" && { place }),
    ...(expires !== undefined && { expires }),
    ...(credential.vendor !== undefined && { vendor: credential.vendor }),
    ...(credential.retired_on !== undefined && { retired_on: credential.retired_on }),
    ...(credential.valid && { valid: credential.valid }),
    ...(wanted[0] && { asked: true as const, asked_for: wanted[0].text }),
    ...(elsewhere && { asked_place: placesText(elsewhere) }),
  };
}

/** The year of today alone does not tell whether something has ended. */
function standingOf(
  { credential, planned, lapsed, active, expires }: Mention,
  today: string,
): CredentialStanding {
  if (planned) return "in_preparation";
  if (expires !== undefined && isOver(expires, today)) return "expired";
  // A document that says of one that it lapsed, and that it runs on, speaks of two.
  if (lapsed) return expires === undefined ? "expired" : "not_stated";
  if (credential.retired_on !== undefined && isOver(credential.retired_on, today)) return "retired";
  const isAhead = expires !== undefined && (expires > today.slice(0, expires.length) || expires === today);
  return isAhead || (active && expires === undefined) ? "current" : "not_stated";
}

const placesText = ({ places }: Asked): string => places.map(({ quote }) => quote).join(", ");

/** What the role asks for and no document names; of several that are asked for by "or" only where none is named. */
function missing(asked: readonly Asked[], mentions: readonly Mention[], today: string): CredentialFact[] {
  return asked.flatMap((one) => {
    const open = one.credentials.filter((c) => !mentions.some(({ credential }) => isAsked(c, credential)));
    const isMet = one.isAnyOf && open.length < one.credentials.length;
    const [first] = open;
    if (first === undefined || isMet) return [];
    const names = one.isAnyOf ? [open.map(({ name }) => name).join(" or ")] : open.map(({ name }) => name);
    return names.map(
      (name): CredentialFact => ({
        ...{ name, kind: first.kind, standing: "not_named", as_of: today, asked: true, asked_for: one.text },
        ...(one.places.length > 0 && { place: placesText(one) }),
      }),
    );
  });
}
