/** The lists of the lexicon that rules ask for. Each is filled by the files of the catalog, and by a team's own. */
export const LISTS = [
  // What must not matter, and wording that keeps people away.
  ...(["protected_attribute", "exclusionary_wording"] as const),
  // How a sentence takes back what it says.
  ...(["denied", "denied_after", "turn", "turn_after"] as const),
] as const;
export type ListName = (typeof LISTS)[number];
