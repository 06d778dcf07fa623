import type { Services } from "../services/services.ts";

const READY_MS = 14_000;

/** Answers as long as the process runs. */
export const health = (): Response => Response.json({ status: "ok" });

/** Answers ready when the database answers. */
export async function ready(services: () => Promise<Services>): Promise<Response> {
  try {
    const engine = await within(READY_MS, async () => {
      const { startUpkeep, upkeep } = await services();
      const at = await startUpkeep({ isRead: true, signal: new AbortController().signal });
      return upkeep.engine(at);
    });
    return Response.json({ status: "ready", engine });
  } catch {
    return Response.json({ status: "the database does not answer" }, { status: 503 });
  }
}

/** Whoever asks gets an answer in time; what was begun goes on for whoever asks next. */
async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), ms);
  });
  return Promise.race([work(), timeUp]).finally(() => clearTimeout(timer));
}
