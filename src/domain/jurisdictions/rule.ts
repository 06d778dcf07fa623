/** What the law of a place asks of an employer who hires there. Guidance, not legal advice. */
export type LegalRule = {
  readonly id: string;
  readonly kind: "pay_range" | "notice" | "retention";
  readonly place: string;
  /** Codes and names by which a location shows the place; codes are matched in capitals. */
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly text: string;
  /** First day on which it holds, as YYYY-MM-DD. */
  readonly valid_from: string;
  /** Whether the first day was read at a source on record; what nobody has checked is told as such, never asserted. */
  readonly date_verified: boolean;
  /** Last day on which it holds; absent while no end is known. */
  readonly valid_until?: string;
  readonly source: string;
};
