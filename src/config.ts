import { delimiter, join, resolve } from "node:path";
import envPaths from "env-paths";
import * as z from "zod";
import type { SignInProvider } from "./auth/providers.ts";
import { DomainError } from "./domain/errors.ts";
import { isPrivateOnTheWay } from "./domain/web-address.ts";

const text = z.string().trim().min(1);
const flag = z.enum(["0", "1", "true", "false", ""]).transform((v) => v === "1" || v === "true");

/** The address of somebody else's sign-in. */
const webAddress = z
  .url({ protocol: /^https?$/, error: "must be an https:// address" })
  .refine((url) => isPrivateOnTheWay(url) && !/[?#@]/.test(url), "must be an https:// address without query");

const Environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }).optional(),
  GREENFLAG_DATA_DIR: text.default(() => join(envPaths("greenflag", { suffix: "" }).data)),
  GREENFLAG_MEMBER: z.email().toLowerCase().optional(),
  GREENFLAG_TOOLSETS: text.optional(),
  GREENFLAG_READ_ONLY: flag.default(false),
  GREENFLAG_TEMPLATES_DIR: text.optional(),
  GREENFLAG_FILES_DIR: text.optional(),
  GREENFLAG_CONFIRM: z.enum(["code", "elicit"]).default("code"),
  GREENFLAG_HOST: text.default("127.0.0.1"),
  GREENFLAG_PORT: z.coerce.number().int().min(0).max(65_535).default(3130),
  GREENFLAG_PUBLIC_URL: text
    .refine(
      (url) => isPrivateOnTheWay(url) && new URL(url).origin === url,
      "must be an https:// origin such as https://hiring.example.com, without path or trailing slash",
    )
    .optional(),
  GREENFLAG_OIDC_ISSUER: webAddress.optional(),
  GREENFLAG_AUTH_SECRET: z.string().min(32, "must have 32 characters or more").optional(),
  GREENFLAG_GOOGLE_CLIENT_ID: text.optional(),
  GREENFLAG_GOOGLE_CLIENT_SECRET: text.optional(),
  GREENFLAG_GOOGLE_ISSUER: webAddress.default("https://accounts.google.com"),
  GREENFLAG_GITHUB_CLIENT_ID: text.optional(),
  GREENFLAG_GITHUB_CLIENT_SECRET: text.optional(),
  GREENFLAG_GITHUB_URL: webAddress.default("https://github.com"),
  GREENFLAG_SIGN_IN_OIDC_ISSUER: webAddress.optional(),
  GREENFLAG_SIGN_IN_OIDC_CLIENT_ID: text.optional(),
  GREENFLAG_SIGN_IN_OIDC_CLIENT_SECRET: text.optional(),
  GREENFLAG_SIGN_IN_OIDC_NAME: text.max(40).default("your company account"),
  GITHUB_TOKEN: text.optional(),
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default("https://api.github.com"),
  GREENFLAG_GITHUB_OWNER: text.optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be smtp://HOST:PORT or smtps://HOST:PORT" })
    .refine(
      (url) => !URL.canParse(url) || (new URL(url).hostname !== "" && new URL(url).search === ""),
      "holds options, which are not read",
    )
    .optional(),
  GREENFLAG_COMPANY: text
    .max(100)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, "must be one line of plain text")
    .optional(),
  GREENFLAG_MAIL_FROM: z.email().optional(),
  GREENFLAG_SEND_DELAY: z.coerce.number().int().min(0).max(86_400).default(120),
  GREENFLAG_UNSUBSCRIBE_URL: z.url({ protocol: /^https$/, error: "must be an https:// address" }).optional(),
  GREENFLAG_LOG: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

/** The settings of the program, read from the environment and checked once. */
export type Config = Readonly<{
  databaseUrl: string | undefined;
  dataDir: string;
  member: string | undefined;
  toolsets: readonly string[] | undefined;
  readOnly: boolean;
  templatesDir: string | undefined;
  /** Folders beside the user's own in which files may be named. */
  filesDirs: readonly string[];
  confirm: "code" | "elicit";
  host: string;
  port: number;
  /** The origin by which clients know this server. */
  publicUrl: string | undefined;
  /** A company's own provider, where people sign in. */
  oidcIssuer: string | undefined;
  /** What the authorization server inside signs and encrypts with. */
  authSecret: string | undefined;
  /** The accounts elsewhere that people may sign in with. */
  signInProviders: readonly SignInProvider[];
  githubToken: string | undefined;
  githubApiUrl: string;
  githubOwner: string | undefined;
  smtpUrl: string | undefined;
  company: string | undefined;
  mailFrom: string | undefined;
  sendDelay: number;
  unsubscribeUrl: string | undefined;
  logLevel: z.infer<typeof Environment>["GREENFLAG_LOG"];
}>;

/** What Claude Desktop hands on for a question that was left open. */
const UNANSWERED = /^\$\{user_config\.\w+\}$/;
const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== "" && !UNANSWERED.test(value);

/**
 * Reads the environment; an empty variable counts as not set, and so does a question that a host left open.
 * @throws DomainError `invalid` naming each variable that is wrong, never its value (it may be a secret).
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => isSet(value)));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new DomainError(
      "invalid",
      `The environment is not right. ${wrong.join("; ")}.`,
      "docs/configuration.md lists every variable.",
    );
  }
  const e = parsed.data;
  return Object.freeze({
    databaseUrl: e.DATABASE_URL,
    dataDir: e.GREENFLAG_DATA_DIR,
    member: e.GREENFLAG_MEMBER,
    toolsets: e.GREENFLAG_TOOLSETS?.split(",").map((name) => name.trim()),
    readOnly: e.GREENFLAG_READ_ONLY,
    templatesDir: e.GREENFLAG_TEMPLATES_DIR,
    filesDirs: foldersOf(e.GREENFLAG_FILES_DIR),
    confirm: e.GREENFLAG_CONFIRM,
    host: e.GREENFLAG_HOST,
    port: e.GREENFLAG_PORT,
    publicUrl: e.GREENFLAG_PUBLIC_URL,
    oidcIssuer: e.GREENFLAG_OIDC_ISSUER,
    authSecret: e.GREENFLAG_AUTH_SECRET,
    signInProviders: providersOf(e),
    githubToken: e.GITHUB_TOKEN,
    githubApiUrl: e.GITHUB_API_URL,
    githubOwner: e.GREENFLAG_GITHUB_OWNER,
    smtpUrl: e.SMTP_URL,
    company: e.GREENFLAG_COMPANY,
    mailFrom: e.GREENFLAG_MAIL_FROM,
    sendDelay: e.GREENFLAG_SEND_DELAY,
    unsubscribeUrl: e.GREENFLAG_UNSUBSCRIBE_URL,
    logLevel: e.GREENFLAG_LOG,
  });
}

/** Every provider whose id and secret are set. @throws DomainError `invalid` where one of them is missing. */
function providersOf(e: z.infer<typeof Environment>): SignInProvider[] {
  const clientOf = (name: ClientName): { clientId: string; clientSecret: string } | undefined => {
    const [clientId, clientSecret] = [e[`${name}_ID`], e[`${name}_SECRET`]];
    if (clientId === undefined && clientSecret === undefined) return undefined;
    if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
    throw new DomainError(
      "invalid",
      `The environment is not right. ${name}_${clientId === undefined ? "ID" : "SECRET"}: must be set too.`,
      "The provider gives out both.",
    );
  };
  const [google, github, oidc] = [
    clientOf("GREENFLAG_GOOGLE_CLIENT"),
    clientOf("GREENFLAG_GITHUB_CLIENT"),
    clientOf("GREENFLAG_SIGN_IN_OIDC_CLIENT"),
  ];
  const { GREENFLAG_SIGN_IN_OIDC_ISSUER: issuer, GREENFLAG_SIGN_IN_OIDC_NAME: name } = e;
  if ((oidc === undefined) !== (issuer === undefined))
    throw new DomainError(
      "invalid",
      "The environment is not right. GREENFLAG_SIGN_IN_OIDC_ISSUER: goes with its CLIENT_ID and CLIENT_SECRET.",
      "Set all three, or none.",
    );
  const githubAt = { url: e.GREENFLAG_GITHUB_URL.replace(/\/$/, ""), apiUrl: e.GITHUB_API_URL };
  return [
    ...(google
      ? [{ id: "google", name: "Google", issuer: e.GREENFLAG_GOOGLE_ISSUER, ...google } as const]
      : []),
    ...(github ? [{ id: "github", name: "GitHub", github: githubAt, ...github } as const] : []),
    ...(oidc && issuer ? [{ id: "company", name, issuer, ...oidc } as const] : []),
  ];
}

type ClientName = "GREENFLAG_GOOGLE_CLIENT" | "GREENFLAG_GITHUB_CLIENT" | "GREENFLAG_SIGN_IN_OIDC_CLIENT";

/** Several folders are parted as in the system's own PATH. */
const foldersOf = (value = ""): string[] =>
  value
    .split(delimiter)
    .filter((folder) => folder.trim() !== "")
    .map((folder) => resolve(folder.trim()));

/** What a host must hand on so that the server it starts opens the same data for the same member. */
export type HandedOn = {
  readonly env: Readonly<Record<string, string>>;
  /** Where Windows keeps the settings of programs. */
  readonly appData: string | undefined;
};

/** The variables that say whose data is opened, as far as they are set; paths are made absolute. */
export function readHandedOn(env: NodeJS.ProcessEnv = process.env): HandedOn {
  const { GREENFLAG_DATA_DIR: directory, GREENFLAG_MEMBER: member, APPDATA: appData } = env;
  const files = foldersOf(env.GREENFLAG_FILES_DIR).join(delimiter);
  return {
    env: {
      ...(directory ? { GREENFLAG_DATA_DIR: resolve(directory) } : {}),
      ...(member ? { GREENFLAG_MEMBER: member } : {}),
      ...(files ? { GREENFLAG_FILES_DIR: files } : {}),
    },
    appData: appData || undefined,
  };
}
