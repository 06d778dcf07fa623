import type { Octokit } from "./octokit.ts";

type CachedAnswer = { readonly etag: string; readonly data: unknown; readonly bytes: number };

const MAX_CACHE_BYTES = 20_000_000;

/**
 * Keeps answers and repeats their requests with the answer's tag. An unchanged answer does not count towards GitHub's
 * limit. Addresses with a commit's SHA never change, so repeated summaries of one head cost nearly nothing.
 */
export function keepAnswers(octokit: Octokit): void {
  const cache = new Map<string, CachedAnswer>();
  let bytes = 0;
  const keep = (key: string, answer: CachedAnswer) => {
    bytes += answer.bytes - (cache.get(key)?.bytes ?? 0);
    cache.delete(key);
    cache.set(key, answer);
    for (const [oldest, { bytes: size }] of cache) {
      if (bytes <= MAX_CACHE_BYTES) break;
      cache.delete(oldest);
      bytes -= size;
    }
  };
  octokit.hook.wrap("request", async (request, options) => {
    if (options.method !== "GET") return request(options);
    const key = octokit.request.endpoint(options).url;
    const cached = cache.get(key);
    if (cached) options.headers = { ...options.headers, "if-none-match": cached.etag };
    try {
      const answer = await request(options);
      const { etag } = answer.headers;
      if (etag !== undefined)
        keep(key, { etag, data: answer.data, bytes: JSON.stringify(answer.data).length });
      return answer;
    } catch (error) {
      const { status } = error as { status?: number };
      if (status !== 304 || !cached) throw error;
      return { status: 200, url: key, headers: {}, data: cached.data };
    }
  });
}
