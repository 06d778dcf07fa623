import type { Log } from "../log.ts";
import { type Clock, steadyClock } from "./allowance.ts";

/** At most one line a minute of each kind, however many there are. */
const BETWEEN_LINES_MS = 60_000;

const REASONS: Readonly<Record<number, string>> = {
  401: "not signed in, or no longer",
  403: "not allowed",
  413: "too large",
  429: "too much at once",
};
const AREAS = new Set(["mcp", "auth", "sign-in", "consent", "upload"]);

export type Refusals = {
  /** Counts an answer if it is a refusal. Of the address only the first part is looked at, and only if it is ours. */
  note(pathname: string, status: number): void;
  /** Tells what no line has told yet. */
  flush(): void;
};

/**
 * Counts what is refused, by kind, and logs the counts. There is neither address nor e-mail nor token in a line: the
 * lines say that something is tried, and where.
 */
export function createRefusals(log: Log, now: Clock = steadyClock): Refusals {
  const kinds = new Map<string, { untold: number; toldAt: number; readonly line: object }>();
  const tell = (kind: { untold: number; toldAt: number; readonly line: object }) => {
    log.warn({ ...kind.line, refused: kind.untold }, "requests were refused");
    kind.untold = 0;
    kind.toldAt = now();
  };
  return {
    note(pathname, status) {
      const reason = REASONS[status];
      if (reason === undefined) return;
      const first = pathname.split("/")[1] ?? "";
      const area = AREAS.has(first) ? first : "elsewhere";
      const key = `${area} ${status}`;
      const line = { area, status, reason };
      const kind = kinds.get(key) ?? { untold: 0, toldAt: Number.NEGATIVE_INFINITY, line };
      kinds.set(key, kind);
      kind.untold += 1;
      if (now() - kind.toldAt >= BETWEEN_LINES_MS) tell(kind);
    },
    flush() {
      for (const kind of kinds.values()) if (kind.untold > 0) tell(kind);
    },
  };
}
