import { quoteAt } from "../../text/finder.ts";
import { claimsIn } from "../../text/negation.ts";
import { protectedIn } from "../../text/protected-attributes.ts";
import type { GeneralRule } from "../finding.ts";
import type { JobPost } from "../job-post.ts";

/** All that is asked for: not what is expressly waived. */
const asked = (post: JobPost) => post.passages.filter(({ section }) => section !== "waived");

/** The first of each kind, in the order of the post. */
function firstOfEach<T extends { readonly kind: string | undefined }>(all: readonly T[]): T[] {
  const byKind = new Map(all.toReversed().map((one) => [one.kind, one] as const));
  return [...byKind.values()].toReversed();
}

export const exclusionaryWording: GeneralRule = {
  general: true,
  id: "exclusionary_wording",
  severity: "warning",
  where: "wording",
  why: "It keeps people away for no reason of the work.",
  fix: "Say what the work needs.",
  scoping: false,
  find(post, { lexicon }) {
    const hits = asked(post).flatMap((p) =>
      claimsIn(lexicon, "exclusionary_wording", p).map((hit) => ({ p, hit, kind: hit.entry.why })),
    );
    return firstOfEach(hits).map(({ p, hit }) => {
      const { why, fix } = hit.entry;
      return { quote: quoteAt(p, hit), where: p.where, ...(why && { why }), ...(fix && { fix }) };
    });
  },
};

export const protectedAttribute: GeneralRule = {
  general: true,
  id: "protected_attribute",
  severity: "error",
  where: "requirements",
  why: "It asks for a protected attribute or what stands in for one.",
  fix: "Take it out. Guidance, not legal advice: where the law itself requires it, name the law.",
  scoping: false,
  find(post, { lexicon }) {
    const passages = asked(post).filter(({ section }) => section !== "heading");
    const words = passages.flatMap((p) =>
      protectedIn(lexicon, p).map(({ quote, category, why, fix }) => ({
        quote,
        where: p.where,
        kind: category,
        why,
        fix,
      })),
    );
    return firstOfEach(words).map(({ kind, ...hit }) => hit);
  },
};
