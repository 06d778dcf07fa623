import { type Document, type DocumentKind, type Evidence, spanOf } from "../candidates/document.ts";
import type { Places } from "../jurisdictions/place-names.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { detailsIn, placesIn, regionsAgree, type StatedPlace } from "./details.ts";
import { type Credential, finderOf } from "./known.ts";
import { isInSection, lastSentence, type Standing, standingsIn } from "./named.ts";

/** A credential as one document names it. */
export type Mention = {
  readonly credential: Credential;
  readonly says: Evidence;
  readonly document: DocumentKind;
  readonly number?: string;
  readonly places: readonly StatedPlace[];
  readonly expires?: string;
} & Pick<Standing, "planned" | "lapsed" | "active">;

type Beyond = { readonly lexicon: Lexicon; readonly places: Places };
type With = Beyond & {
  readonly known: readonly Credential[];
  readonly isWanted: (credential: Credential) => boolean;
};

/** The credentials that documents name, each once: two of a kind are two where their numbers or places differ. */
export const mentionsIn = (documents: readonly Document[], using: With): Mention[] =>
  merged(documents.flatMap((document) => inDocument(document, using)));

function inDocument(document: Document, { known, lexicon, places, isWanted }: With): Mention[] {
  const text = document.own ?? document.text;
  const named = standingsIn(text, finderOf(known), lexicon, isWanted);
  const standings = named.map((standing, n) => upToNext(text, standing, named[n + 1], places));
  const mentions = standings.map((standing) => {
    const [own, ...others] = partsOf(text, standing, { lexicon, places });
    const read = { ...standing, regionEnd: own?.to ?? standing.regionEnd };
    const mention = mentionOf(document, standing, detailsOf(text, read, lexicon, places));
    return [mention, ...others.map((part) => anotherOf(document, standing, part, { lexicon, places }))];
  });
  const shared = mentions.flatMap(([mention, ...others], n) => {
    if (mention === undefined) return [];
    const [next] = mentions[n + 1] ?? [];
    const between = text.slice(standings[n]?.end, standings[n + 1]?.start);
    const isShared = next?.expires !== undefined && mention.expires === undefined && TOGETHER.test(between);
    const says = isShared ? spanOf(document, mention.says.start, next.says.end) : mention.says;
    return [isShared ? { ...mention, says, expires: next.expires } : mention, ...others];
  });
  return withOwnLine(document, shared, { lexicon, places });
}

/** "Texas PE #12345, Florida PE #67890": a place right before a name belongs to that name, and not to the one before it. */
function upToNext(text: string, standing: Standing, next: Standing | undefined, places: Places): Standing {
  if (next === undefined || next.credential.kind !== "licence") return standing;
  const between = text.slice(standing.end, next.start);
  const last = placesIn(places, between).at(-1);
  if (last === undefined || !RIGHT_BEFORE.test(between.slice(last.end))) return standing;
  return { ...standing, regionEnd: Math.min(standing.regionEnd, standing.end + last.start) };
}

/**
 * What a line such as "License: Texas 123456, valid to 08/2026" says, for the one kind of licence that a document names
 * elsewhere and says nothing of.
 */
function withOwnLine(
  document: Document,
  mentions: readonly Mention[],
  { lexicon, places }: Beyond,
): Mention[] {
  const licences = mentions.filter(({ credential }) => credential.kind === "licence");
  const [bare] = licences;
  const isOne = licences.every((other) => other.credential === bare?.credential && isBare(other));
  if (bare === undefined || !isOne) return [...mentions];
  const text = document.own ?? document.text;
  for (const { 0: line, index } of text.matchAll(LINE_WITH_NUMBER)) {
    const sentence = sentenceOf(line);
    const [label] = lexicon.find("credential_detail", sentence);
    if (label === undefined || !lexicon.has("credential_word", sentence)) continue;
    const named = placesIn(places, line);
    const nameEnd = named[0]?.end ?? sentence.tokens[label.to - 1]?.end ?? 0;
    const { number, expires } = detailsIn(lexicon, line, { nameEnd, isLicence: true });
    if (number === undefined) continue;
    const told = {
      ...{
        credential: bare.credential,
        planned: bare.planned,
        document: bare.document,
        number: number.value,
      },
      ...{ places: named, lapsed: saysOf(lexicon, line, "lapsed"), active: saysOf(lexicon, line, "active") },
      ...(expires && { expires: expires.date }),
      says: spanOf(document, index, index + line.length),
    };
    return mentions.map((mention) => (mention === bare ? told : mention));
  }
  return [...mentions];
}

const LINE_WITH_NUMBER = /(?<=^[ \t•*-]*)\p{L}[^\n]{0,150}\d[^\n]{0,60}$/gmu;

/** "BLS and ACLS, valid until 2027": what is said of the last holds for both. */
const TOGETHER = /^\s*(?:and|&|\+|\/)\s*$/i;

const LONGEST_QUOTE = 160;
type Told = Pick<Mention, "places" | "lapsed" | "active"> & {
  readonly number: string | undefined;
  readonly expires: string | undefined;
  readonly start: number;
  readonly end: number;
};

function mentionOf(document: Document, standing: Standing, told: Told): Mention {
  const { credential, planned, start, end } = standing;
  const { lapsed, active } = told;
  const span = told.end - told.start > LONGEST_QUOTE ? { start, end } : told;
  const text = document.own ?? document.text;
  const isOpen = text[span.end] === ")" && text.slice(span.start, span.end).includes("(");
  return {
    ...{ credential, planned, lapsed, active, places: told.places, document: document.kind },
    says: spanOf(document, span.start, isOpen ? span.end + 1 : span.end),
    ...(told.number !== undefined && { number: told.number }),
    ...(told.expires !== undefined && { expires: told.expires }),
  };
}

type Part = { readonly from: number; readonly to: number };

const PIECE = /[^;,&\n]+(?:[;,&\n]|$)/g;

/**
 * "PE, Texas #118234; New Mexico #24511" and "California A1234 (active), Nevada (expired)": parts that name another place
 * each are another licence. Where nothing is said of any but its place, they stay together.
 */
function partsOf(
  text: string,
  { credential, end, regionEnd }: Standing,
  { lexicon, places }: Beyond,
): Part[] {
  const region = text.slice(end, regionEnd);
  const whole = [{ from: end, to: regionEnd }];
  if (credential.kind !== "licence" || placesIn(places, region).length === 0) return whole;
  const parts: (Part & { readonly places: readonly StatedPlace[] })[] = [];
  for (const { 0: piece, index } of region.replace(/ and /g, "    ;").matchAll(PIECE)) {
    const part = { from: end + index, to: end + index + piece.length };
    const named = placesIn(places, piece);
    const last = parts[parts.length - 1];
    const isApart =
      last && (text[last.to - 1] === ";" || (last.places.length > 0 && !regionsAgree(last.places, named)));
    const isAnother = isApart && named.length > 0;
    if (last && !isAnother)
      parts[parts.length - 1] = { ...last, to: part.to, places: [...last.places, ...named] };
    else parts.push({ ...part, places: named });
  }
  return /\d/.test(region) || saysOf(lexicon, region, "lapsed") ? parts : whole;
}

/** Whether a text says that something has lapsed, or is active. */
function saysOf(lexicon: Lexicon, text: string, list: "lapsed" | "active"): boolean {
  const sentence = sentenceOf(text);
  return lexicon.has(`credential_${list}`, sentence) || lexicon.has(`credential_${list}_after`, sentence);
}

function anotherOf(
  document: Document,
  standing: Standing,
  { from, to }: Part,
  { lexicon, places }: Beyond,
): Mention {
  const whole = document.own ?? document.text;
  const [start, end] = trimmed(whole, from, to);
  const text = whole.slice(start, end);
  const named = placesIn(places, text);
  const { number, expires } = detailsIn(lexicon, text, { nameEnd: named[0]?.end ?? 0, isLicence: true });
  const lapsed = saysOf(lexicon, text, "lapsed");
  return mentionOf(
    document,
    { ...standing, start, end },
    {
      ...{ lapsed, active: !lapsed && saysOf(lexicon, text, "active") },
      ...{ start, end, places: named, number: number?.value, expires: expires?.date },
    },
  );
}

/** A part without the marks around it. */
function trimmed(text: string, from: number, to: number): [start: number, end: number] {
  const part = text.slice(from, to).replace(/(?:\sand)?[\s.;,&]+$/, "");
  return [from + part.length - part.replace(/^[\s;,&]+/, "").length, from + part.length];
}

/** What stands beside a name: number, place and end, and where these words begin and end. */
function detailsOf(text: string, standing: Standing, lexicon: Lexicon, places: Places): Told {
  const { credential, start, end, lineStart, regionEnd, isFirst } = standing;
  const isLicence = credential.kind === "licence";
  const before = isFirst ? lastSentence(text.slice(lineStart, start)) : "";
  const behind = detailsIn(lexicon, text.slice(start, regionEnd), { nameEnd: end - start, isLicence });
  const front = behind.number ? {} : detailsIn(lexicon, before, { nameEnd: 0, isLicence: false });
  const isStated = (behind.number ?? front.number ?? behind.expires) !== undefined;
  const held = isLicence ? placesOf(text, { ...standing, before, isStated }, lexicon, places) : [];
  const placeEnd = Math.max(end, ...held.map((place) => place.end));
  // "Medical licence: California A123456 (active)": what follows the place says it of the licence.
  const next = detailsIn(lexicon, text.slice(placeEnd, regionEnd), { nameEnd: 0, isLicence: placeEnd > end });
  const number = behind.number ?? front.number ?? next.number;
  const ends = [start + (behind.number?.end ?? 0), start + (behind.expires?.end ?? 0), placeEnd];
  if (number === next.number) ends.push(placeEnd + (next.number?.end ?? 0));
  const numberAt =
    number === front.number && number ? start - before.length + before.indexOf(number.value) : start;
  const detailsEnd = Math.max(end, ...ends);
  const lapsed = placeEnd > end && isNextSaid(lexicon, text.slice(detailsEnd, regionEnd), "lapsed");
  return {
    ...{ number: number?.value, expires: behind.expires?.date, places: held },
    lapsed: standing.lapsed || lapsed,
    active: !lapsed && (standing.active || isNextSaid(lexicon, text.slice(detailsEnd, regionEnd), "active")),
    start: Math.min(start, numberAt, ...held.map((place) => place.start)),
    end: detailsEnd,
  };
}

/** Whether a text begins with words that say so: "(inactive)", ", active". */
const isNextSaid = (lexicon: Lexicon, text: string, list: "lapsed" | "active"): boolean =>
  lexicon.find(`credential_${list}_after`, sentenceOf(text.slice(0, 40))).some(({ from }) => from === 0);

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
  const lead = find(lineStart, start).at(-1);
  if (lead && RIGHT_BEFORE.test(text.slice(lead.end, start))) return [lead];
  const behind = find(end, regionEnd);
  const [next] = behind;
  const isNext =
    next !== undefined &&
    RIGHT_BEHIND.test(text.slice(end, next.start)) &&
    PLACE_ENDS.test(text.slice(next.end));
  if (isNext || (isSaid && next)) return isSaid ? behind : behind.slice(0, 1);
  const ahead = find(start - before.length, start);
  // At the top of a document a person's name stands before it.
  return isSaid && text.slice(0, lineStart).trim() !== "" ? ahead : [];
}

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

const isBare = ({ number, expires, places }: Mention): boolean =>
  number === undefined && expires === undefined && places.length === 0;

function isSame(a: Mention, b: Mention): boolean {
  if (a.credential.id !== b.credential.id) return false;
  if (a.number !== undefined && b.number !== undefined) return a.number === b.number;
  if (isBare(a) || isBare(b) || a.credential.kind === "certificate") return true;
  return regionsAgree(a.places, b.places);
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
