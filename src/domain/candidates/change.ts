/** A value of a field before or after a change; null where there was none. */
export type ChangedValue = string | boolean | readonly string[] | null;

type Value = Exclude<ChangedValue, null>;
/** A field with its values; one that was not there is absent. */
export type FieldChange = { readonly field: string; readonly before?: Value; readonly after?: Value };

/** The fields whose values differ, in the order of `after`. */
export function changesBetween(
  before: Readonly<Record<string, ChangedValue>>,
  after: Readonly<Record<string, ChangedValue>>,
): FieldChange[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const [was, is] = [statedValue(before[field] ?? null), statedValue(value)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

/** A list without entries is none. */
const statedValue = (value: ChangedValue): Value | undefined =>
  value === null || (typeof value === "object" && value.length === 0) ? undefined : value;
