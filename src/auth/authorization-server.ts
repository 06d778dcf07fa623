import { betterAuth } from "better-auth";
import type { JSONWebKeySet } from "jose";
import * as z from "zod";
import { createCodeLimit } from "./code-limit.ts";
import { codeSent, libraryOptions, type SignInDeps, type SignInSettings } from "./library-options.ts";
import { forgetForeignKeys } from "./own-keys.ts";
import { isLoopback, mendRegistration, programName } from "./registration.ts";

/** Where a browser goes next, with the cookies that it gets; or why not, as the library's code says it. */
export type Step =
  | { readonly to: string; readonly cookies: readonly string[] }
  | { readonly refused: string };

/** The program that asks to be let in, by the name that it gave itself. */
type ClientProgram = { readonly name: string };

/** What became of a code that was to be sent. */
type CodeOutcome = "sent" | "not_sent" | "too_many";

/** The authorization server inside: its addresses for programs, and what its two pages need. */
export type AuthorizationServer = {
  readonly publicUrl: string;
  /** The ways in which people can sign in. */
  readonly ways: {
    readonly code: boolean;
    readonly providers: readonly { readonly id: string; readonly name: string }[];
  };
  /** Answers what programs and providers call: the well-known documents and those under /auth. */
  handle(request: Request): Promise<Response>;
  /** Which program began with this signed query; undefined where the query is forged or too old. */
  programOf(query: string): Promise<ClientProgram | undefined>;
  /** The e-mail of the member who is signed in with this browser. */
  personOf(request: Request): Promise<string | undefined>;
  /** Sends a code, whoever has this e-mail. */
  sendCode(email: string): Promise<CodeOutcome>;
  enterCode(entered: {
    readonly email: string;
    readonly code: string;
    readonly query: string;
  }): Promise<Step>;
  /** Sends the browser to a provider, which sends it back. */
  signInWith(provider: string, query: string): Promise<Step>;
  decide(request: Request, decision: { readonly allow: boolean; readonly query: string }): Promise<Step>;
  /** Signs the browser out. Gives the cookies that it gets. */
  signOut(request: Request): Promise<readonly string[]>;
  /** The keys that access tokens are checked with. They stay the same over restarts. */
  keys(): Promise<JSONWebKeySet>;
};

/** What programs and providers may call. Everything else of the library is reached through the two pages alone. */
const CALLABLE = new Set([
  "/.well-known/oauth-authorization-server",
  "/.well-known/openid-configuration",
  "/.well-known/oauth-protected-resource",
  "/.well-known/oauth-protected-resource/mcp",
  "/auth/jwks",
  ...["authorize", "token", "register", "revoke", "introspect", "userinfo"].map(
    (name) => `/auth/oauth2/${name}`,
  ),
]);
const CALLBACK = /^\/auth\/callback\/([a-z]+)$/;
/** To ask a provider what has to be asked. */
const PROVIDER_MS = 20_000;

const Described = z.object({ client_name: z.string().nullish() });
const Registered = z.object({
  grantTypes: z.array(z.string()).nullish(),
  scopes: z.array(z.string()).nullish(),
});
const OFFLINE = "offline_access";
const Moved = z.object({ url: z.string() });
const Failed = z.object({ code: z.string().optional(), error: z.string().optional() });

/** Makes the authorization server. Its tables must be there; its first key is made when it is needed. */
export async function createAuthorizationServer(
  settings: SignInSettings,
  deps: SignInDeps,
): Promise<AuthorizationServer> {
  const { publicUrl, providers } = settings;
  const library = makeLibrary({ ...settings, providers: [] }, deps);
  const inside = await library.$context;
  await forgetForeignKeys(inside);
  const libraryAt = createLibrariesAt(settings, deps);
  const limit = createCodeLimit();

  /** The library's answer. What it throws is a defect, and none of its words are for whoever asked. */
  const carriedOut = (by: Library, request: Request): Promise<Response> =>
    by.handler(request).catch((error: unknown) => {
      deps.log.error({ err: error }, "a sign-in failed on a defect");
      return Response.json({ error: "server_error" }, { status: 500 });
    });

  /** A call as the library's own pages would make it. */
  const post = (path: string, body: object, { cookie = "", by = library } = {}): Promise<Response> =>
    carriedOut(
      by,
      new Request(`${publicUrl}/auth${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          origin: publicUrl,
          ...(cookie === "" ? {} : { cookie }),
        },
        body: JSON.stringify(body),
      }),
    );

  /**
   * Asks for a refresh token where the program registered to use them. SDK 1.x asks for the scopes of the resource alone,
   * so its hosts would have to send their people here every hour.
   */
  async function addOfflineScope(params: URLSearchParams): Promise<void> {
    const scopes = params.get("scope")?.split(" ") ?? [];
    if (scopes.length === 0 || scopes.includes(OFFLINE)) return;
    const where = [{ field: "clientId", value: params.get("client_id") ?? "" }];
    const program = Registered.safeParse(await inside.adapter.findOne({ model: "oauthClient", where })).data;
    if (program?.grantTypes?.includes("refresh_token") && (program.scopes?.includes(OFFLINE) ?? true))
      params.set("scope", [...scopes, OFFLINE].join(" "));
  }

  return {
    publicUrl,
    ways: {
      code: deps.sendCode !== undefined,
      providers: providers.map(({ id, name }) => ({ id, name })),
    },
    async handle(request) {
      const { pathname, search } = new URL(request.url);
      const toSignIn = (error: string) =>
        Response.redirect(`${publicUrl}/sign-in?${new URLSearchParams({ error })}`, 303);
      const provider = CALLBACK.exec(pathname)?.[1];
      if (provider === undefined && !CALLABLE.has(pathname)) return notHere();
      const url = new URL(pathname + search, publicUrl);
      const isAuthorize = pathname === "/auth/oauth2/authorize";
      if (isAuthorize) {
        mendAuthorization(url.searchParams, publicUrl);
        await addOfflineScope(url.searchParams);
      }
      const { method } = request;
      const headers = new Headers(request.headers);
      if (method === "GET" || method === "HEAD") {
        // Whatever asks for these is sent on, as a browser would be, and not told where to go.
        if (isAuthorize || provider !== undefined) headers.set("sec-fetch-mode", "navigate");
        const asked = new Request(url, { method, headers });
        if (provider !== undefined)
          return libraryAt(provider, (by) => carriedOut(by, asked)).catch(() => toSignIn("provider_silent"));
        const answer = await carriedOut(library, asked);
        if (!isAuthorize || answer.status < 400) return answer;
        // A person sees this, and what the library says of it may quote the program.
        return toSignIn(
          Failed.safeParse(await answer.json().catch(() => undefined)).data?.error ?? "UNKNOWN",
        );
      }
      const sent = await request.text();
      if (NUL.test(sent)) return noNul();
      const body = pathname === "/auth/oauth2/register" ? mendedText(sent) : sent;
      headers.delete("content-length");
      return carriedOut(library, new Request(url, { method, headers, body }));
    },
    async programOf(query) {
      const client = new URLSearchParams(query).get("client_id");
      const asked = { client_id: client, oauth_query: query };
      const response = await post("/oauth2/public-client-prelogin", asked);
      if (!response.ok) return undefined;
      const { client_name: name } = Described.parse(await response.json());
      return { name: programName(name ?? "") };
    },
    async personOf({ headers }) {
      const email = (await library.api.getSession({ headers }))?.user.email;
      return email !== undefined && (await deps.isMember(email)) ? email : undefined;
    },
    async sendCode(email) {
      if (!limit.take(email)) return "too_many";
      const outcome = { isSent: false };
      await codeSent.run(outcome, () =>
        library.api.sendVerificationOTP({ body: { email, type: "sign-in" } }),
      );
      return outcome.isSent ? "sent" : "not_sent";
    },
    async enterCode({ email, code, query }) {
      const step = await stepOf(await post("/sign-in/email-otp", { email, otp: code, oauth_query: query }));
      if ("to" in step) limit.clear(email);
      return step;
    },
    async signInWith(provider, query) {
      const back = { callbackURL: "/sign-in", errorCallbackURL: `/sign-in?${query}` };
      const asked = { provider, ...back, oauth_query: query };
      return libraryAt(provider, async (by) => stepOf(await post("/sign-in/social", asked, { by }))).catch(
        () => ({ refused: "provider_silent" }),
      );
    },
    async decide({ headers }, { allow, query }) {
      const cookie = headers.get("cookie") ?? "";
      return stepOf(await post("/oauth2/consent", { accept: allow, oauth_query: query }, { cookie }));
    },
    async signOut({ headers }) {
      const response = await post("/sign-out", {}, { cookie: headers.get("cookie") ?? "" });
      return response.headers.getSetCookie();
    },
    async keys() {
      const { keys } = await library.api.getJwks();
      return { keys: [...keys] };
    },
  };
}

/** What a program asks for, as the library takes it. */
function mendAuthorization(params: URLSearchParams, publicUrl: string): void {
  // Programs of before 2025-06-18 name no resource. There is one only, and without it a token would be for nothing.
  if (!params.has("resource")) params.set("resource", `${publicUrl}/mcp`);
  // Any program of a computer can pass for another there, so what was allowed once is asked again: RFC 8252, section 8.6.
  if (!isLoopback(params.get("redirect_uri") ?? "")) return;
  params.set("prompt", params.get("prompt")?.includes("login") ? "login consent" : "consent");
}

async function stepOf(response: Response): Promise<Step> {
  const body: unknown = await response.json().catch(() => undefined);
  const moved = Moved.safeParse(body);
  if (response.ok && moved.success) return { to: moved.data.url, cookies: response.headers.getSetCookie() };
  const { code, error } = Failed.safeParse(body).data ?? {};
  return { refused: code ?? error ?? "UNKNOWN" };
}

const makeLibrary = (settings: SignInSettings, deps: SignInDeps) =>
  betterAuth(libraryOptions(settings, deps));
type Library = ReturnType<typeof makeLibrary>;

/**
 * The library as it works with one provider. Each is made when somebody signs in there, because the library reads a
 * provider's addresses once, when it is made: one that does not answer then is asked again by the next who comes.
 */
function createLibrariesAt(settings: SignInSettings, deps: SignInDeps) {
  const made = new Map<string, Library>();
  async function libraryOf(id: string): Promise<Library> {
    const ready = made.get(id);
    if (ready !== undefined) return ready;
    const library = makeLibrary(
      { ...settings, providers: settings.providers.filter((each) => each.id === id) },
      deps,
    );
    const { socialProviders } = await library.$context;
    if (!socialProviders.some((each) => each.id === id)) throw new Error(`${id} cannot be asked`);
    made.set(id, library);
    return library;
  }
  return async <T>(id: string, work: (library: Library) => Promise<T>): Promise<T> => {
    const timeUp = AbortSignal.timeout(PROVIDER_MS);
    const tooLate = new Promise<never>((_, reject) => {
      timeUp.addEventListener("abort", () => reject(new Error(`${id} does not answer`)));
    });
    return Promise.race([libraryOf(id).then(work), tooLate]);
  };
}

const notHere = (): Response => Response.json({ status: "nothing here; MCP is at /mcp" }, { status: 404 });

/** A NUL, as JSON and forms write it. No database takes one. */
const NUL = /\0|\\u0000|%00/;
const noNul = (): Response =>
  Response.json({ error: "invalid_request", error_description: "a NUL is not taken" }, { status: 400 });

function mendedText(registration: string): string {
  try {
    return JSON.stringify(mendRegistration(JSON.parse(registration)));
  } catch {
    return registration;
  }
}
