/** Parts of an application's record that are loaded only on request. */
export const RECORD_PARTS = [
  "documents",
  "assessment",
  "scorecards",
  "votes",
  "submission",
  "interviews",
  "messages",
  "history",
  "imported",
  "brief",
] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];
