import { sentenceOf } from "../text/finder.ts";
import type { Lexicon } from "../text/lexicon.ts";

/** How somebody came to us: by an application of theirs, by our writing first, or through somebody who named them. */
export type Origin = "applied" | "sourced" | "referred" | "unknown";

const SAID = { applied: "source_applied", sourced: "source_sourced", referred: "source_referred" } as const;

/**
 * How somebody came to us, read from the source that a member wrote down. Words that could mean either, such as
 * `LinkedIn`, and words that contradict each other leave it unknown. Who was referred and applied has applied.
 */
export function originOf(
  { source, referredBy }: { readonly source: string | null; readonly referredBy: string | null },
  lexicon: Lexicon,
): Origin {
  const sentence = sentenceOf(source ?? "");
  const says = (origin: keyof typeof SAID) => lexicon.has(SAID[origin], sentence);
  if (says("applied")) return says("sourced") ? "unknown" : "applied";
  if (referredBy?.trim() || says("referred")) return "referred";
  return says("sourced") ? "sourced" : "unknown";
}
