// The sentences that an answer about a role carries as fields.

import type { RoleResult } from "../../../services/roles/role-fields.ts";

/** Why nothing was changed. */
export const unchangedText = (unchanged: NonNullable<RoleResult["unchanged"]>, key: string): string =>
  unchanged === "already_open"
    ? `${key} is already open for this: nothing was changed. Pass key to open another.`
    : "Nothing was changed.";
