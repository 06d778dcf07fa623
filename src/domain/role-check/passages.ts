import type { Passage, Section } from "./job-post.ts";
import { sectionOf } from "./sections.ts";

const BULLET = /^\s*(?:(?:[-*+•·▪◦✅✔➕>]\ufe0f?)+|\(?(?:\d{1,2}|[a-z])[.)])\s+/u;
const LABEL = /^(?:[\s*_#]|\ufe0f|\p{Extended_Pictographic})*([^:.*\n]{2,60}?)[*_]*[:.][*_]*\s+(?=\S)/u;
const SENTENCE = /(?<=[.!?]["”)]?)\s+(?=["“(*]?[\p{Lu}\d])/u;
const LONGEST_HEADING = 70;
const MOST_PASSAGES = 4_000;

/** Lines and sentences of a post, each under the heading that it stands under; every text is verbatim. */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  let section: Section = "about";
  let listed = false; // the section has had list items
  let gap = false; // an empty line since the last one
  for (const [n, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === "" || passages.length > MOST_PASSAGES) {
      gap = true;
      continue;
    }
    const where = `line ${n + 1}`;
    const heading = headingOf(line);
    if (heading !== undefined) {
      [section, listed, gap] = [heading, false, false];
      passages.push({ text: line, section: "heading", where });
      continue;
    }
    const item = BULLET.test(line);
    if (gap && listed && !item) section = "about"; // a list has ended, and with it what it was a list of
    listed ||= item;
    gap = false;
    const body = line.replace(BULLET, "");
    const label = LABEL.exec(body)?.[1];
    const own = label === undefined ? undefined : sectionOf(label);
    const sentences = body.split(SENTENCE).map((sentence) => sentence.trim());
    for (const sentence of sentences) {
      if (sentence !== "") passages.push({ text: sentence, section: own ?? section, where });
    }
    // "We forecast waves. In this role you will" and then a list: a paragraph may end in a heading.
    const opened = sentences.length > 1 ? sectionOf(sentences[sentences.length - 1] ?? "") : undefined;
    if (opened !== undefined && !/[.!?]$/.test(line)) [section, listed] = [opened, false];
  }
  return passages;
}

/** A line that stands over what follows: marked as one, ending in a colon, in capitals, or short and known. */
function headingOf(line: string): Section | undefined {
  if (line.length > LONGEST_HEADING) return undefined;
  const marked = /^#{1,6}\s/.test(line) || /^(\*\*|__|\*)[^*_]+\1:?$/.test(line);
  const known = sectionOf(line);
  if (known !== undefined) return /[.!?]$/.test(line) && !marked ? undefined : known;
  if (BULLET.test(line)) return undefined;
  const shouted = /^[\p{Lu}\s\d'’&-]{4,40}$/u.test(line);
  return marked || shouted ? "about" : undefined;
}
