import type { Places } from "../jurisdictions/place-names.ts";
import type { Level } from "../roles/role.ts";
import type { RoleTemplate } from "../roles/role-template.ts";
import type { adjustedBand } from "../roles/salary.ts";
import type { Lexicon } from "../text/lexicon.ts";

/** What a post is judged against: the kind of role, where it is, and the day. */
export type Setting = GeneralSetting & {
  readonly template: RoleTemplate;
  /** The pay of such a role there; undefined where the template does not know it. */
  readonly band: ReturnType<typeof adjustedBand>;
};

/** The same for a post of any trade, of which no template may be known. */
export type GeneralSetting = {
  readonly template: RoleTemplate | null;
  readonly places: Places;
  readonly lexicon: Lexicon;
  readonly level: Level | null;
  readonly location: string | null;
  readonly remote: boolean;
  /** The day of the check, as YYYY-MM-DD. */
  readonly today: string;
};
