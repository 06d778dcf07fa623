export const REPORTS = [
  "funnel",
  "time_in_stage",
  "time_to_fill",
  "sources",
  "offers",
  "owed",
  "agreement",
  "impact",
] as const;
export type ReportName = (typeof REPORTS)[number];
