/** A value of a field before or after a change; null where there was none. */
export type ChangedValue = string | boolean | readonly string[] | null;

/** The fields under which a move of a document is kept on both sides; the value is the other application's reference. */
export const MOVED_TO = "moved_to";
export const MOVED_FROM = "moved_from";
