export const REPORTS = [
  "funnel",
  "time_in_stage",
  "time_to_fill",
  "sources",
  "owed",
  "agreement",
  "impact",
] as const;
export type ReportName = (typeof REPORTS)[number];
