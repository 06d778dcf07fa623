/** An initialism is read letter by letter, and these letters begin with a vowel: an MLOps engineer, an SRE. */
const SPELLED = /^[AEFHILMNORSX][A-Z]/;

/** A noun with its article, as it is said: "an MLOps engineer", "a backend engineer". */
export const withArticle = (noun: string): string =>
  `${SPELLED.test(noun) || /^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
