const TRIES = 3;

/**
 * CPU time of some work, in milliseconds, as the least of three tries. Tests compare it with that of other work in the same
 * run and never with a clock: a slow or busy machine slows both.
 */
export function cpuMs(work: () => void): number {
  const tries = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...tries);
}
