import * as z from "zod";
import type { Config } from "../config.ts";
import { type AccessRule, ADMINISTER, EVERYONE, READ } from "../domain/access.ts";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { Access } from "../domain/member.ts";
import { commitmentLines } from "../mcp/text/fields/team.ts";
import type { Services } from "../services/services.ts";
import type { Session } from "../services/session.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

/** Puts a person on the hiring team. Adding a member again changes nothing and says so. */
export async function addMember(
  config: Config,
  input: { email: string; name: string; access: string },
): Promise<void> {
  const email = emailOf(input.email);
  const access = accessOf(input.access);
  const name = nameOf(input.name);
  await asMember(config, { name: "member add", access: ADMINISTER }, async (session, { team }) => {
    const added = await team.add(session, { email, name, access });
    print(
      added
        ? `${email} is on the team, with ${access} access.`
        : `${email} was on the team already; nothing was changed.`,
    );
  });
}

export async function listTeam(config: Config): Promise<void> {
  await asMember(config, { name: "member list", access: READ }, async (session, { team, signIns }) => {
    const last = await signIns.lastSignIns(session);
    for (const { id, access, email, name } of await team.list(session)) {
      const day = last.get(id)?.toISOString().slice(0, 10);
      print(`${access.padEnd(15)} ${email}  ${name}${day === undefined ? "" : `  signed in on ${day}`}`);
    }
  });
}

export async function changeAccess(config: Config, input: { email: string; access: string }): Promise<void> {
  const email = emailOf(input.email);
  const access = accessOf(input.access);
  await asMember(config, { name: "member access", access: ADMINISTER }, async (session, { team }) => {
    const { changed, left } = await team.setAccess(session, email, access);
    print(
      changed ? `${email} has ${access} access now.` : `${email} has ${access} access: nothing was changed.`,
    );
    if (left) for (const line of commitmentLines(left, "A viewer can do none of it")) print(line);
  });
}

/** Gives a member another e-mail, and another name where one is given. */
export async function renameMember(
  config: Config,
  input: { readonly from: string; readonly to: string; readonly name?: string | undefined },
): Promise<void> {
  const [from, email] = [emailOf(input.from), emailOf(input.to)];
  const name = input.name === undefined ? undefined : nameOf(input.name);
  await asMember(config, { name: "member rename", access: ADMINISTER }, async (session, { team }) => {
    const now = await team.rename(session, from, { email, name });
    print(
      now.changed
        ? `${from} is ${now.name} <${now.email}> now, and keeps everything.`
        : `${email} is called ${now.name}: nothing was changed.`,
    );
    if (now.changed && from !== email) print(`Where GREENFLAG_MEMBER names ${from}, set it to ${email}.`);
  });
}

/** Takes a person off the team. What they did stays on record under their name. */
export async function removeMember(config: Config, input: { email: string }): Promise<void> {
  const email = emailOf(input.email);
  await asMember(config, { name: "member remove", access: ADMINISTER }, async (session, { team }) => {
    const { left } = await team.remove(session, email);
    print(`${email} is off the team; their record stays.`);
    for (const line of commitmentLines(left, "Nobody waits for them any more")) print(line);
  });
}

/** Ends everything by which a member is signed in. */
export async function signOutMember(config: Config, input: { email: string }): Promise<void> {
  const email = emailOf(input.email);
  await asMember(config, { name: "member sign-out", access: EVERYONE }, async (session, { signIns }) => {
    await signIns.signOutEverywhere(session, email);
    print(`${email} is signed out everywhere and has to sign in again.`);
  });
}

/** Runs one team command as the member of this process, under the command's own access rule. */
export const asMember = (
  config: Config,
  {
    name,
    access,
    allowFiles,
  }: { readonly name: string; readonly access: AccessRule; readonly allowFiles?: boolean },
  work: (session: Session, services: Services) => Promise<void>,
): Promise<void> =>
  withApp(
    config,
    { command: `greenflag ${name.split(" ")[0]}`, ...(allowFiles && { allowFiles }) },
    async (app) => {
      const services = await app.services();
      const caller = { client: "greenflag", tool: name, access, signal: NEVER_CANCELLED };
      await work(await services.startSession(caller), services);
    },
  );

/** An address as it is stored. Throws `invalid` for what is none. */
export function emailOf(text: string): string {
  const parsed = z.email().safeParse(text.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid", `${JSON.stringify(text)} is not an e-mail address.`);
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name.length > 0) return name;
  throw new DomainError("invalid", "--name: missing.", "Give the name as it signs messages.");
}

function accessOf(text: string): Access {
  const parsed = Access.safeParse(text);
  if (parsed.success) return parsed.data;
  throw notAllowed("access", text, Access.options);
}
