import type { Log } from "./log.ts";

const GRACE_MS = 4_500;

/**
 * Runs `close` once, on a signal or on request, then ends the process with code 0. Work that takes longer than the
 * grace period is cut off, and the database rolls it back.
 */
export function onShutdown(log: Log, close: () => Promise<void>): (why: string) => void {
  let closing = false;
  const stop = (why: string) => {
    if (closing) return;
    closing = true;
    log.info({ why }, "stopping");
    setTimeout(() => process.exit(0), GRACE_MS).unref();
    close()
      .catch((error: unknown) => log.error({ err: error }, "did not stop cleanly"))
      .finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => stop(signal));
  return stop;
}
