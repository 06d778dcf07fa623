import * as z from "zod";

/** A finding about a message, as tools give it. */
export const Finding = z.looseObject({ rule: z.string(), severity: z.string(), why: z.string() });

type Found = {
  readonly rule: string;
  readonly severity: string;
  readonly why: string;
  readonly quote?: unknown;
};

/** One line for each finding, with what it is about. */
export const findingLines = (findings: readonly Found[]): string[] =>
  findings.map(({ severity, rule, quote, why }) => {
    const about = typeof quote === "string" ? ` (${quote})` : "";
    return `${severity} ${rule}${about}: ${why}`;
  });
