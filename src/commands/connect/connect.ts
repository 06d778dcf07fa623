import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Config, HandedOn } from "../../config.ts";
import { notAllowed } from "../../domain/errors.ts";
import { print } from "../terminal.ts";
import {
  commandOf,
  fileOf,
  type Machine,
  type Program,
  runningBlock,
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
  const machine = { platform: process.platform, home: homedir(), appData: set.appData };
  const program = { command: process.execPath, args: [script], env: set.env };
  const url = `http://${config.host}:${config.port}/mcp`;
  const databaseServer = config.databaseUrl !== undefined;
  const cachedPackage = packageInNpxCache(script);
  for (const line of connectLines(name, { machine, program, url, databaseServer, cachedPackage }))
    print(line);
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
  const host: Host | undefined = Object.entries(HOSTS).find(([known]) => known === name)?.[1];
  if (host === undefined) throw notAllowed("host", name, Object.keys(HOSTS));
  const command = commandOf(host, program);
  return [
    `${host.title}: put this into ${fileOf(host, machine)}`,
    "If the file has content already, add the entry greenflag to what is there.",
    `Then ${host.reload}.`,
    "",
    startedBlock(host, program),
    ...(command === undefined ? [] : ["", "Or let the host write it:", "", command]),
    "",
    ...notes(name, { databaseServer, cachedPackage }),
    ...running(host, url),
  ];
}

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
  const bridged = host.format.as === "json" && host.format.http === "bridge";
  return [
    `To use a server that runs already (greenflag serve, at ${url}), put this there instead:`,
    "",
    runningBlock(host, url),
    ...(bridged
      ? [
          "",
          `${host.title} starts programs only, and its connectors reach public https addresses only: the program`,
          "mcp-remote, which npx fetches from npm, stands between. It takes http for this machine.",
        ]
      : []),
  ];
}
