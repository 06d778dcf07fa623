type Weeks = { readonly low_weeks: number; readonly high_weeks: number };
/** Where a search stands against clean and mis-scoped ones. */
export const PACES = ["within_clean", "past_clean", "within_mis_scoped", "past_mis_scoped"] as const;

/** Weeks open, beside how long clean and mis-scoped searches take. */
export type SearchClock = {
  readonly weeks_open: number;
  readonly clean: Weeks;
  readonly mis_scoped: Weeks;
  readonly pace: (typeof PACES)[number];
};

/** Weeks open beside how long such searches take; null where the template has no figures. */
export function searchClock(
  weeks_open: number,
  figures: { readonly clean: Weeks; readonly mis_scoped: Weeks } | undefined,
): SearchClock | null {
  if (!figures) return null;
  const { clean, mis_scoped } = figures;
  const pace =
    weeks_open <= clean.high_weeks
      ? "within_clean"
      : weeks_open < mis_scoped.low_weeks
        ? "past_clean"
        : weeks_open <= mis_scoped.high_weeks
          ? "within_mis_scoped"
          : "past_mis_scoped";
  return { weeks_open, clean, mis_scoped, pace };
}
