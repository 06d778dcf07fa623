import { posix, win32 } from "node:path";
import type { Host } from "./hosts.ts";

/** The name under which hosts list this server. */
const NAME = "greenflag";

/** The bridge from standard input and output to an address, for hosts that take no address. */
const BRIDGE = { command: "npx", args: ["-y", "mcp-remote"], variable: "GREENFLAG_AUTHORIZATION" };

/** This machine, as far as a host's file depends on it. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Where Windows keeps the settings of programs. */
  readonly appData: string | undefined;
};

/** A server as it is started: absolute paths, since a host starts it from wherever it likes. */
export type Program = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/** The file in which a host looks for servers, for every project of this user. */
export function fileOf({ file }: Host, { platform, home, appData }: Machine): string {
  const { join } = platform === "win32" ? win32 : posix;
  const settings = {
    win32: appData ?? join(home, "AppData", "Roaming"),
    darwin: join(home, "Library", "Application Support"),
    other: join(home, ".config"),
  };
  const base = platform === "win32" || platform === "darwin" ? settings[platform] : settings.other;
  return join(file.below === "home" ? home : base, ...file.path);
}

/** What is pasted so that a host starts the server. */
export function startedBlock({ format }: Host, { command, args, env }: Program): string {
  const withEnv = Object.keys(env).length === 0 ? {} : { env };
  if (format.as === "toml") return toml(format.table, { command, args }, env);
  return asJson(format.key, { ...format.stdio, command, args, ...withEnv });
}

/** What is pasted so that a host speaks to a server that runs already, with a personal token where one is given. */
export function runningBlock({ format }: Host, url: string, token?: string): string {
  const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  if (format.as === "toml") return toml(format.table, { url, ...(headers && { http_headers: headers }) }, {});
  if (format.http !== "bridge")
    return asJson(format.key, {
      ...format.http.beside,
      [format.http.address]: url,
      ...(headers && { headers }),
    });
  const args = [...BRIDGE.args, url, ...(isPlainHttp(url) ? ["--allow-http"] : [])];
  if (!headers) return asJson(format.key, { command: BRIDGE.command, args });
  // The bridge takes the header from a variable, because hosts break arguments that hold a space.
  const env = { [BRIDGE.variable]: headers.Authorization };
  const header = ["--header", `Authorization:\${${BRIDGE.variable}}`];
  return asJson(format.key, { command: BRIDGE.command, args: [...args, ...header], env });
}

/** Whether an address is of another machine and not encrypted. */
function isPlainHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

/** The host's own command that does what pasting the block of a running server does; undefined where it has none. */
export function runningCommandOf({ command }: Host, url: string, token: string): string | undefined {
  if (command === undefined) return undefined;
  const header = ["--header", `Authorization: Bearer ${token}`];
  return [...command, "--transport", "http", NAME, url, ...header].map(shellWord).join(" ");
}

/** The host's own command that does what pasting the block does; undefined where it has none. */
export function commandOf(host: Host, { command, args, env }: Program): string | undefined {
  if (host.command === undefined) return undefined;
  // The option for variables takes every word up to the next option, so that it cannot stand before the name.
  const [program = "", ...words] = host.command;
  const at = words.findIndex((word) => word.startsWith("--"));
  const variables = Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
  const all = [
    program,
    ...words.slice(0, at),
    ...variables,
    ...words.slice(at),
    NAME,
    "--",
    command,
    ...args,
  ];
  return all.map(shellWord).join(" ");
}

const asJson = (key: string, server: object): string =>
  JSON.stringify({ [key]: { [NAME]: server } }, null, 2);

type TomlValue = string | readonly string[] | Readonly<Record<string, string>>;

/** TOML's basic strings and lists of them are written as JSON's are, tables with an equals sign. */
function tomlValue(value: TomlValue): string {
  if (typeof value === "string" || Array.isArray(value)) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, text]) => `${key} = ${JSON.stringify(text)}`)
    .join(", ")} }`;
}

function toml(table: string, server: Readonly<Record<string, TomlValue>>, env: Program["env"]): string {
  const lines = (values: Readonly<Record<string, TomlValue>>) =>
    Object.entries(values).map(([key, value]) => `${key} = ${tomlValue(value)}`);
  const variables = Object.keys(env).length === 0 ? [] : ["", `[${table}.${NAME}.env]`, ...lines(env)];
  return [`[${table}.${NAME}]`, ...lines(server), ...variables].join("\n");
}

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
