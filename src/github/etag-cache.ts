import type { Octokit } from "./octokit.ts";

type CachedAnswer = { readonly etag: string; readonly data: unknown; readonly bytes: number };

const MAX_CACHE_BYTES = 20_000_000;

/**
 * Asks again with the tag of the answer that is kept. What has not changed costs no part of GitHub's limit.
 * Addresses that hold a commit's SHA never change, so repeated summaries of one head are nearly free.
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
