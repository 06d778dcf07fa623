import { createHash, randomBytes } from "node:crypto";
import { inject } from "vitest";
import type { LocalSmtp } from "../../examples/smtp/server.ts";
import { createAuthorizationServer } from "../../src/auth/authorization-server.ts";
import type { SignInDeps, SignInSettings } from "../../src/auth/library-options.ts";
import { listenHttp } from "../../src/http.ts";
import { createLog } from "../../src/log.ts";
import { tools } from "../../src/mcp/tools/index.ts";
import { openSignInTables } from "../../src/store/database/open-sign-in.ts";
import type { Store } from "../../src/store/store.ts";
import { findMember } from "../../src/store/team/workspaces.ts";
import { type Browser, openBrowser } from "./browsing.ts";
import { makeDatabase } from "./own-database.ts";
import { freePort } from "./public-server.ts";
import { servicesOn } from "./services.ts";

export const AUTH_SECRET = "never-used-elsewhere-".repeat(2);

/** The newest code that the mail server took for this e-mail. */
export function codeFor(smtp: Pick<LocalSmtp, "received">, email: string): string {
  const mail = smtp.received.filter(({ recipients }) => recipients.includes(email)).at(-1);
  const code = /^(\d+) is your code/.exec(mail?.mail.text ?? "")?.[1];
  if (code === undefined) throw new Error(`no code was sent to ${email}`);
  return code;
}

type Options = Partial<Pick<SignInSettings, "providers"> & Pick<SignInDeps, "fetchClientDocument">>;

/** Greenflag with a sign-in of its own, as a proxy on this machine would reach it; codes go nowhere but to `codes`. */
export async function startSignInServer(store: Store, options: Options = {}) {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const clock = { now: new Date("2026-11-24T09:00:00Z") };
  const { services } = servicesOn(store, clock, "ada@example.test");
  const log = createLog("silent");
  // In a database of its own: other tests look at all tables of the shared one.
  const name = `greenflag_sign_in_${randomBytes(4).toString("hex")}`;
  const own = await makeDatabase(inject("databaseUrl") ?? "", name);
  const tables = await openSignInTables(own.url);
  const codes = new Map<string, string>();
  const limits = { ms: 0 };
  const signIn = await createAuthorizationServer(
    { publicUrl, secret: AUTH_SECRET, providers: options.providers ?? [] },
    {
      database: tables.pool,
      log,
      isMember: async (email) =>
        (await store.read((db) => findMember(db, store.workspaceId, email))) !== undefined,
      sendCode: async (email, code) => codes.set(email, code).has(email),
      fetchClientDocument: options.fetchClientDocument,
    },
  );
  const server = {
    services: async () => services,
    tools,
    confirm: "code",
    version: "0.0.0",
    log,
    publicUrl,
  } as const;
  const listening = await listenHttp(
    { services: async () => services, log, server },
    { host: "127.0.0.1", port, publicUrl, signIn: async () => signIn },
    { clock: () => limits.ms },
  );
  return {
    publicUrl,
    url: listening.url,
    signIn,
    codes,
    tables,
    services,
    clock,
    /** Where the tables of sign-in are. */
    databaseUrl: own.url,
    /** Lets an hour pass by the clock of the limits, after which all may be asked again. */
    waitAnHour() {
      limits.ms += 3_600_000;
    },
    async close() {
      await listening.close();
      await tables.close();
      await own.drop();
    },
  };
}
export type SignInServer = Awaited<ReturnType<typeof startSignInServer>>;

/** A program that asks to be let in, as far as it must keep something between requests. */
export type Program = {
  readonly clientId: string;
  readonly redirect: string;
  readonly verifier: string;
  readonly state: string;
};

export const newProgram = (clientId: string, redirect: string): Program => ({
  clientId,
  redirect,
  verifier: randomBytes(32).toString("base64url"),
  state: randomBytes(8).toString("hex"),
});

const SCOPE = "openid email offline_access greenflag:read greenflag:write";

/** Where a program sends the browser. */
export function authorizeUrl(
  origin: string,
  program: Program,
  more: Record<string, string | undefined> = {},
): URL {
  const url = new URL("/auth/oauth2/authorize", origin);
  const params: Record<string, string | undefined> = {
    response_type: "code",
    client_id: program.clientId,
    redirect_uri: program.redirect,
    scope: SCOPE,
    state: program.state,
    code_challenge: createHash("sha256").update(program.verifier).digest("base64url"),
    code_challenge_method: "S256",
    resource: `${origin}/mcp`,
    ...more,
  };
  for (const [name, value] of Object.entries(params))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

export const browserFor = ({ redirect }: Program): Browser =>
  openBrowser((url) => url.href.startsWith(redirect.replace(/:\d+/, "")) || url.href.startsWith(redirect));

// biome-ignore lint/suspicious/noExplicitAny: tests read whatever fields the answer has
type Answered = { status: number; answer: any };

/** What the token endpoint says. */
export async function askToken(origin: string, fields: Record<string, string>): Promise<Answered> {
  const response = await fetch(`${origin}/auth/oauth2/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, answer: await response.json() };
}

export async function register(origin: string, metadata: object): Promise<Answered> {
  const response = await fetch(`${origin}/auth/oauth2/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(metadata),
  });
  return { status: response.status, answer: await response.json() };
}

/** The code that a program was sent. */
export function codeOf(url: URL): string {
  const code = url.searchParams.get("code");
  if (code === null) throw new Error(`no code in ${url.href}`);
  return code;
}
