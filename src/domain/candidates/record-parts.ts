/** Parts of an application's record that are given when asked for. */
export const RECORD_PARTS = [
  "documents",
  "assessment",
  "scorecards",
  "votes",
  "submission",
  "interviews",
  "messages",
  "history",
] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];
