import type { Level } from "../role.ts";

const HEAD = 400;

const LEVELS: readonly (readonly [Level, RegExp])[] = [
  ["staff", /\b(?:staff|principal|distinguished)\b/i],
  ["senior", /\b(?:senior|sr\.?)\s/i],
  ["entry", /\b(?:junior|entry[- ]level|graduate|associate)\b/i],
  ["mid", /\bmid(?:[- ]level)?\b/i],
];

/** The level that the head of a post names; null when it names none. */
export function levelIn(text: string): Level | null {
  const head = text.slice(0, HEAD);
  return LEVELS.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}

/** The place that a post names first, as "City, ST", "City, Country" or a known name; null when it names none. */
export function placeIn(text: string): string | null {
  const head = text.slice(0, HEAD * 4);
  const match =
    /\b(\p{Lu}[\p{L}.'-]+(?: \p{Lu}[\p{L}.'-]+){0,2}, (?:[A-Z]{2}\b(?!\w)|D\.C\.|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New \p{Lu}\w+|North \p{Lu}\w+|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South \p{Lu}\w+|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Germany|France|Canada|Italy|Spain|Portugal|Poland|Ireland|Netherlands|Sweden))/u.exec(
      head,
    );
  if (match) return match[1] ?? null;
  return (
    /\b(?:in|at|·|\()\s?(San Francisco|Bay Area|New York|Brooklyn|Seattle|Boston|Denver|Chicago|Los Angeles|San Diego|San Jose|Oakland|Baltimore|Honolulu|Minneapolis|Boulder|Washington DC)\b/.exec(
      head,
    )?.[1] ?? null
  );
}

/** Whether the head of a post says that the work is remote. */
export const remoteIn = (text: string): boolean =>
  /\b(?:fully |100% )?remote(?:ly)?\b/i.test(text.slice(0, HEAD));
