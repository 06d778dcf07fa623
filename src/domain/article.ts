/** Letters whose names begin with a vowel: an M, an S, but a U. */
const SPELLED_WITH_AN = /^[AEFHILMNORSX]/;
/** Vowels that are said like a consonant: a unit, a user, a one-off, a European team. */
const SAID_AS_CONSONANT = /^(?:uni|us[aei]|ut[ei]|eu|one\b|once\b)/i;

/** A noun with the article that it is said with: `an MLOps engineer`, `a data scientist`, `an admin`, `a UX designer`. */
export function withArticle(noun: string): string {
  const abbreviation = /^[A-Z](?:[A-Z]|[\d-]|\b)/.test(noun);
  const vowel = abbreviation
    ? SPELLED_WITH_AN.test(noun)
    : /^[aeiou]/i.test(noun) && !SAID_AS_CONSONANT.test(noun);
  return `${vowel ? "an" : "a"} ${noun}`;
}
