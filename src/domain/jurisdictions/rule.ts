import type { Territory } from "./region.ts";

/** What the law of a place requires of an employer who hires there. Guidance, not legal advice. */
export type LegalRule = {
  readonly id: string;
  readonly kind: "pay_range" | "notice" | "retention";
  readonly place: string;
  /** The rule holds in each of these territories. */
  readonly where: readonly Territory[];
  readonly text: string;
  /** The least number of employees for which the rule binds an employer. Null when it does not depend on that. */
  readonly min_employees: number | null;
  /** First day on which it holds, as YYYY-MM-DD. */
  readonly valid_from: string;
  /** Whether the first day was checked at the source. A day that was not checked is always marked as such. */
  readonly date_verified: boolean;
  /** Last day on which it holds; absent while no end is known. */
  readonly valid_until?: string;
  readonly source: string;
};
