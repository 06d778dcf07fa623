import type { LegalRule } from "./rule.ts";

/** Notices that candidates must get when a program takes part in the decision. */
export const NOTICES: readonly LegalRule[] = [
  {
    ...{ id: "notice_nyc_aedt", kind: "notice", place: "New York City" },
    where: [{ country: "US", state: "NY", within: "New York City" }],
    text:
      "An automated decision tool needs an independent audit within a year and 10 business days' notice. " +
      "Greenflag's points are not used so unless you make them outweigh all else.",
    min_employees: null,
    ...{ valid_from: "2023-07-05", date_verified: true, source: "Local Law 144 of 2021" },
  },
  {
    ...{ id: "notice_il_ai", kind: "notice", place: "Illinois", where: [{ country: "US", state: "IL" }] },
    text: "Tell candidates that AI takes part; a discriminatory effect is enough, and ZIP codes may not stand in for a group.",
    min_employees: null,
    ...{ valid_from: "2026-01-01", date_verified: true, source: "HB 3773" },
  },
  {
    ...{ id: "notice_co_ai", kind: "notice", place: "Colorado", where: [{ country: "US", state: "CO" }] },
    text: "Notice before use, a plain explanation within 30 days of an adverse outcome, correction of data, and review by a person.",
    min_employees: null,
    ...{ valid_from: "2027-01-01", date_verified: true, source: "SB 26-189 (repeals SB 24-205)" },
  },
  {
    ...{ id: "notice_eu_ai_act", kind: "notice", place: "European Union", where: [{ country: "EU" }] },
    text: "Hiring tools are high-risk: oversight by a competent person, logs for six months at least, and affected people are told.",
    min_employees: null,
    ...{
      valid_from: "2027-12-02",
      date_verified: true,
      source: "AI Act, Annex III(4) and Art. 26; date as moved by the Digital Omnibus",
    },
  },
];

/**
 * How long hiring records must be kept. If a law on erasure applies as well, a person decides which law comes first.
 */
export const RETENTION: readonly LegalRule[] = [
  {
    ...{ id: "retention_us_eeoc", kind: "retention", place: "United States", where: [{ country: "US" }] },
    text: "Hiring records are kept for 1 year, or to the end of a charge.",
    min_employees: null,
    ...{ valid_from: "1991-09-25", date_verified: false, source: "29 CFR 1602.14" },
  },
  {
    ...{
      id: "retention_ca_ads",
      kind: "retention",
      place: "California",
      where: [{ country: "US", state: "CA" }],
    },
    text: "Data of automated decision systems, scores included, are kept for 4 years from the record or the decision, whichever is later.",
    min_employees: null,
    ...{
      valid_from: "2025-10-01",
      date_verified: true,
      source: "Civil Rights Department regulations on automated-decision systems",
    },
  },
  {
    ...{
      id: "retention_co_ai",
      kind: "retention",
      place: "Colorado",
      where: [{ country: "US", state: "CO" }],
    },
    text: "Records of such decisions are kept for 3 years.",
    min_employees: null,
    ...{ valid_from: "2027-01-01", date_verified: true, source: "SB 26-189" },
  },
];
