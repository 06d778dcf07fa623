/** Letters whose names begin with a vowel sound: M, S, but not U. */
const SPELLED_WITH_AN = /^[AEFHILMNORSX]/;
/** Words that begin with a vowel letter but a consonant sound: a unit, a user, a one-off, a European team. */
const SAID_AS_CONSONANT = /^(?:uni|us[aei]|ut[ei]|eu|one\b|once\b)/i;

/** A noun with its indefinite article: `an MLOps engineer`, `a data scientist`, `an admin`, `a UX designer`. */
export function withArticle(noun: string): string {
  const abbreviation = /^[A-Z](?:[A-Z]|[\d-]|\b)/.test(noun);
  const vowel = abbreviation
    ? SPELLED_WITH_AN.test(noun)
    : /^[aeiou]/i.test(noun) && !SAID_AS_CONSONANT.test(noun);
  return `${vowel ? "an" : "a"} ${noun}`;
}
