import { ANNOUNCED } from "./headings.ts";
import type { Section } from "./job-post.ts";
import { anyOf, has } from "./words.ts";

/** Headings that have a word of one section and announce another. */
const ABOUT =
  /^(?:about (?!you\b)|why (?!you\b)|who we are|our (?:team|company|stack|story|customers|product)\b|the (?:company|team)\b)/i;
const NICE = ANNOUNCED.find(([section]) => section === "nice")?.[1];
const FILLER = anyOf(
  "the|a|an|our|your|and|or|of|for|in|on|to|key|core|main|job|role|technical|basic|general|other|we|you|i|is|are|what|this|with|us|s|ll|re|ve|will|at|have|haves|has|do|does|be|who",
);

const plainOf = (heading: string): string =>
  heading
    .replace(/[^\p{L}\p{N}\s'’(),&-]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** The section that a heading or label announces; undefined when it is none. */
export function sectionOf(heading: string): Section | undefined {
  const plain = plainOf(heading);
  if (ABOUT.test(plain)) return "about";
  const section = ANNOUNCED.find(([, pattern]) => has(plain, pattern))?.[0];
  // "Welcome, but not needed" is asked for all the same, if less.
  return section === "waived" && NICE && has(plain, NICE) ? "nice" : section;
}

/** The same for what may as well be a sentence or an entry: only where it has no words, or few, beside what it announces. */
export function bareSectionOf(heading: string, others = 0): Section | undefined {
  const section = sectionOf(heading);
  const pattern = ANNOUNCED.find(([name]) => name === section)?.[1];
  if (section === undefined || pattern === undefined) return undefined;
  const rest = plainOf(heading).replace(pattern, "").replace(FILLER, "");
  const more = rest.match(/\p{L}{2,}/gu)?.length ?? 0;
  return more > others && !ABOUT.test(plainOf(heading)) ? undefined : section;
}
