import * as z from "zod";
import { DRAFT_FIXES } from "../remedy.ts";
import { plainLine } from "../untrusted.ts";
import { FORM_RULES } from "./form.ts";
import { NUMBER_RULES } from "./numbers.ts";
import { PEOPLE_RULES } from "./people.ts";
import { RECORD_RULES } from "./record.ts";
import type { Draft, DraftFacts, Rule } from "./rule.ts";
import { TIME_RULES } from "./times.ts";
import { WORDING_RULES } from "./wording.ts";

/** Something about a draft that a person should see before it goes out; an error must be mended first. */
export const MessageFinding = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  quote: z.string().optional(),
  why: z.string(),
  /** What mends it, where that is something on record. */
  fix: z.enum(DRAFT_FIXES).optional(),
});
export type MessageFinding = z.infer<typeof MessageFinding>;

/** Every rule that a draft is held against. */
export const RULES: readonly Rule[] = [
  ...FORM_RULES,
  ...PEOPLE_RULES,
  ...NUMBER_RULES,
  ...TIME_RULES,
  ...WORDING_RULES,
  ...RECORD_RULES,
];

const PER_RULE = 5;
const QUOTE_CHARS = 120;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** What is wrong with a draft, worst first; quotes are cleaned, cut to one line, and at most five for a rule. */
export function checkDraft(draft: Draft, facts: DraftFacts): MessageFinding[] {
  return RULES.flatMap(({ id, severity, why, fix, find }) => {
    const quotes = new Set(find(draft, facts).map((quote) => plainLine(quote, QUOTE_CHARS)));
    return [...quotes].slice(0, PER_RULE).map((quote) => ({
      rule: id,
      severity,
      ...(quote === "" ? {} : { quote }),
      why,
      ...(fix === undefined ? {} : { fix }),
    }));
  }).sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
