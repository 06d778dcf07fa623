import type { RoleTemplate } from "../roles/role-template.ts";
import { createFinder, type Finder, type Sentence } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { isDenied } from "../text/negation.ts";
import type { Passage } from "./job-post.ts";

export type Lane = RoleTemplate["lanes"][number];

/** What a lane is known by in a post: its own signs, else its tools and title. */
const wordsOf = ({ title, signs, tools }: Lane): string[] =>
  [title, ...(signs.length > 0 ? signs : tools)].map((words) => words.replace(/[()?|[\]]/g, " "));

const finders = new WeakMap<RoleTemplate["lanes"], Finder<Lane>>();
function finderOf(lanes: RoleTemplate["lanes"]): Finder<Lane> {
  const known = finders.get(lanes);
  if (known) return known;
  const made = createFinder(lanes.map((lane) => [lane, [{ phrases: wordsOf(lane) }]]));
  finders.set(lanes, made);
  return made;
}

/** The lanes whose work a sentence names, and does not deny. */
export function lanesIn(lexicon: Lexicon, lanes: RoleTemplate["lanes"], sentence: Sentence): Lane[] {
  const places = finderOf(lanes)(sentence);
  return lanes.filter((lane) => places.get(lane)?.some((span) => !isDenied(lexicon, sentence, span)));
}

/** The one lane that some passages name, with the first that does; none where they name several or none. */
export function laneNamedIn(
  lexicon: Lexicon,
  template: RoleTemplate | null,
  passages: readonly Passage[],
): { readonly value: string; readonly quote: string } | undefined {
  const named = passages.flatMap((p) =>
    lanesIn(lexicon, template?.lanes ?? [], p).map(({ id }) => ({ value: id, quote: p.text })),
  );
  const [first] = named;
  return named.every(({ value }) => value === first?.value) ? first : undefined;
}
