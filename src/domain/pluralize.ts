/**
 * A number with its noun: `1 day`, `0 days`, `1.5 days`, `2 entries`.
 * @param one the form for exactly 1; may be a phrase
 * @param many the form for any other number; by default `one` with an s
 */
export const pluralize = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
