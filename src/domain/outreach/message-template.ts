/**
 * What a message template may cost: it is parsed and filled within these, or not at all. `renderLimit` is milliseconds by
 * the clock on the wall: short enough to end a loop, long enough for a machine that is busy with something else.
 */
const TEMPLATE_LIMITS = { parseLimit: 50_000, renderLimit: 2_000, memoryLimit: 1_000_000 } as const;

/** How templates are read: no unknown variable or filter, no prototype, no file; values are never templates themselves. */
export const TEMPLATE_RULES = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  ...TEMPLATE_LIMITS,
} as const;
