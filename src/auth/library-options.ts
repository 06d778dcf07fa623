import { AsyncLocalStorage } from "node:async_hooks";
import { cimd } from "@better-auth/cimd";
import { fetchClientMetadataResource } from "@better-auth/cimd/node";
import { mcp } from "@better-auth/mcp";
import type { BetterAuthOptions, BetterAuthPlugin } from "better-auth";
import { APIError } from "better-auth/api";
import { emailOTP, genericOAuth, jwt } from "better-auth/plugins";
import { TOKEN_SCOPES } from "../domain/token-scopes.ts";
import type { Log } from "../log.ts";
import { providerOptions, type SignInProvider } from "./providers.ts";

export type SignInSettings = {
  /** The origin that everybody sees, without a path. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly providers: readonly SignInProvider[];
};

export type SignInDeps = {
  /** Connections that see the tables of sign-in only. */
  readonly database: NonNullable<BetterAuthOptions["database"]>;
  /** Whether a present member of the team has this e-mail. */
  readonly isMember: (email: string) => Promise<boolean>;
  /** Sends a code by e-mail, in a few seconds at most; false where it could not be. Without it nobody gets one. */
  readonly sendCode?: ((email: string, code: string) => Promise<boolean>) | undefined;
  /** Fetches the documents by which programs introduce themselves; tests have their own. */
  readonly fetchClientDocument?: typeof fetchClientMetadataResource | undefined;
  readonly log: Log;
};

export const CODE_MINUTES = 10;
const CODE_DIGITS = 8;
const CODE_ATTEMPTS = 5;

/** The scopes of this server's own resource, and those of a sign-in. */
const SCOPES = ["openid", "email", "offline_access", ...TOKEN_SCOPES];

/** Why somebody is not let in, once it is sure who they are. */
type Refused = "NOT_A_MEMBER" | "EMAIL_NOT_VERIFIED" | "EMAIL_CHANGED";
const refusal = (code: Refused): APIError => new APIError("FORBIDDEN", { code, message: code });

/** Whether the code of the sign-in that is under way could be sent; the library keeps a failure to itself. */
export const codeSent = new AsyncLocalStorage<{ isSent: boolean }>();

/** How the authorization server works. Of a change to it, the tables in migrations/auth may need another migration. */
export function libraryOptions({ publicUrl, secret, providers }: SignInSettings, deps: SignInDeps) {
  const { isMember, log } = deps;
  const requireMember = async (email: string): Promise<void> => {
    if (!(await isMember(email.toLowerCase()))) throw refusal("NOT_A_MEMBER");
  };
  return {
    appName: "Greenflag",
    baseURL: publicUrl,
    basePath: "/auth",
    secret,
    database: deps.database,
    telemetry: { enabled: false },
    // Its words may quote what came from elsewhere; they are for whoever looks for a defect.
    logger: { log: (level, message) => log.debug({ level, message }, "sign-in") },
    trustedOrigins: [publicUrl],
    rateLimit: { enabled: false },
    // It would write what fails to the console, with what the database says of it.
    onAPIError: { errorURL: `${publicUrl}/sign-in`, throw: true },
    advanced: { cookiePrefix: "greenflag", ipAddress: { disableIpTracking: true } },
    session: { expiresIn: 24 * 3600, updateAge: 24 * 3600 },
    user: {
      async validateUserInfo({ user, source }, context) {
        if (user.emailVerified === false || (source.method === "oauth" && user.emailVerified !== true))
          return { error: "EMAIL_NOT_VERIFIED" satisfies Refused };
        if (!(await isMember((user.email ?? "").toLowerCase())))
          return { error: "NOT_A_MEMBER" satisfies Refused };
        if (source.action !== "sign-in" || user.id === undefined) return;
        const kept = await context?.context.internalAdapter.findUserById(user.id);
        return kept?.email === user.email?.toLowerCase()
          ? undefined
          : { error: "EMAIL_CHANGED" satisfies Refused };
      },
    },
    account: { updateAccountOnSignIn: false },
    databaseHooks: {
      // Nothing is asked of a provider later, so what it handed out is not kept.
      account: {
        create: { before: async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } }) },
      },
      session: {
        create: {
          async before({ userId }, context) {
            const user = await context?.context.internalAdapter.findUserById(userId);
            await requireMember(user?.email ?? "");
          },
        },
      },
    },
    plugins: [
      // RS256 is what every OpenID client can verify, and the cheapest to verify at each call.
      jwt({
        disableSettingJwtHeader: true,
        jwt: { issuer: publicUrl },
        jwks: { keyPairConfig: { alg: "RS256", modulusLength: 2048 } },
      }),
      emailOTP({
        otpLength: CODE_DIGITS,
        expiresIn: CODE_MINUTES * 60,
        allowedAttempts: CODE_ATTEMPTS,
        storeOTP: "hashed",
        async sendVerificationOTP({ email, otp }) {
          const outcome = codeSent.getStore();
          if (outcome !== undefined) outcome.isSent = (await deps.sendCode?.(email, otp)) ?? false;
        },
      }),
      genericOAuth({ config: providers.map(providerOptions) }),
      // Its own type does not fit the library's where optional properties are exact.
      mcp({
        resource: `${publicUrl}/mcp`,
        loginPage: "/sign-in",
        consentPage: "/consent",
        scopes: SCOPES,
        grantTypes: ["authorization_code", "refresh_token"],
        allowDynamicClientRegistration: true,
        allowUnauthenticatedClientRegistration: true,
        allowPublicClientPrelogin: true,
        async customAccessTokenClaims({ user }) {
          if (!user) return {};
          if (!(await isMember(user.email.toLowerCase())))
            throw new APIError("BAD_REQUEST", {
              error: "invalid_grant",
              error_description: "no member of this team has this e-mail any more",
            });
          return { email: user.email, email_verified: true };
        },
      }) as BetterAuthPlugin,
      cimd({
        fetchClientMetadataResource: deps.fetchClientDocument ?? fetchClientMetadataResource,
        metadataProfile: "mcp-2026-07-28",
      }),
    ],
  } satisfies BetterAuthOptions;
}
