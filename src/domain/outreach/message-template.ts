/**
 * Limits for parsing and filling a message template. A template that exceeds one fails. `renderLimit` is milliseconds
 * of clock time: short enough to stop an endless loop, and long enough for a busy machine.
 */
const TEMPLATE_LIMITS = { parseLimit: 50_000, renderLimit: 2_000, memoryLimit: 1_000_000 } as const;

/**
 * How templates are read: unknown variables and filters are errors, prototypes and files are out of reach, and values
 * are never parsed as templates.
 */
export const TEMPLATE_RULES = {
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  ...TEMPLATE_LIMITS,
} as const;
