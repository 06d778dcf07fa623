import { quoteAt } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";
import type { ListName } from "../text/lists.ts";
import { protectedInPersonal } from "../text/protected-attributes.ts";
import { type Rule, sentencesOf, textOf } from "./rule.ts";

/** What a list finds in a text, leaving out sentences that hold something of another list. */
function wordsOf(lexicon: Lexicon, list: ListName, text: string, unless?: ListName): string[] {
  return sentencesOf(text)
    .filter((sentence) => unless === undefined || !lexicon.has(unless, sentence))
    .flatMap((sentence) => lexicon.find(list, sentence).map((hit) => quoteAt(sentence, hit)));
}

/** A text without the wording that a member gave; white space is folded, since filling a template changes it. */
function withoutNote(text: string, note: string | null): string {
  const fold = (part: string) => part.replace(/\s+/g, " ").trim();
  return note === null || fold(note) === "" ? text : fold(text).replace(fold(note), () => " ");
}

/** Whether it says what may be said, in words that a person would choose. */
export const WORDING_RULES: readonly Rule[] = [
  {
    id: "prompt_like",
    severity: "error",
    why: "It reads like an instruction to a writing program, or like that program's own words.",
    find: (draft, { lexicon }) => [
      ...wordsOf(lexicon, "prompt_like", textOf(draft)),
      ...(textOf(draft).match(/<\|[a-z_]{1,20}\|>/gi) ?? []),
      ...(draft.body.match(/^[ \t]*(?:subject|system|assistant|user)[ \t]*:.{0,60}/gim) ?? []),
    ],
  },
  {
    id: "pay_history",
    severity: "error",
    why: "It asks what somebody earns or earned, which many places forbid; ask what they expect, or name the range.",
    find: (draft, { lexicon }) => wordsOf(lexicon, "pay_history", textOf(draft), "not_asked"),
  },
  {
    id: "offer_promised",
    severity: "error",
    why: "It promises an offer or the job; that is a decision of its own, and goes out as an offer.",
    find: (draft, { lexicon }) => wordsOf(lexicon, "offer_promised", textOf(draft), "no_promise"),
  },
  {
    id: "rejection_reason",
    severity: "error",
    why: "It gives a reason that no member wrote; a rejection holds none unless a person stands by it.",
    find: (draft, { lexicon, note }) =>
      draft.purpose === "rejection"
        ? wordsOf(lexicon, "rejection_reason", withoutNote(textOf(draft), note))
        : [],
  },
  {
    id: "protected_attribute",
    severity: "error",
    why: "It speaks of age, family, origin, belief, health, sex or the like, which must not matter here.",
    find: (draft, { lexicon }) =>
      sentencesOf(textOf(draft)).flatMap((sentence) =>
        protectedInPersonal(lexicon, sentence).map(({ quote }) => quote),
      ),
  },
  {
    id: "buzzwords",
    severity: "warning",
    why: "Words that every advertisement uses tell the reader nothing; say what is so.",
    find: (draft, { lexicon }) => wordsOf(lexicon, "buzzwords", textOf(draft)),
  },
];
