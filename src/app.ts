import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Config } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import { type FirstAdmin, isUnreachable } from "./domain/member.ts";
import { ownFolders } from "./files/allowed-path.ts";
import { createLog, type Log } from "./log.ts";
import type { ServerDeps } from "./mcp/server-deps.ts";
import { firstAdminText } from "./mcp/text/first-admin.ts";
import { TOOLSETS, type Tool } from "./mcp/tool.ts";
import { tools } from "./mcp/tools/index.ts";
import type { Dispatcher } from "./services/outreach/dispatcher.ts";
import type { Services } from "./services/services.ts";
import type { ServiceSettings } from "./services/settings.ts";
import type { Database, EmbeddedDatabaseDeps } from "./sharing/database.ts";
import type { StoreOptions } from "./store/database/open.ts";
import type { Store } from "./store/store.ts";

export type App = {
  readonly log: Log;
  readonly server: ServerDeps;
  /** The opened store, for benchmarks. Throws when another process has the database open. */
  store(): Promise<Store>;
  services(): Promise<Services>;
  /** Starts sending confirmed messages where there is a mail server. For processes that keep running. */
  startSending(): Promise<void>;
  close(): Promise<void>;
};

export type AppOptions = {
  /** The name of this process in the error that another process gets when it finds the database in use. */
  readonly command: string;
  /** Whether callers may name files on this machine. */
  readonly allowFiles: boolean;
  readonly now?: () => Date;
};

/**
 * Wires the program. Drivers, catalogue and database are loaded when they are first needed, so a client that only lists
 * the tools gets an answer without waiting for them.
 */
export function createApp(config: Config, options: AppOptions): App {
  const log = createLog(config.logLevel);
  const now = options.now ?? (() => new Date());
  const settings = settingsOf(config, options);
  const database = memoizeAsync(() =>
    databaseOf(config, options.command, { settings, servicesFor, log, now }),
  );
  const openHere = async () => (await database.get()).store();
  const dispatcher = memoizeAsync(async () => createDispatcherFor(config, { store: openHere, now, log }));

  /** The use cases as a process with these settings has them, on the database that is open in this one. */
  async function servicesFor(of: ServiceSettings): Promise<Services> {
    const { servicesWith } = await import("./use-cases.ts");
    return servicesWith(of, {
      store,
      now,
      // Mail leaves from the process that has the database open, whoever wrote it.
      mail: {
        canSend: canSend(config),
        from: config.mailFrom,
        delay: config.sendDelay,
        unsubscribeUrl: config.unsubscribeUrl,
        due: (at) => void dispatcher.started()?.then((sender) => sender?.due(at)),
      },
    });
  }

  async function store(): Promise<Store> {
    const opened = await openHere();
    if (opened !== undefined) return opened;
    throw new DomainError("unavailable", "Another process has the database open.", "Close it, then repeat.");
  }

  const services = memoizeAsync(async () => {
    const { shareServices } = await import("./sharing/share.ts");
    return shareServices(await servicesFor(settings), await database.get());
  });
  return {
    log,
    server: {
      services: services.get,
      tools: offered(config),
      confirm: config.confirm,
      publicUrl: config.publicUrl,
      version: version(),
      log,
    },
    store,
    services: services.get,
    startSending: async () => (await dispatcher.get())?.start(),
    async close() {
      await (await dispatcher.started()?.catch(() => undefined))?.stop();
      await (await database.started()?.catch(() => undefined))?.close();
    },
  };
}

/** Starts sending. When it cannot, it logs the reason, and the server works without sending. */
export function startSending(app: App): void {
  app.startSending().catch((error: unknown) => app.log.error({ err: error }, "nothing is sent"));
}

/** Makes a value when it is first needed and keeps it. A failure is not kept, so the next caller tries again. */
function memoizeAsync<T>(make: () => Promise<T>): { get(): Promise<T>; started(): Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  return {
    started: () => made,
    get() {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
  };
}

type Sending = { store: () => Promise<Store | undefined>; now: () => Date; log: Log };

async function createDispatcherFor(config: Config, deps: Sending): Promise<Dispatcher | undefined> {
  if (config.smtpUrl === undefined || !canSend(config)) return undefined;
  const { dispatcherFor } = await import("./use-cases.ts");
  return dispatcherFor(config.smtpUrl, { ...deps, unsubscribeUrl: config.unsubscribeUrl });
}

/** Whether mail leaves from this process. */
const canSend = ({ smtpUrl, readOnly }: Config): boolean => smtpUrl !== undefined && !readOnly;

const settingsOf = (config: Config, { allowFiles }: AppOptions): ServiceSettings => ({
  member: config.member,
  // Another process that carries out calls for this one may work in another directory.
  allowFiles: allowFiles && [...ownFolders(), ...config.filesDirs],
  templatesDir: config.templatesDir === undefined ? undefined : resolve(config.templatesDir),
  githubToken: config.githubToken,
  githubApiUrl: config.githubApiUrl,
  githubOwner: config.githubOwner,
  company: config.company,
});

type Sharing = Pick<EmbeddedDatabaseDeps, "settings" | "servicesFor" | "log"> & { readonly now: () => Date };

/** Where the database is: on a server, or embedded and shared with the other processes of this machine. */
async function databaseOf(config: Config, command: string, sharing: Sharing): Promise<Database> {
  const { createEmbeddedDatabase, createServerDatabase } = await import("./sharing/database.ts");
  const { databaseUrl, dataDir: directory } = config;
  const options = { databaseUrl, directory, command, firstAdmin: () => firstAdmin(config, sharing.log) };
  if (databaseUrl !== undefined) return createServerDatabase(() => openUpgraded(options, sharing.now));
  const { shippedMigrations } = await import("./store/database/migrate.ts");
  const release = { version: version(), schema: shippedMigrations() };
  const open = (giveUp: () => Promise<void>) => openUpgraded({ ...options, release: giveUp }, sharing.now);
  return createEmbeddedDatabase({ ...sharing, directory, command, release, open });
}

/** Opens the store, and does once what no migration can: it splits the mails that an earlier release stored whole. */
async function openUpgraded(options: StoreOptions, now: () => Date): Promise<Store> {
  const { openStore } = await import("./store/database/open.ts");
  const { splitStoredMails } = await import("./services/candidates/split-stored-mails.ts");
  const store = await openStore(options);
  try {
    await splitStoredMails(store, async () => (await import("./catalog/mail-words.ts")).loadMailWords(), now);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function firstAdmin(config: Config, log: Log): Promise<FirstAdmin> {
  const admin = await localUser(config);
  log[isUnreachable(admin.email) ? "warn" : "info"](admin, firstAdminText(admin));
  return admin;
}

/**
 * The tools that the operator's configuration allows: first by toolset, then, in read-only mode, only those that read.
 */
function offered(config: Config): readonly Tool[] {
  const unknown = config.toolsets?.find((name) => !(TOOLSETS as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new DomainError(
      "invalid",
      `GREENFLAG_TOOLSETS: ${JSON.stringify(unknown)} is not known.`,
      `Allowed: ${TOOLSETS.join(", ")}.`,
    );
  }
  return tools
    .filter((tool) => config.toolsets === undefined || config.toolsets.includes(tool.toolset))
    .filter((tool) => !config.readOnly || tool.effect === "read");
}

/** The user of this machine: name and e-mail from git's configuration, else made from the user name. */
async function localUser(config: Config): Promise<FirstAdmin> {
  const git = async (key: string) => {
    const { stdout } = await promisify(execFile)("git", ["config", "--get", key], { timeout: 2_000 });
    return stdout.trim();
  };
  const { username } = userInfo();
  const gitEmail = (await git("user.email").catch(() => "")).toLowerCase();
  const email = config.member ?? (gitEmail || `${username}@localhost`);
  const name = email === gitEmail ? await git("user.name").catch(() => "") : "";
  const from = config.member !== undefined ? "GREENFLAG_MEMBER" : gitEmail ? "git" : "user name";
  return { email, name: name || nameFrom(email), from, unreachable: isUnreachable(email) };
}

/** A name for a member without one in git, from the e-mail: `mara.lindqvist@example.com` gives Mara Lindqvist. */
function nameFrom(email: string): string {
  const words = (email.split("@")[0] ?? email).split(/[._+-]+/).filter((word) => word.length > 0);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/** The version of this release, from package.json. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
