import { html } from "../html.ts";
import { page } from "../page.ts";

/** Headers of a page with a form: where a page hides its address, a browser does not say what page a form was sent by. */
export const FORM_HEADERS = { "referrer-policy": "same-origin" };

/** Whether a form was sent by a page of this server. The browser says so, and no page can change what it says. */
export const isOwnForm = (request: Request, publicUrl: string): boolean =>
  request.headers.get("origin") === publicUrl;

/** What a form holds; of a field that is there twice, the last. A NUL is left out: no database takes one. */
export const fieldsOf = async (request: Request): Promise<ReadonlyMap<string, string>> => {
  const fields = [...new URLSearchParams(await request.text())];
  return new Map(fields.map(([name, value]) => [name, value.replaceAll("\0", "")]));
};

/** A page that only says something. */
export const say = (title: string, status: number, ...sentences: readonly string[]): Response =>
  page({ title, status, body: html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}` });

export const foreignForm = (): Response =>
  say("This form was not sent from here", 403, "Nothing was changed. Begin again in your assistant.");
