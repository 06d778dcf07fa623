const made = new WeakMap<object, Map<object, unknown>>();

/**
 * Makes a part of a server once in the life of the process. Over HTTP there is a new server for every request, and most
 * of its cost is schemas and address templates.
 */
export function memoize<T>(owner: object, part: object, make: () => T): T {
  const parts = made.get(owner) ?? new Map<object, unknown>();
  made.set(owner, parts);
  const value = (parts.get(part) as T | undefined) ?? make();
  parts.set(part, value);
  return value;
}
