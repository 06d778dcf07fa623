import { html } from "../html.ts";
import { page } from "../page.ts";

/**
 * Sends the browser on after a form. Within this server that is a redirect. Elsewhere it is a page that goes on by itself,
 * because browsers hold a redirect after a form to the addresses that the form's page may send to.
 */
export function leave(publicUrl: string, to: string, cookies: readonly string[] = []): Response {
  const { origin, href, host } = new URL(to, publicUrl);
  const response =
    origin === publicUrl
      ? new Response(null, { status: 303, headers: { location: href, "cache-control": "no-store" } })
      : page({
          title: "One moment",
          goesTo: href,
          body: html`<p>This page goes on to <strong>${host}</strong> by itself. You can close it once you are back there.</p>
<p><a class="button" href="${href}">Go on now</a></p>`,
        });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
