import type { GenericOAuthConfig } from "better-auth/plugins";
import * as z from "zod";

/** An account elsewhere that people sign in with. */
export type SignInProvider = {
  readonly id: "google" | "github" | "company";
  /** What its button says. */
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
} & (
  | { readonly issuer: string }
  | {
      /** Where people sign in, and where the program asks; GitHub is no OpenID provider. */
      readonly github: { readonly url: string; readonly apiUrl: string };
    }
);

const DISCOVERY = "/.well-known/openid-configuration";
const WAIT_MS = 8_000;

/** A provider as the library takes it. What a provider says of an e-mail counts only where it says that it is verified. */
export function providerOptions(provider: SignInProvider): GenericOAuthConfig {
  const { id, name, clientId, clientSecret } = provider;
  const common = { providerId: id, name, clientId, clientSecret, pkce: true };
  if ("issuer" in provider) {
    return {
      ...common,
      discoveryUrl: provider.issuer.replace(/\/$/, "") + DISCOVERY,
      requireIdTokenVerification: true,
      scopes: ["openid", "email"],
      mapProfileToUser: ({ email_verified: isVerified }) => ({ emailVerified: isVerified === true }),
    };
  }
  const { url, apiUrl } = provider.github;
  return {
    ...common,
    authorizationUrl: `${url}/login/oauth/authorize`,
    tokenUrl: `${url}/login/oauth/access_token`,
    scopes: ["read:user", "user:email"],
    getUserInfo: async ({ accessToken }) => githubUser(apiUrl, accessToken ?? ""),
  };
}

const GithubUser = z.object({ id: z.number() });
const GithubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** Whoever signed in at GitHub, with the e-mail that is their first there. */
async function githubUser(apiUrl: string, token: string) {
  const ask = async (path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/vnd.github+json" };
    const response = await fetch(apiUrl + path, { headers, signal: AbortSignal.timeout(WAIT_MS) });
    return response.ok ? response.json() : undefined;
  };
  const [user, emails] = await Promise.all([ask("/user"), ask("/user/emails")]);
  const [who, listed] = [GithubUser.safeParse(user), GithubEmails.safeParse(emails)];
  const first = listed.data?.find(({ primary }) => primary);
  if (!who.success || first === undefined) return null;
  return { id: who.data.id, email: first.email, emailVerified: first.verified };
}
