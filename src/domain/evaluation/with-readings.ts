import type { Document, Evidence } from "../candidates/document.ts";
import { holds } from "../evidence/quote.ts";
import { settle } from "./assessed-flag.ts";
import { type Assessment, conclude } from "./assessment.ts";
import type { Finding, Reading } from "./finding.ts";

type Kept = {
  /** The readings of one flag that are left. */
  readonly readings: (readings: readonly Reading[]) => Reading[];
  readonly evidence: (evidence: readonly Evidence[]) => Evidence[];
};

/** An assessment from a part of its readings and quotes, with all that follows from them. */
export function withReadings({ flags, profile, planted }: Assessment, kept: Kept): Assessment {
  const left = flags.map((flag) => settle({ ...flag, readings: kept.readings(flag.readings) }));
  const mentions = profile && {
    ...profile,
    operating: kept.evidence(profile.operating),
    modelling: kept.evidence(profile.modelling),
  };
  return conclude(left, { profile: mentions, planted: kept.evidence(planted) });
}

/** An assessment without any quote of one document. What rested on nothing else is no reading any more. */
export function withoutDocument(assessment: Assessment, document: string): Assessment {
  const evidence = (all: readonly Evidence[]) => all.filter((one) => one.document !== document);
  return withReadings(assessment, {
    evidence,
    readings: (all) => all.flatMap((reading) => withEvidence(reading, evidence(reading.evidence))),
  });
}

function withEvidence(reading: Reading, evidence: Evidence[]): Reading[] {
  const { by, verdict, support, evidence: before } = reading;
  if (evidence.length === before.length) return [reading];
  if (by === "rules") return [evidence.length > 0 ? { ...reading, evidence } : NOTHING];
  if (verdict !== "present") return [{ ...reading, evidence }];
  if (evidence.length === 0) return [];
  // The quote that meets most conditions stands first: without it nobody has checked that the others do.
  const isBestLeft = evidence[0] === before[0];
  return [{ ...reading, evidence, ...(support !== undefined && !isBestLeft && { support: "claimed" }) }];
}

const NOTHING: Reading = { by: "rules", verdict: "unread", evidence: [] };

/**
 * Findings without the quotes that stand in none of these documents, read whole. One that called a flag present and has
 * no quote left is left out.
 */
export function withQuotesIn(findings: readonly Finding[], documents: readonly Document[]): Finding[] {
  const whole = documents.map(({ own: _own, ...document }) => document);
  return findings.flatMap((finding) => {
    const quotes = finding.quotes.filter((quote) => holds(quote, whole));
    if (quotes.length === finding.quotes.length) return [finding];
    return finding.verdict === "present" && quotes.length === 0 ? [] : [{ ...finding, quotes }];
  });
}
