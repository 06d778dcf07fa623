import * as z from "zod";
import type { App } from "../app.ts";
import type { Config } from "../config.ts";
import { DomainError, notAllowed } from "../domain/errors.ts";
import { Access } from "../domain/member.ts";
import { print } from "./terminal.ts";
import { withApp } from "./with-app.ts";

/** Puts a person on the hiring team. Adding one who is there changes nothing and says so. */
export async function addMember(
  config: Config,
  input: { email: string; name: string; access: string },
): Promise<void> {
  const email = emailOf(input.email);
  const access = accessOf(input.access);
  const name = nameOf(input.name);
  await administer(config, async ({ team }) => {
    const added = await team.add(callerFor("add"), { email, name, access });
    print(
      added
        ? `${email} is on the team, with ${access} access.`
        : `${email} was on the team already; nothing was changed.`,
    );
  });
}

export async function listTeam(config: Config): Promise<void> {
  await administer(config, async ({ team }) => {
    for (const member of await team.list(callerFor("list")))
      print(`${member.access.padEnd(15)} ${member.email}  ${member.name}`);
  });
}

export async function changeAccess(config: Config, input: { email: string; access: string }): Promise<void> {
  const email = emailOf(input.email);
  const access = accessOf(input.access);
  await administer(config, async ({ team }) => {
    const { changed, left } = await team.setAccess(callerFor("access"), email, access);
    print(
      changed ? `${email} has ${access} access now.` : `${email} has ${access} access: nothing was changed.`,
    );
    for (const line of left) print(line);
  });
}

/** Takes a person off the team. What they did stays on record under their name. */
export async function removeMember(config: Config, input: { email: string }): Promise<void> {
  const email = emailOf(input.email);
  await administer(config, async ({ team }) => {
    const { left } = await team.remove(callerFor("remove"), email);
    print(`${email} is off the team; their record stays.`);
    for (const line of left) print(line);
  });
}

const callerFor = (act: string) => ({
  client: "greenflag",
  tool: `member ${act}`,
  signal: new AbortController().signal,
});

type Services = Awaited<ReturnType<App["services"]>>;

const administer = (config: Config, work: (services: Services) => Promise<void>): Promise<void> =>
  withApp(config, { command: "greenflag member" }, async (app) => work(await app.services()));

function emailOf(text: string): string {
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
