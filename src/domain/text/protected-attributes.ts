import { quoteAt, type Sentence } from "./finder.ts";
import type { Lexicon } from "./lexicon.ts";
import { claimsIn } from "./negation.ts";

/** Words that speak of an attribute that must not matter: age, sex, origin, family, health, faith, or what stands in for one. */
export type ProtectedWords = {
  readonly quote: string;
  /** The entry of the lexicon. */
  readonly id: string;
  readonly category: string;
  readonly why: string;
  readonly fix: string;
};

/** What an entry says that was written by a team without saying why. */
const WHY = "It speaks of an attribute that must not matter.";
const FIX = "Take it out. Guidance, not legal advice: where the law itself requires it, name the law.";

/** Where a sentence selects by a protected attribute, or asks for one. */
export const protectedIn = (lexicon: Lexicon, sentence: Sentence): ProtectedWords[] =>
  claimsIn(lexicon, "protected_attribute", sentence).map((hit) => ({
    quote: quoteAt(sentence, hit),
    id: hit.entry.id,
    category: hit.entry.category ?? "other",
    why: hit.entry.why ?? WHY,
    fix: hit.entry.fix ?? FIX,
  }));

/** Wording that keeps people away by the way it is said, and not by an attribute. */
const TONE = "tone";

/**
 * The same for what is said to or of one person. Wording that in a job post only keeps people away, such as "a young team",
 * counts there too where it speaks of a protected attribute.
 */
export function protectedInPersonal(lexicon: Lexicon, sentence: Sentence): ProtectedWords[] {
  const worded = claimsIn(lexicon, "exclusionary_wording", sentence).filter(
    ({ entry }) => entry.category !== undefined && entry.category !== TONE,
  );
  return [
    ...protectedIn(lexicon, sentence),
    ...worded.map((hit) => ({
      quote: quoteAt(sentence, hit),
      id: hit.entry.id,
      category: hit.entry.category ?? "other",
      why: hit.entry.why ?? WHY,
      fix: hit.entry.fix ?? FIX,
    })),
  ];
}
