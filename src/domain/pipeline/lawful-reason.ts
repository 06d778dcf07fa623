import { DomainError } from "../errors.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { protectedInPersonal } from "../text/protected-attributes.ts";
import { proseSentences } from "../text/segments.ts";

/**
 * A reason stays on record and may have to be shown to the candidate or a court.
 * @param field the argument that it was given as
 * @throws DomainError `invalid` when a reason speaks of a protected attribute, quoting the words.
 */
export function requireLawfulReason(lexicon: Lexicon, reason: string, field = "reason"): void {
  for (const sentence of proseSentences(reason)) {
    const [words] = protectedInPersonal(lexicon, sentenceOf(sentence));
    if (words === undefined) continue;
    throw new DomainError(
      "invalid",
      `${field}: ${JSON.stringify(words.quote)} speaks of a protected attribute (${words.category}). ${words.why}`,
      "Give the evidence of the work that decides, such as a score or an answer, and leave the attribute out.",
    );
  }
}
