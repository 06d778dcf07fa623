/** What a browser shows, or where it went when it left for a program. */
export type Shown = {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
};

/**
 * A browser without a picture: it keeps cookies, follows redirects and pages that go on by themselves, and sends forms as
 * the page that it shows would. It stops before an address that is a program's own.
 */
export function openBrowser(isProgram: (url: URL) => boolean, fetcher: typeof fetch = fetch) {
  const jar = new Map<string, Map<string, string>>();
  const cookiesOf = (url: URL) => {
    const cookies = jar.get(url.origin) ?? new Map<string, string>();
    jar.set(url.origin, cookies);
    return cookies;
  };
  let shown: Shown | undefined;

  async function go(address: string | URL, init: RequestInit = {}): Promise<Shown> {
    let [url, request] = [new URL(address), init];
    for (let hop = 0; hop < 20; hop += 1) {
      if (isProgram(url)) return { url, status: 0, text: "", headers: new Headers() };
      const cookies = cookiesOf(url);
      const headers = new Headers(request.headers);
      headers.set("accept", "text/html");
      headers.set("sec-fetch-mode", "navigate");
      if (cookies.size > 0) headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
      const response = await fetcher(url, { ...request, headers, redirect: "manual" });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === "" || /max-age=0/i.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const onward =
        response.headers.get("location") ?? unescaped(/content="0; url=([^"]+)"/.exec(text)?.[1]);
      if (onward === undefined) {
        shown = { url, status: response.status, text, headers: response.headers };
        return shown;
      }
      [url, request] = [new URL(onward, url), {}];
    }
    throw new Error(`sent in circles at ${url}`);
  }

  return {
    go,
    /** Sends the form of the page that is shown. Another page would send it with its own origin. */
    submit(fields: Record<string, string>, origin = shown?.url.origin ?? ""): Promise<Shown> {
      if (shown === undefined) throw new Error("no page is shown");
      return go(shown.url, {
        method: "POST",
        headers: { origin, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
      });
    },
    /** The cookies that this browser keeps for an address. */
    cookies: (url: string) => new Map(cookiesOf(new URL(url))),
  };
}
export type Browser = ReturnType<typeof openBrowser>;

const unescaped = (text: string | undefined): string | undefined => text?.replaceAll("&amp;", "&");
