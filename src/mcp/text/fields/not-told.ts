import type { Unreachable } from "../../../domain/pipeline/not-told.ts";

/** Why somebody cannot be written to, to be put behind their name; empty when they can. */
export function unreachableText(why: Unreachable | undefined): string {
  if (why === undefined) return "";
  return why === "no_address"
    ? "; cannot be written to: no usable address on record; tell them by phone or in person, then record it"
    : "; cannot be written to: do not contact";
}
