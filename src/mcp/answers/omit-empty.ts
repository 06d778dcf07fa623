/** `T` whose fields `K` are absent where they say nothing, and not null or false where they are there. */
type WithoutEmpty<T, K extends keyof T> = Omit<T, K> & { [P in K]?: Exclude<T[P], null | false | undefined> };

/**
 * Leaves out those of the named fields that say nothing: null, false, zero or a list without entries. Every reader pays
 * for each field of an answer, so what is not there is not listed.
 * @param fields named as in zod's `partial`, so that a schema and its answer can share them.
 */
export function omitEmpty<T extends object, K extends keyof T>(
  facts: T,
  fields: { readonly [P in K]: true },
): WithoutEmpty<T, K>;
export function omitEmpty(facts: object, fields: object): object {
  return Object.fromEntries(
    Object.entries(facts).filter(([name, value]) => !(Object.hasOwn(fields, name) && isEmpty(value))),
  );
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 0 ||
  (Array.isArray(value) && value.length === 0);
