/** A value of a field before or after a change; null where there was none. */
export type ChangedValue = string | boolean | readonly string[] | null;
