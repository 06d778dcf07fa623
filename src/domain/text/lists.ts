/** The lists of the lexicon that rules ask for, in groups that are looked for together. Files of the catalog fill them. */
export const LIST_GROUPS = {
  /** What must not matter, and wording that keeps people away. */
  wording: ["protected_attribute", "exclusionary_wording"],
  /** How a sentence takes back what it says. */
  negation: ["denied", "denied_after", "turn", "turn_after"],
  /** How a claim about one's own work is made and hedged, and text that speaks to a machine. */
  claims: ["down", "up", "negated", "intended", "reached", "others", "groups", "own"],
  planted: ["planted", "machines", "judging", "judged"],
  /** What a heading announces, in the order in which it is tried, and its words that say nothing. */
  headings: [
    ...(["heading_waived", "heading_nice", "heading_pay", "heading_on_call", "heading_loop"] as const),
    ...(["heading_outcomes", "heading_must", "heading_duties", "heading_about"] as const),
    ...(["heading_about_us", "heading_filler"] as const),
  ],
  /** How a post is read. */
  posts: [
    "optional",
    "demand",
    "hiring_process",
    "hiring_step",
    "on_call",
    "promised",
    "remote",
    "hybrid",
    "onsite",
  ],
  /** The level of a title. */
  levels: ["level"],
  /** Which money is pay, and what is said of it. */
  pay: [
    ...(["money_elsewhere", "money_paid", "pay_saved", "pay_band", "of_money", "of_other_things"] as const),
    ...(["pay_by_title", "about_pay"] as const),
  ],
  /** The work, and the results that are wanted. */
  work: ["modelling", "operating", "others_model", "of_the_work", "task", "mostly"],
  outcomes: [
    ...(["figure", "bound", "change", "wanted", "measure", "figure_elsewhere", "fact"] as const),
    ...(["vague_wish", "wish_of_others", "today", "baseline"] as const),
  ],
  demands: [
    ...(["years_as_bar", "years_no_bar", "years_no_bar_before", "of_the_firm", "asks", "no_need"] as const),
    ...(["certificate", "certificate_demanded", "certificate_welcome", "certificate_gone"] as const),
  ],
  /** What stands beside the name of a certificate or licence. */
  credentials: [
    ...(["credential_word", "credential_section", "credential_expiry", "credential_number"] as const),
    ...([
      "credential_elsewhere",
      "credential_planned",
      "credential_planned_after",
      "credential_lapsed",
    ] as const),
    ...(["credential_lapsed_after", "credential_active", "credential_active_after"] as const),
    ...(["credential_others", "credential_others_after"] as const),
    "credential_detail",
  ],
  interviews: ["puzzle", "puzzle_in_a_loop", "incident", "real_code"],
  messages: [
    ...(["prompt_like", "pay_history", "not_asked", "offer_promised", "no_promise"] as const),
    ...(["rejection_reason", "buzzwords"] as const),
  ],
} as const;

export type ListName = (typeof LIST_GROUPS)[keyof typeof LIST_GROUPS][number];
export const LISTS: readonly ListName[] = Object.values(LIST_GROUPS).flat();
