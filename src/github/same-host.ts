const HOPS = 3;
const MOVED = new Set([301, 302, 307, 308]);

/** The answer that stands for a redirect which is not followed: the request belongs elsewhere. */
export const ELSEWHERE = 421;

/**
 * `fetch` that contacts one host only. A repository that was renamed answers 301 on the same host, which is followed for
 * reading; to another host nothing is ever sent, and a write is never sent twice.
 */
export async function fetchOnSameHost(address: string | URL, init: RequestInit = {}): Promise<Response> {
  let at = new URL(address);
  for (let hop = 0; hop < HOPS; hop += 1) {
    const answer = await fetch(at, { ...init, redirect: "manual" });
    const location = answer.headers.get("location");
    if (!MOVED.has(answer.status) || location === null) return answer;
    await answer.body?.cancel();
    const next = URL.canParse(location, at.href) ? new URL(location, at.href) : undefined;
    if (next?.origin !== at.origin || (init.method ?? "GET") !== "GET") break;
    at = next;
  }
  return new Response("{}", { status: ELSEWHERE, headers: { "content-type": "application/json" } });
}
