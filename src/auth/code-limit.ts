const WINDOW_MS = 10 * 60_000;
const MAX_CODES = 5;
const MAX_KEPT = 10_000;

export type CodeLimit = {
  /** Whether one more code may be sent. */
  take(email: string): boolean;
  /** Somebody typed the right code, so that whoever asked for them has the mailbox. */
  clear(email: string): void;
};

/** How often a code may be asked for: five times in ten minutes for one e-mail, whoever has it, until one is typed. */
export function createCodeLimit(now: () => number = Date.now): CodeLimit {
  const asked = new Map<string, number[]>();
  return {
    take(email) {
      const since = now() - WINDOW_MS;
      const before = (asked.get(email) ?? []).filter((at) => at > since);
      if (before.length >= MAX_CODES) return false;
      // Kept in the order of their last code, so that what goes first is the oldest.
      asked.delete(email);
      for (const oldest of asked.keys()) {
        if (asked.size < MAX_KEPT) break;
        asked.delete(oldest);
      }
      asked.set(email, [...before, now()]);
      return true;
    },
    clear: (email) => void asked.delete(email),
  };
}
