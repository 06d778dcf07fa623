/**
 * A number with its noun, as people write it: `1 day`, `0 days`, `1.5 days`, `2 entries`.
 * @param one the noun, or the phrase it begins, for exactly one
 * @param many the same for any other number; without it, `one` with an s
 */
export const pluralize = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
