import { sentenceOf } from "../text/lexicon.ts";
import type { Passage, Section } from "./job-post.ts";
import { bareSectionOf, sectionOf } from "./sections.ts";
import { has, OPTIONAL } from "./words.ts";

const BULLET =
  /^\s*(?:(?:[-–—*+•·▪◦●○■□‣→➜►✓✔✅➕>]\ufe0f?)+\s*(?=\S)(?!\*)|(?:\p{Extended_Pictographic}\ufe0f?)+\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+|o\s+(?=\p{Lu}))/u;
const PICTURE = /^(?![▪◦•➜►])[\p{Extended_Pictographic}✔✓➕]/u;
const LABEL =
  /^(?:[\s*_#>-]|\ufe0f|\p{Extended_Pictographic})*((?:[^\s:*]+\s){0,6}[^\s:*]{2,40})[*_]*:[*_]*\s+(?=\S)/u;
const DOTTED_LABEL = /^[\s*_]*([^.:*\n]{2,30})\.[*_]*(?:\s+(?=\S)|$)/;
const DASHED_LABEL = /^[\s*_]*([^–—:.\n]{2,30}?)[*_]*\s(?:-|–|—)\s(?=\S)/;
// Each way begins where a run of blanks does: one that began at every blank would take the square of their number.
const SENTENCE = /(?<=[.!?]["”)]?)\s+(?=["“(*]?[\p{Lu}\d])|(?<!\s)\s+[•|✅☑]\ufe0f?\s+/u;
const LONGEST_HEADING = 80;
const LONGEST_BARE_HEADING = 60;
const MOST_HEADING_WORDS = 8;
const MOST_PASSAGES = 4_000;

/** Lines and sentences of a post, each under the heading that it stands under; every text is verbatim. */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  let section: Section = "about";
  let listed = false; // the section has had list items
  let gap = true; // an empty line since the last one, or none before
  for (const [n, line] of lines.entries()) {
    if (line === "" || passages.length > MOST_PASSAGES) {
      gap = true;
      continue;
    }
    const where = `line ${n + 1}`;
    const heading = headingOf(line, gap, {
      above: lines[n - 1] ?? "",
      below: lines[n + 1] ?? "",
      next: nextOf(lines, n),
    });
    if (heading !== undefined) {
      [section, listed, gap] = [heading, false, false];
      passages.push({ ...sentenceOf(line), section: "heading", where });
      continue;
    }
    const item = isItem(line, lines[n - 1] ?? "", lines[n + 1] ?? "");
    if (gap && listed && !item) section = "about"; // a list has ended, and with it what it was a list of
    listed ||= item;
    gap = false;
    const sentences = labelled(line.replace(BULLET, ""), section, item);
    for (const sentence of sentences) passages.push({ ...sentence, where });
    // "We forecast waves. In this role you will" and then a list: a paragraph may end in a heading.
    const last = sentences[sentences.length - 1];
    const opened = sentences.length > 1 && last ? sectionOf(last.text) : undefined;
    if (opened !== undefined && last && last.text.length <= LONGEST_HEADING && !/[.!?]$/.test(line))
      [section, listed] = [opened, false];
  }
  return passages;
}

const nextOf = (lines: readonly string[], n: number): string =>
  lines.slice(n + 1, n + 3).find((line) => line !== "") ?? "";

/** The sentences of a line. A label such as "Nice to have:" holds for the rest of its line, up to the next label. */
function labelled(body: string, section: Section, item: boolean): Omit<Passage, "where">[] {
  let current = section;
  let hasLabel = false;
  return body
    .split(SENTENCE)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "")
    .map((text) => {
      const own = labelOf(text, item, current);
      // "Must: Python. Airflow is nice to have." The label held for what does not say otherwise.
      if (own === undefined && hasLabel && current === "must" && has(text, OPTIONAL)) current = "nice";
      hasLabel ||= own !== undefined;
      current = own ?? current;
      return { ...sentenceOf(text), section: current };
    });
}

/** A label in an entry, or one that ends in a full stop or a dash, must say nothing but what it announces. */
function labelOf(text: string, item: boolean, current: Section): Section | undefined {
  const label = LABEL.exec(text)?.[1];
  if (label !== undefined) {
    const announced = item ? bareSectionOf(label) : sectionOf(label);
    // "Good to have: Go" among the must-haves is a must-have that says it is none.
    if (item && announced === "nice" && current === "must") return undefined;
    return item && announced === "about" ? undefined : announced; // "2 hours: a task in a repository"
  }
  const bare = DOTTED_LABEL.exec(text)?.[1] ?? DASHED_LABEL.exec(text)?.[1];
  return bare === undefined ? undefined : bareSectionOf(bare);
}

type Around = { readonly above: string; readonly below: string; readonly next: string };

/** A line that stands over what follows: marked as one, ending in a colon, in capitals, or short and known. */
function headingOf(line: string, gap: boolean, { above, below, next }: Around): Section | undefined {
  if (line.length > LONGEST_HEADING) return undefined;
  const marked = /^#{1,6}\s/.test(line) || /^(\*\*|__|\*|_|==+|--+)\s?[^*_]+\1:?$/.test(line);
  const shouted = /^[\p{Lu}\s\d'’&/()-]{4,50}:?$/u.test(line) && /\p{Lu}{3}/u.test(line);
  const item = isItem(line, above, below);
  if (marked || (!item && (shouted || line.endsWith(":")))) return sectionOf(line) ?? "about";
  if (item || line.length > LONGEST_BARE_HEADING || /[.!,;]$/.test(line)) return undefined;
  if (line.split(/\s+/).length > MOST_HEADING_WORDS) return undefined;
  const [, first, second] = /^([^:]{2,40}):\s+([^:]{2,30})$/.exec(line) ?? [];
  // "Person specification: desirable" has a label that is all of it.
  if (first !== undefined && second !== undefined && bareSectionOf(first) && bareSectionOf(second))
    return bareSectionOf(second);
  if (/[:$€£]|\d{3}/.test(line)) return undefined;
  // Over a list nearly any words are a heading; over text they may say little else than what they announce.
  if (isItem(next, "", "")) return sectionOf(line);
  return bareSectionOf(line, gap && below !== "" ? 1 : 0);
}

/** An entry of a list. A picture leads one where a line beside it has the same; else it may adorn a heading. */
function isItem(line: string, above: string, below: string): boolean {
  if (!BULLET.test(line)) return false;
  const [sign] = [...line];
  return !PICTURE.test(line) || sign === [...below][0] || sign === [...above][0];
}
