import { randomUUID } from "node:crypto";
import type { App } from "./app.ts";
import type { AuthorizationServer } from "./auth/authorization-server.ts";
import type { Config } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import type { SmtpLimits } from "./mail/deliver.ts";

/** The authorization server of this process, made when it is first needed. */
export type SignIn = { server(): Promise<AuthorizationServer>; close(): Promise<void> };

/** Somebody waits in front of a page. */
const MAIL_LIMITS: SmtpLimits = { connect: 5_000, greeting: 5_000, silence: 5_000, whole: 12_000 };

/**
 * The sign-in of a process with these settings. Undefined where there is no public address, or people sign in at a
 * company's own provider.
 * @throws DomainError `invalid` naming the variables without which nobody could sign in.
 */
export function signInFor(config: Config, app: Pick<App, "store" | "log">): SignIn | undefined {
  const { publicUrl, oidcIssuer, authSecret, databaseUrl, signInProviders: providers } = config;
  if (publicUrl === undefined || oidcIssuer !== undefined) return undefined;
  if (authSecret === undefined || databaseUrl === undefined || missing(config).length > 0)
    throw new DomainError(
      "invalid",
      `GREENFLAG_PUBLIC_URL is set, and people sign in here only with: ${missing(config).join("; ")}.`,
      "Set what is named, or set GREENFLAG_OIDC_ISSUER for a sign-in provider of your own.",
    );
  let opening: Promise<{ server: AuthorizationServer; close(): Promise<void> }> | undefined;
  const open = async () => {
    const { openSignInTables } = await import("./store/database/open-sign-in.ts");
    const { createAuthorizationServer } = await import("./auth/authorization-server.ts");
    const tables = await openSignInTables(databaseUrl);
    const deps = {
      database: tables.pool,
      log: app.log,
      isMember: isMemberOf(app),
      sendCode: senderOf(config),
    };
    try {
      const server = await createAuthorizationServer({ publicUrl, secret: authSecret, providers }, deps);
      return { server, close: tables.close };
    } catch (error) {
      await tables.close();
      throw error;
    }
  };
  return {
    async server() {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        app.log.error({ err: error }, "nobody can sign in");
        throw error;
      });
      return (await opening).server;
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** What a sign-in of our own still needs, each with what it is. */
function missing({ authSecret, databaseUrl, smtpUrl, mailFrom, signInProviders }: Config): string[] {
  const canMail = smtpUrl !== undefined && mailFrom !== undefined;
  return [
    ...(authSecret === undefined
      ? ["GREENFLAG_AUTH_SECRET (32 characters or more, kept as long as the data)"]
      : []),
    ...(databaseUrl === undefined ? ["DATABASE_URL (a PostgreSQL server)"] : []),
    ...(canMail || signInProviders.length > 0
      ? []
      : [
          "SMTP_URL and GREENFLAG_MAIL_FROM, for codes by e-mail, or the id and secret of a sign-in provider",
        ]),
  ];
}

/** Present members only, as they are now. */
const isMemberOf = (app: Pick<App, "store">) => async (email: string) => {
  const { findMember } = await import("./store/team/workspaces.ts");
  const store = await app.store();
  const find = () => store.read((db) => findMember(db, store.workspaceId, email));
  return ((await find()) ?? (await store.refresh().then(find))) !== undefined;
};

/** Sends codes through the mail server that is set; undefined where there is none. */
function senderOf({ smtpUrl, mailFrom, company, publicUrl }: Config) {
  if (smtpUrl === undefined || mailFrom === undefined || publicUrl === undefined) return undefined;
  return async (to: string, code: string): Promise<boolean> => {
    const { createMailer } = await import("./mail/mailer.ts");
    const { codeMail } = await import("./auth/code-mail.ts");
    const { kind } = await createMailer(smtpUrl, MAIL_LIMITS).send({
      messageId: `<${randomUUID()}@${new URL(publicUrl).hostname}>`,
      from: { name: company ?? "Greenflag", address: mailFrom },
      replyTo: null,
      to,
      ...codeMail(code, publicUrl),
      date: new Date(),
      unsubscribe: null,
      invite: null,
    });
    return kind === "sent";
  };
}
