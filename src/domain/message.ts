import * as z from "zod";
import type { Assessment } from "./assessment.ts";

/** Something about a draft that a person should see before it goes out; an error must be mended first. */
export const MessageFinding = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  why: z.string(),
});
export type MessageFinding = z.infer<typeof MessageFinding>;

export type Cited = { readonly label: string; readonly quote: string };

const CITED = 2;
const QUOTE_CHARS = 160;

/** At most two of a candidate's own green flags with the words that show them, for citing back: never flattery alone. */
export function citedEvidence(assessment: Assessment | undefined): Cited[] {
  const flags = assessment?.flags.filter((f) => f.polarity === "green" && f.verdict === "present") ?? [];
  const quoted = flags.flatMap((flag) => {
    const quote = flag.evidence[0]?.quote.replace(/\s+/g, " ").replace(/[\s.;,]+$/, "");
    return quote && quote.length <= QUOTE_CHARS ? [{ label: flag.label, quote }] : [];
  });
  return quoted.slice(0, CITED);
}

/** A role's pay as words, such as `USD 170,000 to 205,000 a year`; null while it is not set. */
export function salaryRange(role: {
  compMin: number | null;
  compMax: number | null;
  currency: string;
}): string | null {
  const amounts = [role.compMin, role.compMax]
    .filter((n) => n !== null)
    .map((n) => n.toLocaleString("en-US"));
  return amounts.length === 0 ? null : `${role.currency} ${amounts.join(" to ")} a year`;
}

export type MessageToCheck = {
  readonly subject: string;
  readonly body: string;
  readonly language?: string | undefined;
  readonly evidence: readonly Cited[];
  readonly salary: string | null;
};

/** What to look at before this goes out. */
export function checkMessage(message: MessageToCheck): MessageFinding[] {
  const found: MessageFinding[] = [];
  if (
    /\{\{|\}\}|\{%|%\}|\[(?:NAME|COMPANY|ROLE|INSERT)[^\]]*\]/i.test(`${message.subject}\n${message.body}`)
  ) {
    found.push({ rule: "unfilled", severity: "error", why: "The text still holds template marks." });
  }
  if (message.salary === null) {
    found.push({
      rule: "salary_missing",
      severity: "warning",
      why: "The role has no pay range; update_role sets comp_min and comp_max.",
    });
  }
  if (message.evidence.length === 0) {
    found.push({
      rule: "no_evidence",
      severity: "info",
      why: "Nothing of the candidate's own is cited; score_candidate finds it.",
    });
  }
  if (message.language !== undefined && !/^en\b/i.test(message.language)) {
    found.push({
      rule: "language",
      severity: "warning",
      why: "The templates are in English; this draft was not translated.",
    });
  }
  return found;
}
