import type { ServerContext } from "@modelcontextprotocol/server";

const INTERVAL_MS = 1_000;

/** Does some work, and tells a client that asked for it with a token, each second until the work is done, that it goes on. */
export async function withProgress<T>(context: ServerContext, work: () => Promise<T>): Promise<T> {
  const { _meta, notify, signal } = context.mcpReq;
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return work();
  const startedAt = performance.now();
  let progress = 0;
  const timer = setInterval(() => {
    // Seconds, which may have gone by unnoticed while the embedded database was at work; each notice must say more than the last.
    progress = Math.max(progress + 1, Math.round((performance.now() - startedAt) / 1_000));
    const params = { progressToken, progress, message: `Still at work after ${progress} s.` };
    // A client that is gone has no use for it, and the call ends by itself.
    if (!signal.aborted) notify({ method: "notifications/progress", params }).catch(() => {});
  }, INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
