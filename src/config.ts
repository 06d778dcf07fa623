import { delimiter, join, resolve } from "node:path";
import envPaths from "env-paths";
import * as z from "zod";
import { DomainError } from "./domain/errors.ts";

const text = z.string().trim().min(1);
const flag = z.enum(["0", "1", "true", "false", ""]).transform((v) => v === "1" || v === "true");

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
  GITHUB_TOKEN: text.optional(),
  GITHUB_API_URL: z.url({ protocol: /^https?$/ }).default("https://api.github.com"),
  GREENFLAG_GITHUB_OWNER: text.optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be smtp://HOST:PORT or smtps://HOST:PORT" })
    .refine(
      (url) => new URL(url).hostname !== "" && new URL(url).search === "",
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
  GREENFLAG_PUBLIC_URL: z
    .url({ protocol: /^https$/, error: "must be an https:// address" })
    .refine((url) => new URL(url).href === `${new URL(url).origin}/`, "must have no path")
    .transform((url) => new URL(url).origin)
    .optional(),
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
  githubToken: string | undefined;
  githubApiUrl: string;
  githubOwner: string | undefined;
  smtpUrl: string | undefined;
  company: string | undefined;
  mailFrom: string | undefined;
  sendDelay: number;
  unsubscribeUrl: string | undefined;
  /** The address by which people reach this server, without a path. */
  publicUrl: string | undefined;
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
      "The README lists every variable.",
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
    githubToken: e.GITHUB_TOKEN,
    githubApiUrl: e.GITHUB_API_URL,
    githubOwner: e.GREENFLAG_GITHUB_OWNER,
    smtpUrl: e.SMTP_URL,
    company: e.GREENFLAG_COMPANY,
    mailFrom: e.GREENFLAG_MAIL_FROM,
    sendDelay: e.GREENFLAG_SEND_DELAY,
    unsubscribeUrl: e.GREENFLAG_UNSUBSCRIBE_URL,
    publicUrl: e.GREENFLAG_PUBLIC_URL,
    logLevel: e.GREENFLAG_LOG,
  });
}

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
