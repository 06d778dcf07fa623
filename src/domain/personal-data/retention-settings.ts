import type { Region } from "../jurisdictions/region.ts";
import { placeKey } from "./person.ts";
import type { DutyRule } from "./retention-rule.ts";

/** What a team has set: its own periods by place, and which laws bind it. */
export type RetentionSettings = {
  /** Months by place key, `default` for every place without a period. */
  readonly months: ReadonlyMap<string, OwnPeriod>;
  /** Whether a law binds this team, by the id of its rule. */
  readonly binds: ReadonlyMap<string, boolean>;
};
export type OwnPeriod = { readonly months: number; readonly why: string };

export const DEFAULT_PLACE = "default";

/** A team's own period for a place: of its state before that of its country. */
export const ownPeriodFor = ({ months }: RetentionSettings, region: Region): OwnPeriod | undefined =>
  months.get(placeKey(region)) ?? months.get(region.country);

/** Whether a law binds this team, as far as it has said so. */
export const isBinding = ({ binds }: RetentionSettings, { id, binds: usually }: DutyRule): boolean =>
  binds.get(id) ?? usually === "unless_told";
