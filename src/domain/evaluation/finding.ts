import * as z from "zod";
import { type Document, Evidence } from "../candidates/document.ts";
import { notAllowed } from "../errors.ts";
import type { CompiledRubric, ReadyFlag } from "../evidence/compile.ts";
import { isPlanted, missingFrom, UNCHECKABLE } from "../evidence/conditions.ts";
import { findQuote, holds } from "../evidence/quote.ts";
import type { ReadDocument } from "../evidence/read.ts";

export const FindingVerdict = z.enum(["present", "absent", "unclear"]);

/** Who a reading is from. A member's comes before an assistant's, and an assistant's before the rules'. */
export const Reader = z.enum(["rules", "assistant", "member"]);
export type Reader = z.infer<typeof Reader>;

/** The author of a finding: the member (by e-mail) and the client that they used. */
export const Author = z.object({ client: z.string(), member: z.string() });
export type Author = z.infer<typeof Author>;

/** A verdict on a flag from a member or an assistant, with the quotes that support it. */
export type Finding = {
  readonly flag: string;
  readonly verdict: z.infer<typeof FindingVerdict>;
  readonly quotes: readonly string[];
  readonly note?: string | undefined;
  readonly by: "assistant" | "member";
  readonly author: Author;
};

/** `verified`: a quote meets the flag's conditions where it stands. `claimed`: verbatim, with a note in place of what is missing. */
export const Support = z.enum(["verified", "claimed"]);

/** What one reader says of a flag. The rules' own reading is one of them. */
export const Reading = z.object({
  by: Reader,
  /** Absent for the rules. */
  author: Author.optional(),
  verdict: z.enum([...FindingVerdict.options, "unread"]),
  /** Set where the verdict is `present`. */
  support: Support.optional(),
  /** What the quotes of a claimed reading lack, in the template's words. */
  missing: z.array(z.string()).optional(),
  evidence: z.array(Evidence),
  note: z.string().optional(),
});
export type Reading = z.infer<typeof Reading>;

/** A finding, or one quote of it, that was not taken, and why. */
export type Refusal = {
  readonly flag: string;
  readonly quote?: string;
  readonly message: string;
  readonly hint?: string;
};

/** What findings are checked against: the documents as they stand, and as the rules read them. */
export type Source = {
  readonly rubric: CompiledRubric;
  readonly documents: readonly Document[];
  readonly read: readonly ReadDocument[];
};

const MAX_QUOTES_PER_FINDING = 20;

/** Findings that hold, each without the quotes that do not, and what was refused. A bad one discards none of the others. */
export function checkFindings(
  findings: readonly Finding[],
  before: readonly Finding[],
  source: Source,
): { held: Finding[]; refused: Refusal[] } {
  const checked = findings.map((finding) => checkFinding(withQuotesAgreedTo(finding, before), source));
  return {
    held: checked.flatMap(({ held }) => (held ? [held] : [])),
    refused: checked.flatMap(({ refused }) => refused),
  };
}

/** A member who agrees with what somebody else found present need not copy their quotes. */
function withQuotesAgreedTo(finding: Finding, before: readonly Finding[]): Finding {
  if (finding.by !== "member" || finding.verdict !== "present" || finding.quotes.length > 0) return finding;
  const agreed = before.findLast(({ flag, verdict }) => flag === finding.flag && verdict === "present");
  return agreed ? { note: agreed.note, ...finding, quotes: agreed.quotes } : finding;
}

type Checked = { readonly held?: Finding; readonly refused: readonly Refusal[] };

function checkFinding(finding: Finding, source: Source): Checked {
  const { flag, verdict, quotes, note } = finding;
  const ready = source.rubric.flags.find((one) => one.flag.id === flag);
  const refuse = (message: string, hint?: string): Checked => ({
    refused: [{ flag, message, ...(hint !== undefined && { hint }) }],
  });
  if (!ready) {
    const ids = source.rubric.flags.map((one) => one.flag.id);
    const { message, hint } = notAllowed("findings.flag", flag, ids);
    return refuse(message, hint);
  }
  if (quotes.length > MAX_QUOTES_PER_FINDING) {
    const rule = `Give the best ones, at most ${MAX_QUOTES_PER_FINDING}.`;
    return refuse(`findings.quotes: ${quotes.length} for ${flag}.`, rule);
  }
  if (verdict === "present" && quotes.length === 0)
    return refuse(
      `findings.quotes: ${flag} is called present without a quote.`,
      "Copy the words that show it.",
    );
  const places = quotes.map((quote) => ({ quote, ...locate(quote, ready, source) }));
  const refused = places.flatMap(({ quote, wrong }) => (wrong ? [{ flag, quote, ...wrong }] : []));
  const found = places.filter(({ evidence }) => evidence !== undefined);
  if (verdict !== "present")
    return { held: { ...finding, quotes: found.map(({ quote }) => quote) }, refused };
  const isShown = found.some(({ missing }) => missing?.length === 0);
  const kept = note === undefined ? found.filter(({ missing }) => missing?.length === 0) : found;
  const lacking = found.filter((place) => !kept.includes(place)).map((place) => lackOf(flag, place, isShown));
  const all = [...refused, ...lacking];
  return kept.length === 0
    ? { refused: all }
    : { held: { ...finding, quotes: kept.map(({ quote }) => quote) }, refused: all };
}

type Place = {
  readonly evidence?: Evidence;
  readonly missing?: readonly string[];
  readonly wrong?: { readonly message: string; readonly hint: string };
};

/** Where a quote stands and what it lacks of the flag's conditions, or what is wrong with it. */
function locate(quote: string, ready: ReadyFlag, { documents, read }: Source): Place {
  const found = findQuote(quote, documents);
  if ("message" in found) return { wrong: found };
  if (isPlanted(found, read)) {
    const message = `quotes: ${JSON.stringify(quote.slice(0, 120))} speaks to whoever reads by machine.`;
    return { wrong: { message, hint: "It is no claim of the candidate's. Quote their own work." } };
  }
  const isPrompted = documents.some(({ id, kind }) => id === found.document && kind === "work_sample");
  return {
    evidence: found,
    missing: [...(isPrompted ? [PROMPTED] : []), ...missingFrom(ready, found, read)],
  };
}

/** Of a quote from a work sample. */
const PROMPTED = "it stands in a work sample, where the task asked for such words";

const lackOf = (
  flag: string,
  { quote, missing = [] }: Place & { readonly quote: string },
  isShown: boolean,
) => ({
  flag,
  quote,
  message: `${flag}: ${JSON.stringify(quote.slice(0, 120))} is verbatim, but: ${missing.join("; ")}.`,
  hint: hintFor(missing, isShown),
});

function hintFor(missing: readonly string[], isShown: boolean): string {
  if (isShown) return "Other quotes of the finding show it; this one is left out.";
  if (missing.includes(UNCHECKABLE)) return "Add a note that says why these words show it.";
  return "Quote the words that show it, or add a note that says why these do.";
}

/** A held finding as a reading: whether its quotes meet the flag's conditions, those that do first. */
export function readingOf({ flag, quotes, verdict, by, author, note }: Finding, source: Source): Reading {
  const ready = source.rubric.flags.find((one) => one.flag.id === flag);
  const places = ready ? quotes.map((quote) => locate(quote, ready, source)) : [];
  const lacking = places.map(({ missing = [] }) => missing).toSorted((a, b) => a.length - b.length)[0] ?? [];
  const evidence = places
    .toSorted((a, b) => (a.missing?.length ?? 0) - (b.missing?.length ?? 0))
    .flatMap((place) => (place.evidence ? [place.evidence] : []));
  const isClaimed = verdict === "present" && lacking.length > 0;
  return {
    by,
    author,
    verdict,
    ...(verdict === "present" && { support: isClaimed ? "claimed" : "verified" }),
    ...(isClaimed && { missing: [...lacking] }),
    evidence,
    ...(note !== undefined && { note }),
  };
}

/**
 * Old and new findings together. An author's new finding on a flag replaces their earlier one; other authors' findings
 * stay. A member is one author in every client.
 */
export function mergeFindings(before: readonly Finding[], added: readonly Finding[]): Finding[] {
  const isReplaced = (old: Finding) => added.some((f) => f.flag === old.flag && isSameAuthor(f, old));
  const newest = added.filter(
    (f, n) => !added.slice(n + 1).some((later) => later.flag === f.flag && isSameAuthor(later, f)),
  );
  return [...before.filter((old) => !isReplaced(old)), ...newest];
}

const isSameAuthor = (a: Finding, b: Finding): boolean =>
  a.by === b.by &&
  a.author.member === b.author.member &&
  (a.by === "member" || a.author.client === b.author.client);

/**
 * The earlier findings whose quotes are still the candidate's own words. A mail's author may have become known since
 * then.
 */
export function stillHeld(
  before: readonly Finding[],
  documents: readonly Document[],
): { held: Finding[]; left: number } {
  const held = before.filter(({ quotes }) => quotes.every((quote) => holds(quote, documents)));
  return { held, left: before.length - held.length };
}
