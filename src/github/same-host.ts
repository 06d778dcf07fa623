const HOPS = 3;
const MOVED = new Set([301, 302, 307, 308]);

/** The status that we set for a redirect to another host, which is not followed. */
export const ELSEWHERE = 421;

/**
 * `fetch` that contacts only one host. A renamed repository answers 301 on the same host; that is followed for reading.
 * Nothing is ever sent to another host, and a write is never sent twice.
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
