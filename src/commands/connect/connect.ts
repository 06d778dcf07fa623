import { readFileSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join, resolve } from "node:path";
import type { Config, HandedOn } from "../../config.ts";
import { DomainError, notAllowed } from "../../domain/errors.ts";
import { print } from "../terminal.ts";
import {
  commandOf,
  fileOf,
  type Machine,
  type Program,
  runningBlock,
  runningCommandOf,
  shellWord,
  startedBlock,
} from "./blocks.ts";
import { HOSTS, type Host } from "./hosts.ts";

export type Connection = {
  readonly machine: Machine;
  readonly program: Program;
  /** Where a server that runs already is reached. */
  readonly url: string;
  /** Whether a database server is set, whose address may hold a password. */
  readonly databaseServer: boolean;
  /** The package that npm would install, where this copy lies in npx's cache. */
  readonly cachedPackage?: string | undefined;
};

/**
 * Prints what to paste so that a host starts this very program, and where.
 * @param script the absolute path of the program
 * @throws DomainError `invalid` for a host that is not known, naming the known ones
 */
export function connect(name: string, config: Config, set: HandedOn, script: string): void {
  const machine = thisMachine(set);
  const program = { command: process.execPath, args: [script], env: set.env };
  const url = ownAddress(config);
  const databaseServer = config.databaseUrl !== undefined;
  const cachedPackage = packageInNpxCache(script);
  for (const line of connectLines(name, { machine, program, url, databaseServer, cachedPackage }))
    print(line);
}

/** This machine, as far as the file of a host depends on it. */
export const thisMachine = ({ appData }: Pick<HandedOn, "appData">): Machine => ({
  platform: process.platform,
  home: homedir(),
  appData,
});

/**
 * Where the server with these settings is reached: at its public address if it has one, and under this machine's name where it
 * listens on every address.
 */
export function ownAddress({
  host,
  port,
  publicUrl,
}: Pick<Config, "host" | "port"> & Partial<Config>): string {
  if (publicUrl !== undefined) return `${publicUrl}/mcp`;
  const name = host === "0.0.0.0" || host === "::" ? hostname() : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}/mcp`;
}

/**
 * The address of a server as it is pasted.
 * @throws DomainError `invalid` for what is no address of one
 */
export function mcpAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && url.search === "" && url.hash === "" && url.username === "";
  if (isPlain && /^https?:$/.test(url.protocol) && url.pathname === "/mcp") return url.href;
  throw new DomainError(
    "invalid",
    `--url: ${JSON.stringify(text)} is not the address of a server.`,
    "It is https://HOST/mcp, or http://HOST:PORT/mcp in a private network, and holds no token.",
  );
}

/** Where a token goes that whoever pastes a block puts in themselves. */
const TOKEN_HERE = "YOUR_TOKEN";

/**
 * Prints what to paste so that a host speaks to a server that runs elsewhere.
 * @throws DomainError `invalid` for a host that is not known or an address that cannot be
 */
export function connectTo(name: string, url: string, set: HandedOn): void {
  const connection = { machine: thisMachine(set), url: mcpAddress(url) };
  for (const line of toServerLines(name, connection)) print(line);
}

/**
 * What `connect --url` prints, for any machine.
 * @throws DomainError `invalid` for a host that is not known
 */
export function toServerLines(
  name: string,
  { machine, url, token }: Pick<Connection, "machine" | "url"> & { readonly token?: string },
): readonly string[] {
  const host = hostNamed(name);
  const command = runningCommandOf(host, url, token ?? TOKEN_HERE);
  return [
    ...whereTo(host, machine),
    "",
    runningBlock(host, url, token ?? TOKEN_HERE),
    ...(command === undefined ? [] : ["", "Or let the host write it:", "", command]),
    ...(token === undefined
      ? [
          "",
          `In place of ${TOKEN_HERE} goes your personal token. An admin makes one: greenflag token add EMAIL`,
        ]
      : []),
    ...(isBridged(host)
      ? [
          "",
          `${host.title}'s own file takes neither an address nor a header: the program mcp-remote, which npx fetches from npm,`,
          "stands between. Its connectors take no token; they need a server with sign-in at a public https address.",
        ]
      : []),
  ];
}

/** What was given to npx, as `npm install` takes it; undefined for a copy that does not lie in npx's cache. */
function packageInNpxCache(script: string): string | undefined {
  const [, folder] = /^(.*[\\/]_npx[\\/][^\\/]+)[\\/]/.exec(script) ?? [];
  if (folder === undefined) return undefined;
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const wanted = dependencies.greenflag ?? "latest";
  return wanted.startsWith("file:") ? resolve(folder, wanted.slice("file:".length)) : `greenflag@${wanted}`;
}

/** What `connect` prints, for any machine. Throws as `connect` does. */
export function connectLines(
  name: string,
  { machine, program, url, databaseServer, cachedPackage }: Connection,
): readonly string[] {
  const host = hostNamed(name);
  const command = commandOf(host, program);
  return [
    ...whereTo(host, machine),
    "",
    startedBlock(host, program),
    ...(command === undefined ? [] : ["", "Or let the host write it:", "", command]),
    "",
    ...notes(name, { databaseServer, cachedPackage }),
    ...running(host, url),
  ];
}

function hostNamed(name: string): Host {
  const host = Object.entries(HOSTS).find(([known]) => known === name)?.[1];
  if (host === undefined) throw notAllowed("host", name, Object.keys(HOSTS));
  return host;
}

const whereTo = (host: Host, machine: Machine): readonly string[] => [
  `${host.title}: put this into ${fileOf(host, machine)}`,
  "If the file has content already, add the entry greenflag to what is there.",
  `Then ${host.reload}.`,
];

/** Whether a host takes no address, so that a program stands between. */
const isBridged = ({ format }: Host): boolean => format.as === "json" && format.http === "bridge";

function notes(
  host: string,
  { databaseServer, cachedPackage }: Pick<Connection, "databaseServer" | "cachedPackage">,
): string[] {
  return [
    ...(cachedPackage === undefined
      ? []
      : [
          "This works until npm empties npx's cache, where this copy lies. To keep one, install it and connect it instead:",
          "",
          `npm install --global ${shellWord(cachedPackage)} && greenflag connect ${host}`,
          "",
        ]),
    ...(databaseServer
      ? ["DATABASE_URL is set here and left out above, since it may hold a password: add it under env.", ""]
      : []),
  ];
}

function running(host: Host, url: string): string[] {
  return [
    `To use a server that runs already (greenflag serve, at ${url}), put this there instead:`,
    "",
    runningBlock(host, url),
    ...(isBridged(host)
      ? [
          "",
          `${host.title} starts programs only, and its connectors reach public https addresses only: the program`,
          "mcp-remote, which npx fetches from npm, stands between. It takes http for this machine.",
        ]
      : []),
  ];
}
