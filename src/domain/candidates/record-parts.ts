/** Parts of an application's dossier that are given when asked for. */
export const DOSSIER_PARTS = [
  "documents",
  "assessment",
  "scorecards",
  "votes",
  "submission",
  "interviews",
  "messages",
  "history",
] as const;
export type DossierPart = (typeof DOSSIER_PARTS)[number];
