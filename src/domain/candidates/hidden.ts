import * as z from "zod";

/** Why nobody would see a run of text. */
export const HiddenWhy = z.enum([
  "colour",
  "transparent",
  "invisible_mode",
  "clipped",
  "covered",
  "layer_off",
  "off_page",
  "tiny",
  "marked_hidden",
  "deleted",
]);
export type HiddenWhy = z.infer<typeof HiddenWhy>;

/** A stretch of a file's text that nobody sees. */
export const HiddenPart = z.object({ text: z.string(), why: HiddenWhy });
export type HiddenPart = z.infer<typeof HiddenPart>;

/** A stretch as rows hold it: what was stored before reasons were kept has none. */
export type StoredHidden = { readonly text: string; readonly why?: HiddenWhy };

/** What a reader of the file would call doubtful about the text. */
export const TextWarning = z.enum([
  "garbled",
  "no_spaces",
  "letter_spaced",
  "over_picture",
  "recognised_scan",
  "part_unread",
]);
export type TextWarning = z.infer<typeof TextWarning>;
