import { type Document, type DocumentKind, type Evidence, spanOf } from "../candidates/document.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { agree } from "../jurisdictions/region.ts";
import { isOver } from "../text/dates.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { type Asked, askedIn, isAsked } from "./asked.ts";
import { detailsIn, placesIn, type StatedPlace } from "./details.ts";
import { type Credential, finderOf } from "./known.ts";
import { isInSection, type Standing, standingsIn } from "./named.ts";

/** What is known of a credential on a day. `not_named`: the role asks for it, and no document names it. */
export type CredentialStanding =
  | "current"
  | "retired"
  | "expired"
  | "in_preparation"
  | "not_stated"
  | "not_named";

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
  /** The place for which the role asks for it, where the document names another or none. */
  readonly asked_place?: string;
};

type Mention = {
  readonly credential: Credential;
  readonly says: Evidence;
  readonly document: DocumentKind;
  readonly number?: string;
  readonly places: readonly StatedPlace[];
  readonly expires?: string;
} & Pick<Standing, "planned" | "lapsed" | "active">;

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
  const mentions = merged(documents.flatMap((document) => mentionsIn(document, using)));
  const asked = askedIn(mustHaves, finderOf(known), using);
  const facts = mentions.map((mention) => factOf(mention, asked, today));
  return [
    ...facts.filter((fact) => fact.asked),
    ...missing(asked, mentions, today),
    ...facts.filter((fact) => !fact.asked),
  ];
}

const LONGEST_QUOTE = 160;

function mentionsIn(document: Document, { known, lexicon, places }: With): Mention[] {
  const text = document.own ?? document.text;
  return standingsIn(text, finderOf(known), lexicon).map((standing): Mention => {
    const { credential, planned, lapsed, active, start, end } = standing;
    const details = detailsOf(text, standing, lexicon, places);
    const span = details.end - details.start > LONGEST_QUOTE ? { start, end } : details;
    return {
      ...{ credential, planned, lapsed, active, places: details.places, document: document.kind },
      says: spanOf(document, span.start, span.end),
      ...(details.number !== undefined && { number: details.number }),
      ...(details.expires !== undefined && { expires: details.expires }),
    };
  });
}

/** What stands beside a name: number, place and end, and where these words begin and end. */
function detailsOf(text: string, standing: Standing, lexicon: Lexicon, places: Places) {
  const { credential, start, end, lineStart, regionEnd, isFirst } = standing;
  const isLicence = credential.kind === "licence";
  const before = isFirst ? text.slice(lineStart, start) : "";
  const behind = detailsIn(lexicon, text.slice(start, regionEnd), { nameEnd: end - start, isLicence });
  const front = behind.number ? {} : detailsIn(lexicon, before, { nameEnd: 0, isLicence: false });
  const number = behind.number ?? front.number;
  const isStated = number !== undefined || behind.expires !== undefined;
  const held = isLicence ? placesOf(text, { ...standing, before, isStated }, lexicon, places) : [];
  const ends = [behind.number?.end, behind.expires?.end].map((at) => start + (at ?? 0));
  const numberAt = front.number ? lineStart + before.indexOf(front.number.value) : start;
  return {
    ...{ number: number?.value, expires: behind.expires?.date, places: held },
    start: Math.min(start, numberAt, ...held.map((place) => place.start)),
    end: Math.max(end, ...ends, ...held.map((place) => place.end)),
  };
}

type Beside = Pick<Standing, "start" | "end" | "lineStart" | "regionEnd" | "around"> & {
  readonly before: string;
  readonly isStated: boolean;
};

/** Between a name and a place that belongs to it, and behind that place. */
const RIGHT_BEHIND = /^[\s,:()–-]*(?:(?:in|of|the|state|commonwealth)\s+)*$/i;
const PLACE_ENDS = /^\s*(?:[,.;:()|•·–-]|\d|$|lic|board|state)/i;
const RIGHT_BEFORE = /^[\s:-]*(?:(?:state|board|registered|licen[cs]ed)[\s:-]*)*$/i;

/**
 * The places of a licence, by their places in the text. Further off than right beside its name only where words of licences
 * stand with it: the state behind a job's title is its employer's.
 */
function placesOf(text: string, beside: Beside, lexicon: Lexicon, places: Places): StatedPlace[] {
  const { start, end, lineStart, regionEnd, around, before, isStated } = beside;
  const find = (from: number, to: number) =>
    placesIn(places, text.slice(from, to)).map((place) => ({
      ...place,
      start: from + place.start,
      end: from + place.end,
    }));
  const isSaid =
    isStated ||
    [before, text.slice(end, regionEnd)].some((part) => lexicon.has("credential_word", sentenceOf(part))) ||
    lexicon.has("credential_number", sentenceOf(text.slice(start, end))) ||
    isInSection(lexicon, text, around, lineStart);
  const within = find(start, end);
  if (within.length > 0) return within;
  const behind = find(end, regionEnd);
  const [next] = behind;
  const isNext =
    next !== undefined &&
    RIGHT_BEHIND.test(text.slice(end, next.start)) &&
    PLACE_ENDS.test(text.slice(next.end));
  if (isNext || (isSaid && next)) return isSaid ? behind : behind.slice(0, 1);
  const ahead = find(lineStart, lineStart + before.length);
  const last = ahead[ahead.length - 1];
  if (last && RIGHT_BEFORE.test(text.slice(last.end, start))) return [last];
  // At the top of a document a person's name stands before it.
  return isSaid && text.slice(0, lineStart).trim() !== "" ? ahead : [];
}

const regionsAgree = (a: readonly StatedPlace[], b: readonly StatedPlace[]): boolean =>
  a.some((one) => b.some((other) => one.readings.some((x) => other.readings.some((y) => agree(x, y)))));

/** Mentions of one credential as one: details of one fill what another leaves open; two numbers or places are two. */
function merged(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  for (const mention of mentions) {
    const at = kept.findIndex((other) => isSame(other, mention));
    const other = kept[at];
    if (other === undefined) kept.push(mention);
    else kept[at] = together(other, mention);
  }
  return kept;
}

function isSame(a: Mention, b: Mention): boolean {
  if (a.credential.id !== b.credential.id) return false;
  if (a.number !== undefined && b.number !== undefined && a.number !== b.number) return false;
  return a.places.length === 0 || b.places.length === 0 || regionsAgree(a.places, b.places);
}

/** What is held counts before what is planned, and what says more before what says less. */
function together(a: Mention, b: Mention): Mention {
  if (a.planned !== b.planned) return a.planned ? b : a;
  const more = (m: Mention) =>
    [m.number, m.expires, m.places[0]].filter((detail) => detail !== undefined).length;
  const [first, second] = more(b) > more(a) ? [b, a] : [a, b];
  return {
    ...second,
    ...first,
    places: first.places.length > 0 ? first.places : second.places,
    lapsed: a.lapsed || b.lapsed,
    active: a.active || b.active,
  };
}

function factOf(mention: Mention, asked: readonly Asked[], today: string): CredentialFact {
  const { credential, says, document, number, places, expires } = mention;
  const wanted = asked.filter((one) => one.credentials.some((c) => isAsked(c, credential)));
  const elsewhere = wanted.find(({ places: there }) => there.length > 0 && !regionsAgree(there, places));
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
    ...(wanted.length > 0 && { asked: true as const }),
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
  if (lapsed) return "expired";
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
        ...{ name, kind: first.kind, standing: "not_named", as_of: today, asked: true },
        ...(one.places.length > 0 && { place: placesText(one) }),
      }),
    );
  });
}
