import * as z from "zod";
import { createApp } from "../app.ts";
import type { Config } from "../config.ts";
import { DomainError, notAllowed, notFound } from "../domain/errors.ts";
import { Access } from "../domain/member.ts";
import { insertMember, saveMember } from "../store/members.ts";
import type { Store } from "../store/store.ts";
import { findMember, listMembers } from "../store/workspaces.ts";
import { print } from "./terminal.ts";

/** Puts a person on the hiring team. Adding one who is there changes nothing and says so. */
export async function addMember(
  config: Config,
  input: { email: string; name: string; access: string },
): Promise<void> {
  const email = emailOf(input.email);
  const access = accessOf(input.access);
  await administer(config, async (store) => {
    const added = await store.write(never, (tx) =>
      insertMember(tx, {
        workspaceId: store.workspaceId,
        email,
        name: input.name.trim(),
        access,
        now: new Date(),
      }),
    );
    print(
      added
        ? `${email} is on the team, with ${access} access.`
        : `${email} was on the team already; nothing was changed.`,
    );
  });
}

export async function listTeam(config: Config): Promise<void> {
  await administer(config, async (store) => {
    const team = await store.read((db) => listMembers(db, store.workspaceId));
    for (const member of team) print(`${member.access.padEnd(15)} ${member.email}  ${member.name}`);
  });
}

export async function changeAccess(config: Config, input: { email: string; access: string }): Promise<void> {
  const access = accessOf(input.access);
  await change(config, input.email, { access }, (email) => `${email} has ${access} access now.`);
}

/** Takes a person off the team. What they did stays on record under their name. */
export async function removeMember(config: Config, input: { email: string }): Promise<void> {
  await change(
    config,
    input.email,
    { removedAt: new Date() },
    (email) => `${email} is off the team; their record stays.`,
  );
}

type Change = { access?: Access; removedAt?: Date };

async function change(
  config: Config,
  given: string,
  changes: Change,
  done: (email: string) => string,
): Promise<void> {
  const email = emailOf(given);
  await administer(config, async (store) => {
    await store.write(never, async (tx) => {
      const found = await findMember(tx, store.workspaceId, email);
      if (!found) throw notFound("member", email, "greenflag member list shows the team.");
      const team = await listMembers(tx, store.workspaceId);
      const admins = team.filter((m) => m.access === "admin");
      if (found.access === "admin" && changes.access !== "admin" && admins.length === 1) {
        throw new DomainError(
          "conflict",
          `${email} is the only admin.`,
          "Make another member an admin first.",
        );
      }
      await saveMember(tx, store.workspaceId, found.id, changes);
    });
    print(done(email));
  });
}

const never = new AbortController().signal;

async function administer(config: Config, work: (store: Store) => Promise<void>): Promise<void> {
  const app = createApp(config, { command: "greenflag member", allowFiles: false });
  try {
    await work(await app.store());
  } finally {
    await app.close();
  }
}

function emailOf(text: string): string {
  const parsed = z.email().safeParse(text.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new DomainError("invalid", `${JSON.stringify(text)} is not an e-mail address.`);
}

function accessOf(text: string): Access {
  const parsed = Access.safeParse(text);
  if (parsed.success) return parsed.data;
  throw notAllowed("access", text, Access.options);
}
