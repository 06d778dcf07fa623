/** How the signs of a phrase are written as a pattern. */
const SIGNS: Readonly<Record<string, string>> = {
  " ?": "[\\s\\u2010-\\u2013-]?",
  " ": "[\\s\\u2010-\\u2013-]{1,3}",
  "-": "[\\s\\u2010-\\u2013-]?",
  "*": "[\\w]{0,20}",
  "'": "['’]",
};

/** A sign, or a class of characters, in which signs stand for themselves. */
const SIGN = /\[(?:\\.|[^\]\\])*\]| \?|[ \-*']/g;

/**
 * A pattern for any of some phrases, as whole words and in either case: a space stands for a space or a hyphen, a hyphen for
 * either or neither, `*` for the rest of a word, a straight apostrophe for a bent one too. The rest is a regular expression.
 */
export const anyOf = (...phrases: readonly string[]): RegExp => {
  const patterns = phrases.map((phrase) => phrase.replace(SIGN, (sign) => SIGNS[sign] ?? sign));
  // A word begins at a boundary, which is found fast; a sign such as "(" or "<" does not.
  const words = patterns.filter((pattern) => !/^(?:\[|\\\()/.test(pattern));
  const signs = patterns.filter((pattern) => !words.includes(pattern));
  const either = [
    ...(words.length > 0 ? [`\\b(?:${words.join("|")})`] : []),
    ...(signs.length > 0 ? [`(?<![\\w])(?:${signs.join("|")})`] : []),
  ];
  return new RegExp(`(?:${either.join("|")})(?![\\w])`, "gi");
};

/** Whether a pattern stands in a text. A global one is left as it was found, for the next use begins where it points. */
export function has(text: string, pattern: RegExp): boolean {
  pattern.lastIndex = 0;
  const found = pattern.test(text);
  pattern.lastIndex = 0;
  return found;
}

/** What says of itself that it is not asked for. */
export const OPTIONAL = anyOf(
  "(?:a|an) (?:\\w+ )?(?:plus|bonus|advantage|asset|benefit|extra)",
  "pluses|bonus(?: points)?|extra points|extra credit|advantageous|beneficial|helpful(?! attitude)|optional*",
  "nice to have",
  "ideally|preferred|preferably|preferable|prefer|desirable|desired|good to have|great to have|welcome",
  "(?:would|will) (?:also )?(?:be (?:great|nice|ideal|good|helpful|lovely|useful|a)|help|count in your favou?r|set you apart|stand out)",
  "we'd love|we would love",
  "(?:is|are) (?:appreciated|nice|handy|valued|a luxury)",
  "(?:not|n't) (?:strictly |absolutely )?(?:essential|mandatory|a must|a deal ?breaker)",
  "if (?:possible|you have (?:it|some|them)|you've (?:also )?(?:used|worked))",
  "nice",
);
