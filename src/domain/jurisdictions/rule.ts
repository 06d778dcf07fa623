import type { Territory } from "./region.ts";

/** What the law of a place asks of an employer who hires there. Guidance, not legal advice. */
export type LegalRule = {
  readonly id: string;
  readonly kind: "pay_range" | "notice" | "retention";
  readonly place: string;
  /** Where it holds: in any one of these. */
  readonly where: readonly Territory[];
  readonly text: string;
  /** From how many employees on an employer is held to it; null where it does not go by that. */
  readonly min_employees: number | null;
  /** First day on which it holds, as YYYY-MM-DD. */
  readonly valid_from: string;
  /** Whether the first day was read at a source on record; what nobody has checked is told as such, never asserted. */
  readonly date_verified: boolean;
  /** Last day on which it holds; absent while no end is known. */
  readonly valid_until?: string;
  readonly source: string;
};
