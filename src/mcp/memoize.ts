const made = new WeakMap<object, Map<object, unknown>>();

/**
 * What a server is put together from is made once for the life of the process: over HTTP there is a server for every
 * request, and schemas and address templates are most of what one costs.
 */
export function memoize<T>(owner: object, part: object, make: () => T): T {
  const parts = made.get(owner) ?? new Map<object, unknown>();
  made.set(owner, parts);
  const value = (parts.get(part) as T | undefined) ?? make();
  parts.set(part, value);
  return value;
}
