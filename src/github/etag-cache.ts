import type { Octokit } from "./client.ts";

type Kept = { readonly etag: string; readonly data: unknown; readonly bytes: number };

const MOST_BYTES = 20_000_000;

/**
 * Asks again with the tag of the answer that is kept. What has not changed costs no part of GitHub's limit.
 * Addresses that hold a commit's SHA never change, so repeated summaries of one head are nearly free.
 */
export function keepAnswers(octokit: Octokit): void {
  const kept = new Map<string, Kept>();
  let bytes = 0;
  const keep = (key: string, answer: Kept) => {
    bytes += answer.bytes - (kept.get(key)?.bytes ?? 0);
    kept.delete(key);
    kept.set(key, answer);
    for (const [oldest, { bytes: size }] of kept) {
      if (bytes <= MOST_BYTES) break;
      kept.delete(oldest);
      bytes -= size;
    }
  };
  octokit.hook.wrap("request", async (request, options) => {
    if (options.method !== "GET") return request(options);
    const key = octokit.request.endpoint(options).url;
    const known = kept.get(key);
    if (known) options.headers = { ...options.headers, "if-none-match": known.etag };
    try {
      const answer = await request(options);
      const { etag } = answer.headers;
      if (etag !== undefined)
        keep(key, { etag, data: answer.data, bytes: JSON.stringify(answer.data).length });
      return answer;
    } catch (error) {
      const { status } = error as { status?: number };
      if (status !== 304 || !known) throw error;
      return { status: 200, url: key, headers: {}, data: known.data };
    }
  });
}
