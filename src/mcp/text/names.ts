const MAX_NAMES_SHOWN = 20;

/** Names for a line; a reader of the structured answer has them all. */
export const someNames = (names: readonly string[]): string =>
  names.length <= MAX_NAMES_SHOWN
    ? names.join(", ")
    : `${names.slice(0, MAX_NAMES_SHOWN).join(", ")} and ${names.length - MAX_NAMES_SHOWN} more`;

/** `LABEL: a, b.`, or nothing without any. */
export const namesLine = (label: string, names: readonly string[] = []): string =>
  names.length === 0 ? "" : `${label}: ${someNames(names)}.`;
