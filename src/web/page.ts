import { randomBytes } from "node:crypto";
import { type Html, html } from "./html.ts";
import { STYLE } from "./style.ts";

export type PageParts = {
  readonly title: string;
  readonly body: Html;
  /** The page's own script. It gets nothing from elsewhere and runs once the page is there. */
  readonly script?: string;
  /** Where the page goes by itself once it is there. */
  readonly goesTo?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A page that loads nothing from elsewhere, cannot be framed, and is not kept by browser or proxy. */
export function page({ title, body, script, goesTo, status = 200, headers = {} }: PageParts): Response {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  const own =
    script === undefined ? [] : [html`<script type="module" nonce="${nonce}">${{ html: script }}</script>`];
  const onward = goesTo === undefined ? [] : [html`<meta http-equiv="refresh" content="0; url=${goesTo}">`];
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>${onward}
<style nonce="${nonce}">${{ html: STYLE }}</style>
</head>
<body><main><h1>${title}</h1>
${body}
</main>${own}</body>
</html>`;
  return new Response(document.html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      ...headers,
    },
  });
}
