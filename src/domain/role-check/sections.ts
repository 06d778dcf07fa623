import { type Sentence, sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import type { Section } from "./job-post.ts";

/** What a heading announces, tried in order: "nice to have requirements" are nice to have. */
const ANNOUNCED = [
  ["waived", "heading_waived"],
  ["nice", "heading_nice"],
  ["pay", "heading_pay"],
  ["on_call", "heading_on_call"],
  ["loop", "heading_loop"],
  ["outcomes", "heading_outcomes"],
  ["must", "heading_must"],
  ["duties", "heading_duties"],
  ["about", "heading_about"],
] as const satisfies readonly (readonly [Section, ListName])[];

/** A heading without its marks, whose words belong together. */
const plainOf = (heading: string): Sentence =>
  sentenceOf(
    heading
      .replace(/[^\p{L}\p{N}\s'’,&-]/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );

const announcedBy = (lexicon: Lexicon, heading: Sentence): (typeof ANNOUNCED)[number] | undefined => {
  const announced = ANNOUNCED.find(([, list]) => lexicon.has(list, heading));
  // "Welcome, but not needed" is asked for all the same, if less.
  if (announced?.[0] === "waived" && lexicon.has("heading_nice", heading)) return ANNOUNCED[1];
  return announced;
};

/** The section that a heading or label announces; undefined when it is none. */
export function sectionOf(lexicon: Lexicon, heading: string): Section | undefined {
  const plain = plainOf(heading);
  return lexicon.has("heading_about_us", plain) ? "about" : announcedBy(lexicon, plain)?.[0];
}

/** The same for what may as well be a sentence or an entry: only where it has no words, or few, beside what it announces. */
export function bareSectionOf(lexicon: Lexicon, heading: string, others = 0): Section | undefined {
  const plain = plainOf(heading);
  if (lexicon.has("heading_about_us", plain)) return "about";
  const announced = announcedBy(lexicon, plain);
  if (announced === undefined) return undefined;
  const said = [...lexicon.find(announced[1], plain), ...lexicon.find("heading_filler", plain)];
  const more = plain.tokens.filter(
    ({ folded }, n) => /\p{L}{2,}/u.test(folded) && !said.some(({ from, to }) => from <= n && n < to),
  );
  return more.length > others ? undefined : announced[0];
}
