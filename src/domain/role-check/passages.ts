import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { isBullet, type Line, linesOf, sentencesOf, withoutBullet } from "../text/segments.ts";
import type { Passage, Section } from "./job-post.ts";
import { bareSectionOf, sectionOf } from "./sections.ts";

const LABEL =
  /^(?:[\s*_#>-]|\ufe0f|\p{Extended_Pictographic})*((?:[^\s:*]+\s){0,6}[^\s:*]{2,40})[*_]*:[*_]*\s+(?=\S)/u;
const DOTTED_LABEL = /^[\s*_]*([^.:*\n]{2,30})\.[*_]*(?:\s+(?=\S)|$)/;
const DASHED_LABEL = /^[\s*_]*([^–—:.\n]{2,30}?)[*_]*\s(?:-|–|—)\s(?=\S)/;
/** What parts the entries of a list that was written in one line. Begins where a run of blanks does, to read it once. */
const SEPARATOR = /(?<!\s)\s+[•|✅☑]\ufe0f?\s+/u;
const LONGEST_HEADING = 80;
const LONGEST_BARE_HEADING = 60;
const MOST_HEADING_WORDS = 8;
const MOST_PASSAGES = 4_000;

/** Lines and sentences of a post, each under the heading that it stands under; every text is verbatim. */
export function passagesOf(lexicon: Lexicon, text: string): Passage[] {
  const passages: Passage[] = [];
  const lines = linesOf(text);
  let section: Section = "about";
  let listed = false; // the section has had list items
  for (const [n, line] of lines.entries()) {
    if (passages.length > MOST_PASSAGES) break;
    const where = `line ${line.number}`;
    const heading = headingOf(lexicon, line, lines[n + 1]);
    if (heading !== undefined) {
      [section, listed] = [heading, false];
      passages.push({ ...sentenceOf(line.text), section: "heading", where });
      continue;
    }
    if (line.afterGap && n > 0 && listed && !line.item && lines[n - 1] !== undefined) section = "about"; // a list has ended
    listed ||= line.item;
    const sentences = labelled(lexicon, withoutBullet(line.text), section, line.item);
    for (const sentence of sentences) passages.push({ ...sentence, where });
    // "We forecast waves. In this role you will" and then a list: a paragraph may end in a heading.
    const last = sentences.length > 1 ? sentences[sentences.length - 1] : undefined;
    if (last === undefined || last.text.length > LONGEST_HEADING || /[.!?]$/.test(line.text)) continue;
    if (/[$€£¥]|\d{2}/.test(last.text)) continue; // "London | Salary £90,000": the end of a headline
    const opened = sectionOf(lexicon, last.text);
    if (opened !== undefined) [section, listed] = [opened, false];
  }
  return passages;
}

/** The sentences of a line. A label such as "Nice to have:" holds for the rest of its line, up to the next label. */
function labelled(lexicon: Lexicon, body: string, section: Section, item: boolean): Omit<Passage, "where">[] {
  let current = section;
  let hasLabel = false;
  const parts = /[•|✅☑]/u.test(body) ? body.split(SEPARATOR) : [body];
  return parts.flatMap(sentencesOf).map((text) => {
    const sentence = sentenceOf(text);
    const own = labelOf(lexicon, text, item, current);
    // "Must: Python. Airflow is nice to have." The label held for what does not say otherwise.
    if (own === undefined && hasLabel && current === "must" && lexicon.has("optional", sentence))
      current = "nice";
    hasLabel ||= own !== undefined;
    current = own ?? current;
    return { ...sentence, section: current };
  });
}

/** A label in an entry, or one that ends in a full stop or a dash, must say nothing but what it announces. */
function labelOf(lexicon: Lexicon, text: string, item: boolean, current: Section): Section | undefined {
  const label = text.includes(":") ? LABEL.exec(text)?.[1] : undefined;
  if (label !== undefined) {
    const announced = item ? bareSectionOf(lexicon, label) : sectionOf(lexicon, label);
    // "Good to have: Go" among the must-haves is a must-have that says it is none.
    if (item && announced === "nice" && current === "must") return undefined;
    return item && announced === "about" ? undefined : announced; // "2 hours: a task in a repository"
  }
  const bare = DOTTED_LABEL.exec(text)?.[1] ?? DASHED_LABEL.exec(text)?.[1];
  return bare === undefined ? undefined : bareSectionOf(lexicon, bare);
}

/** A line that stands over what follows: marked as one, ending in a colon, in capitals, or short and known. */
function headingOf(lexicon: Lexicon, line: Line, next: Line | undefined): Section | undefined {
  const { text, item, afterGap } = line;
  if (text.length > LONGEST_HEADING) return undefined;
  if (line.heading !== undefined) return sectionOf(lexicon, text) ?? "about";
  if (item || text.length > LONGEST_BARE_HEADING || /[.!,;]$/.test(text)) return undefined;
  if (text.split(/\s+/).length > MOST_HEADING_WORDS) return undefined;
  const [, first, second] = /^([^:]{2,40}):\s+([^:]{2,30})$/.exec(text) ?? [];
  // "Person specification: desirable" has a label that is all of it.
  if (first !== undefined && second !== undefined) {
    const own = bareSectionOf(lexicon, second);
    if (own && bareSectionOf(lexicon, first)) return own;
  }
  if (/[:$€£]|\d{3}/.test(text)) return undefined;
  // Over a list nearly any words are a heading; over text they may say little else than what they announce.
  if (next !== undefined && isBullet(next.text) && next.number <= line.number + 2)
    return sectionOf(lexicon, text);
  return bareSectionOf(lexicon, text, afterGap && next?.number === line.number + 1 ? 1 : 0);
}
