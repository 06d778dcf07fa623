import type { Command } from "commander";
import { type Config, readConfig, readHandedOn } from "../config.ts";
import { EVERYONE } from "../domain/access.ts";
import { notAllowed } from "../domain/errors.ts";
import type { Services } from "../services/services.ts";
import { mcpAddress, ownAddress, thisMachine, toServerLines } from "./connect/connect.ts";
import { HOSTS } from "./connect/hosts.ts";
import { asMember, emailOf } from "./member.ts";
import { print } from "./terminal.ts";

const DEFAULT_DAYS = "365";
const KNOWN_HOSTS = Object.keys(HOSTS).join(", ");

type AddOptions = { name: string; days: string; host?: string; url?: string };
type Token = Awaited<ReturnType<Services["tokens"]["list"]>>[number];

/** Adds `greenflag token` with what it can do. */
export function addTokenCommands(program: Command): void {
  const token = program.command("token").description("personal tokens, with which members call over HTTP");
  token
    .command("add <email>")
    .description("make a token for a member; it is shown once")
    .option("--name <label>", "what the member knows it by, such as the machine that it is for", "token")
    .option("--days <count>", "how long it is good for, at most 3650 days", DEFAULT_DAYS)
    .option("--host <host>", `also print what to paste into one of ${KNOWN_HOSTS}`)
    .option("--url <address>", "where the server is reached, for what is pasted")
    .action(async (email: string, options: AddOptions) => addToken(readConfig(), email, options));
  token
    .command("list [email]")
    .description("a member's tokens with their last use and expiry; for an admin by default everybody's")
    .action(async (email?: string) => listTokens(readConfig(), email));
  token
    .command("revoke <email>")
    .description("end a member's tokens, from the next call on")
    .option("--name <label>", "only the one of this name")
    .action(async (email: string, { name }: { name?: string }) => revokeTokens(readConfig(), email, name));
}

async function addToken(config: Config, of: string, options: AddOptions): Promise<void> {
  const { name, host } = options;
  const email = emailOf(of);
  const days = Number(options.days);
  // What is wrong is told before there is a token that nobody has seen.
  if (host !== undefined && !Object.hasOwn(HOSTS, host)) throw notAllowed("--host", host, Object.keys(HOSTS));
  const url = options.url === undefined ? ownAddress(config) : mcpAddress(options.url);
  await asMember(config, { name: "token add", access: EVERYONE }, async (session, { tokens }) => {
    const made = await tokens.add(session, { email, name, days });
    const paste =
      host === undefined
        ? [`What a host sends to ${url}:`, "", `Authorization: Bearer ${made.token}`, "", pasteHint(url)]
        : toServerLines(host, { machine: thisMachine(readHandedOn()), url, token: made.token });
    const lines = [
      `A token for ${email}, named ${JSON.stringify(name)}, good until ${dayOf(made.expiresAt)}. It is shown this once:`,
      "",
      made.token,
      "",
      ...(made.isFirst ? [FIRST, ""] : []),
      ...paste,
    ];
    for (const line of lines) print(line);
  });
}

const FIRST =
  "It is the first one: from now on every call over HTTP needs a token, also from this machine. What a host starts itself needs none.";
const pasteHint = (url: string): string =>
  `greenflag connect HOST --url ${url} prints what to paste, for ${KNOWN_HOSTS}.`;

async function listTokens(config: Config, of: string | undefined): Promise<void> {
  const email = of === undefined ? undefined : emailOf(of);
  await asMember(config, { name: "token list", access: EVERYONE }, async (session, { tokens }) => {
    const all = await tokens.list(session, email);
    if (all.length === 0) print("No token was made.");
    for (const token of all) print(tokenLine(token, session.now));
  });
}

/** A token in a line: whose, its label, made, last use, and until when it is or was good. */
export function tokenLine(token: Omit<Token, "id" | "memberId">, now: Date): string {
  const { email, name, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  const used = lastUsedAt === null ? "never used" : `last used ${minuteOf(lastUsedAt)}`;
  const end =
    revokedAt !== null
      ? `revoked ${dayOf(revokedAt)}`
      : `${expiresAt > now ? "good until" : "expired"} ${dayOf(expiresAt)}`;
  return `${email}  ${JSON.stringify(name)}  made ${dayOf(createdAt)}, ${used}, ${end}`;
}

async function revokeTokens(config: Config, of: string, name: string | undefined): Promise<void> {
  const email = emailOf(of);
  await asMember(config, { name: "token revoke", access: EVERYONE }, async (session, { tokens }) => {
    const revoked = await tokens.revoke(session, { email, name });
    print(
      revoked.length === 0
        ? `${email} had no token: nothing was changed.`
        : `Revoked, from the next call on: ${revoked.map((label) => JSON.stringify(label)).join(", ")} of ${email}.`,
    );
  });
}

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
const minuteOf = (time: Date): string => `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
