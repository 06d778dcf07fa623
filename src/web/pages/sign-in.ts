import type { AuthorizationServer, Step } from "../../auth/authorization-server.ts";
import { type Html, html } from "../html.ts";
import { page } from "../page.ts";
import { FORM_HEADERS, fieldsOf, foreignForm, isOwnForm, say } from "./form.ts";
import { leave } from "./leave.ts";
import { refused } from "./refusals.ts";

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** A sign-in that a program began. */
type Begun = { readonly server: AuthorizationServer; readonly query: string; readonly program: string };

/** The page where people sign in, with a code or at a provider, for the program whose signed query its address holds. */
export async function answerSignIn(server: AuthorizationServer, request: Request): Promise<Response> {
  const { query, error } = queryOf(request);
  if (error !== undefined) return refused(error);
  if (query === "") return beginElsewhere(server);
  const program = await server.programOf(query);
  if (program === undefined) return tooLate();
  const begun = { server, query, program: program.name };
  if (request.method !== "POST") return askEmail(begun);
  return isOwnForm(request, server.publicUrl) ? carryOut(begun, await fieldsOf(request)) : foreignForm();
}

/** The signed query as it was signed, apart from the error that a provider's answer brought. */
function queryOf(request: Request): { readonly query: string; readonly error: string | undefined } {
  const params = new URL(request.url).searchParams;
  const error = params.get("error") ?? undefined;
  for (const name of ["error", "error_description"]) params.delete(name);
  return { query: params.toString(), error };
}

async function carryOut(begun: Begun, fields: ReadonlyMap<string, string>): Promise<Response> {
  const { server, query } = begun;
  const provider = server.ways.providers.find(({ id }) => id === fields.get("provider"));
  if (provider !== undefined) return go(server, await server.signInWith(provider.id, query));
  const email = (fields.get("email") ?? "").trim().toLowerCase();
  if (!server.ways.code || !EMAIL.test(email))
    return askEmail(begun, { email, wrong: "Type an e-mail address, such as ada@example.com." });
  const code = fields.get("code")?.replace(/\s/g, "");
  if (code === undefined) return sendCode(begun, email);
  return go(server, await server.enterCode({ email, code, query }), (why) =>
    why === "INVALID_OTP"
      ? askCode({ email, wrong: "This is not the newest code that was sent." })
      : undefined,
  );
}

async function sendCode(begun: Begun, email: string): Promise<Response> {
  const outcome = await begun.server.sendCode(email);
  if (outcome === "sent") return askCode({ email });
  if (outcome === "too_many")
    return askEmail(begun, { email, wrong: "Too many codes were asked for. Try again in ten minutes." });
  return page({
    title: "The code could not be sent",
    status: 503,
    headers: FORM_HEADERS,
    body: html`<p role="alert">The mail server does not take the e-mail with your code now.</p>
<p>Try again in a few minutes. Whoever runs Greenflag learns the cause from <code>greenflag doctor</code>.</p>
${newCode(email)}`,
  });
}

/** Where a step leads: onward, or to a page that says why not. */
function go(
  { publicUrl }: AuthorizationServer,
  step: Step,
  instead: (why: string) => Response | undefined = () => undefined,
): Response {
  if ("to" in step) return leave(publicUrl, step.to, step.cookies);
  return instead(step.refused) ?? refused(step.refused);
}

type Typed = { readonly email: string; readonly wrong?: string };

function askEmail({ server, program }: Begun, { email, wrong }: Typed = { email: "" }): Response {
  const { code, providers } = server.ways;
  const byCode = html`<form method="post">
<label for="email">Your e-mail at work</label>
<input id="email" name="email" type="email" autocomplete="email" required autofocus value="${email}">
<p class="quiet">A code is sent there. You type it on the next page.</p>
<button>Send the code</button>
</form>`;
  const buttons = providers.map(
    ({ id, name }) =>
      html`<button class="second" name="provider" value="${id}">Sign in with ${name}</button>`,
  );
  return page({
    title: "Sign in to Greenflag",
    status: wrong === undefined ? 200 : 400,
    headers: FORM_HEADERS,
    body: html`<p><strong dir="auto">${program}</strong> wants to reach your team's hiring data. First say who you are.</p>
${alert(wrong)}
${code ? [byCode] : []}
${buttons.length > 0 ? [html`<form method="post">${buttons}</form>`] : []}`,
  });
}

const askCode = ({ email, wrong }: Typed): Response =>
  page({
    title: "Type the code",
    status: wrong === undefined ? 200 : 400,
    headers: FORM_HEADERS,
    body: html`<p>A code is on its way to <strong>${email}</strong>. It is good for ten minutes.</p>
${alert(wrong)}
<form method="post">
<input type="hidden" name="email" value="${email}">
<label for="code">Code from the e-mail</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus>
<button>Sign in</button>
</form>
${newCode(email)}`,
  });

const newCode = (email: string): Html => html`<form method="post">
<input type="hidden" name="email" value="${email}">
<button class="second">Send a new code</button>
</form>`;

const alert = (wrong: string | undefined): Html[] =>
  wrong === undefined ? [] : [html`<p role="alert">${wrong}</p>`];

const beginElsewhere = ({ publicUrl }: AuthorizationServer): Response =>
  say(
    "Sign in from your assistant",
    200,
    `Sign-in begins in the program that you want to connect. Give it the address ${publicUrl}/mcp.`,
  );

const tooLate = (): Response =>
  say(
    "This sign-in is over",
    400,
    "It was begun more than ten minutes ago, or its address was changed. Begin again in your assistant.",
  );
