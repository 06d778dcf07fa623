import * as z from "zod";
import { nearestPassage } from "../evidence/quote.ts";
import { findFolded, foldText } from "../text/fold.ts";

/** What an assistant can say of a post that it has read. `template` is an id, all else the post's own words. */
const READING_FIELDS = [
  ...(["template", "level", "lane", "location", "remote", "pay"] as const),
  ...(["outcomes", "must_haves", "nice_to_haves", "loop", "on_call"] as const),
] as const;
export type ReadingField = (typeof READING_FIELDS)[number];

/** A quote, several, or none: the post does not say it. */
const Quotes = z.union([z.string(), z.array(z.string()).max(30), z.null()]);
export const PostReading = z.partialRecord(z.enum(READING_FIELDS), Quotes);
export type PostReading = z.infer<typeof PostReading>;

/** A quote that does not stand in the post. */
export type RefusedQuote = {
  readonly field: ReadingField;
  readonly quote: string;
  readonly nearest?: string;
};

/** The quotes of a reading that stand in a post, as they stand there, by field; a field with none is said to be missing. */
export type HeldReading = {
  readonly quotes: ReadonlyMap<ReadingField, readonly string[]>;
  readonly refused: readonly RefusedQuote[];
};

/** Checks each quote of a reading. A field of which no quote stands in the post is left as the rules read it. */
export function checkReading(text: string, reading: PostReading): HeldReading {
  const quotes = new Map<ReadingField, readonly string[]>();
  const refused: RefusedQuote[] = [];
  for (const field of READING_FIELDS) {
    const said = reading[field];
    if (said === undefined || field === "template") continue;
    const all = said === null ? [] : [said].flat().filter((quote) => quote.trim() !== "");
    const held = all.flatMap((quote) => {
      const wanted = foldText(quote).text.trim();
      const at = findFolded(wanted, text);
      if (at) return [text.slice(at.start, at.end)];
      const nearest = nearestPassage(wanted, [{ id: "post", kind: "note", name: "post", text }]);
      refused.push({ field, quote, ...(nearest !== undefined && { nearest }) });
      return [];
    });
    if (held.length > 0 || all.length === 0) quotes.set(field, held);
  }
  return { quotes, refused };
}
