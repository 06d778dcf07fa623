/** What one key may take: `burst` at once, and one more after each `everyMs` milliseconds, never more than `burst`. */
export type Allowance = { readonly burst: number; readonly everyMs: number };

/** Milliseconds of a clock that never goes back, whatever is done to the time of day. */
export type Clock = () => number;
export const steadyClock: Clock = () => performance.now();

/** An allowance of so many a minute, all of which may be taken at once. */
export const perMinute = (most: number): Allowance => ({ burst: most, everyMs: 60_000 / most });

/** Keys held for one allowance. A key that has all of its allowance again needs no place. */
const MAX_KEYS = 20_000;

/**
 * A token bucket for each key, in memory: of each key only the time at which it will have its whole allowance again.
 * When too many strangers come at once, those who took something longest ago are forgotten.
 * @returns takes one for the key and gives 0, or takes nothing and gives the milliseconds until there is one to take.
 */
export function createAllowances(
  { burst, everyMs }: Allowance,
  now: Clock,
  maxKeys = MAX_KEYS,
): (key: string) => number {
  const wholeAt = new Map<string, number>();

  function makeRoom(at: number): void {
    for (const [key, whole] of wholeAt) if (whole <= at) wholeAt.delete(key);
    // A tenth at a time, so that not every request of a flood looks through all keys.
    const over = wholeAt.size < maxKeys ? 0 : Math.ceil(maxKeys / 10);
    for (const key of [...wholeAt.keys()].slice(0, over)) wholeAt.delete(key);
  }

  return (key) => {
    const at = now();
    const whole = Math.max(wholeAt.get(key) ?? at, at) + everyMs;
    const wait = whole - at - burst * everyMs;
    // Sums of fractions are off by less than a millionth of a millisecond.
    if (wait > 1e-6) return wait;
    if (wholeAt.size >= maxKeys && !wholeAt.has(key)) makeRoom(at);
    // Set anew, so that the order of the keys is that of their last use.
    wholeAt.delete(key);
    wholeAt.set(key, whole);
    return 0;
  };
}
