import type { AuthorizationServer } from "../../auth/authorization-server.ts";
import { isLoopback } from "../../auth/registration.ts";
import { type Html, html } from "../html.ts";
import { page } from "../page.ts";
import { FORM_HEADERS, fieldsOf, foreignForm, isOwnForm } from "./form.ts";
import { leave } from "./leave.ts";
import { refused } from "./refusals.ts";

/** The page where a member allows a program to act for them, or does not. */
export async function answerConsent(server: AuthorizationServer, request: Request): Promise<Response> {
  const { publicUrl } = server;
  const params = new URL(request.url).searchParams;
  const query = params.toString();
  if (request.method === "POST" && !isOwnForm(request, publicUrl)) return foreignForm();
  const [program, email] = await Promise.all([server.programOf(query), server.personOf(request)]);
  // The page before this one signs people in, and says so where it is too late for that.
  if (program === undefined || email === undefined) return leave(publicUrl, `/sign-in?${query}`);
  if (request.method !== "POST") return ask({ program: program.name, email, params });
  const choice = (await fieldsOf(request)).get("choice");
  if (choice === "other") return leave(publicUrl, `/sign-in?${query}`, await server.signOut(request));
  const step = await server.decide(request, { allow: choice === "allow", query });
  return "to" in step ? leave(publicUrl, step.to, step.cookies) : refused(step.refused);
}

type Asked = { readonly program: string; readonly email: string; readonly params: URLSearchParams };

function ask({ program, email, params }: Asked): Response {
  const redirect = params.get("redirect_uri") ?? "";
  const scopes = new Set((params.get("scope") ?? "").split(" "));
  const lasting = scopes.has("offline_access")
    ? "It stays connected until you or an admin ends that."
    : "It stays connected for an hour.";
  return page({
    title: "Let this program act for you?",
    headers: FORM_HEADERS,
    body: html`<p>It calls itself <strong dir="auto">${program}</strong>, and gets its access at</p>
<p class="host">${URL.canParse(redirect) ? new URL(redirect).host : redirect}</p>
<p role="alert">${isLoopback(redirect) ? ON_THIS_COMPUTER : ELSEWHERE}</p>
<p>It may, as far as you may:</p>
<ul>${rightsOf(scopes)}</ul>
<p class="quiet">${lasting} You are signed in as ${email}.</p>
<form method="post">
<button name="choice" value="allow">Allow</button>
<button class="second" name="choice" value="deny">Deny</button>
<button class="second" name="choice" value="other">I am somebody else</button>
</form>`,
  });
}

const ON_THIS_COMPUTER =
  "That is a program on your own computer, and any program there can ask like this. Allow it only if you have just " +
  "begun to connect it yourself.";
const ELSEWHERE =
  "Allow it only if you know this address and have just begun to connect the program yourself.";

/** What the scopes come to, in words. */
function rightsOf(scopes: ReadonlySet<string>): Html[] {
  const [read, write] = [scopes.has("greenflag:read"), scopes.has("greenflag:write")];
  return [
    ...(read || write ? [html`<li>read candidates, documents, scorecards and reports</li>`] : []),
    ...(write ? [html`<li>add and move candidates, book interviews, write messages</li>`] : []),
    html`<li>see your e-mail address</li>`,
  ];
}
