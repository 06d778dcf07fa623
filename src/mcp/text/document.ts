import { pluralize } from "../../domain/pluralize.ts";
import type { Untrusted } from "../../domain/untrusted.ts";
import { linesOf, quoteUntrusted } from "./lines.ts";

type Shown = {
  kind: string;
  chars: number;
  hidden_text_removed: number;
  pages?: number;
  hidden_text?: Untrusted;
};

/** What was stored, and what was kept out of it. */
export function documentText(document: unknown): string {
  const { kind, chars, pages, hidden_text_removed: removed, hidden_text } = document as Shown;
  const size = `${pluralize(chars, "character")}${pages === undefined ? "" : ` on ${pluralize(pages, "page")}`}`;
  return linesOf(
    `Stored the ${kind} (${size}, ${pluralize(removed, "hidden one")} kept out).`,
    hidden_text && "Nobody would see this in the file; it is not assessed:",
    hidden_text && quoteUntrusted(hidden_text),
  );
}
