import type { Places } from "../jurisdictions/place-names.ts";
import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import { isDenied } from "../text/negation.ts";
import { placesIn, type StatedPlace } from "./details.ts";
import type { Credential, CredentialFinder } from "./known.ts";

/** What one must-have of a role asks for. */
export type Asked = {
  /** The must-have in the role's words: a class or a level in them is for a reader to compare. */
  readonly text: string;
  readonly credentials: readonly Credential[];
  /** Whether one of them is enough. */
  readonly isAnyOf: boolean;
  readonly places: readonly StatedPlace[];
};

/** In so short a must-have an abbreviation stands for a credential. */
const MAX_WORDS_OF_A_NAME = 3;
const ANY_OF = /\bor\b|\/|\bone of\b|\bany of\b|\beither\b/i;

/** The credentials that must-haves ask for, with the place where one is named. What is only welcome is not asked for. */
export function askedIn(
  mustHaves: readonly string[],
  find: CredentialFinder,
  { lexicon, places }: { readonly lexicon: Lexicon; readonly places: Places },
): Asked[] {
  return mustHaves.flatMap((text) => {
    const sentence = sentenceOf(text);
    const isShort = sentence.tokens.length <= MAX_WORDS_OF_A_NAME;
    const hits = find(sentence).filter(
      (hit) =>
        (!hit.unclear || isShort || lexicon.has("credential_word", sentence)) &&
        !isDenied(lexicon, sentence, hit),
    );
    if (hits.length === 0 || lexicon.has("certificate_welcome", sentence)) return [];
    const credentials = [...new Map(hits.map(({ credential }) => [credential.id, credential])).values()];
    return [
      {
        text,
        credentials,
        isAnyOf: credentials.length > 1 && ANY_OF.test(text),
        places: placesIn(places, text),
      },
    ];
  });
}

/** Whether a named credential is the one asked for. One asked for without its level is met by each: their ids begin with its. */
export const isAsked = (asked: Credential, named: Credential): boolean =>
  named.id === asked.id || named.id.startsWith(`${asked.id}_`);
