import type { App } from "../app.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { hintOf } from "../mcp/text/remedy.ts";
import type { Services } from "../services/services.ts";
import type { Upkeep } from "../services/upkeep.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED } from "./with-app.ts";

const MAX_BROKEN_CHAINS_SHOWN = 10;

type Look = (at: Upkeep, services: Services) => Promise<string>;
export type Checks = {
  /** Prints what a look at the installation shows. Where it throws, the program exits with 1. */
  check(what: string, look: () => Promise<string>): Promise<void>;
  /** Looks at the database as the person at the machine. */
  examine(look: Look): Promise<string>;
};

/** The checks of one command. */
export const createChecks = (app: App): Checks => ({
  async check(what, look) {
    try {
      print(`ok    ${what}: ${await look()}`);
    } catch (error) {
      process.exitCode = 1;
      const ours = error instanceof DomainError;
      print(
        `WRONG ${what}: ${ours ? `${error.message} ${hintOf(error) ?? ""}` : "a defect; the log has it"}`,
      );
      if (!ours) app.log.error({ err: error }, what);
    }
  },
  async examine(look) {
    const services = await app.services();
    return look(await services.startUpkeep({ isRead: true, signal: NEVER_CANCELLED }), services);
  },
});

/** Whether the database is of this release, and its history is as it was written. */
export async function checkRecord({ check, examine }: Checks): Promise<void> {
  await check("schema", () => examine(schema));
  await check("history", () => examine(history));
}

async function schema(at: Upkeep, { upkeep }: Services): Promise<string> {
  const { applied, shipped } = await upkeep.schema(at);
  if (applied === shipped) return `${pluralize(applied, "migration")}, up to date`;
  const newer = "The database was migrated by a newer release; update this one.";
  throw new DomainError(
    "conflict",
    `${pluralize(applied, "migration is", "migrations are")} applied and this release has ${shipped}.`,
    newer,
  );
}

async function history(at: Upkeep, { upkeep }: Services): Promise<string> {
  const broken = await upkeep.broken(at, MAX_BROKEN_CHAINS_SHOWN);
  if (broken.length === 0) return "every chain of events adds up";
  const where = broken.map(({ chainId, seq }) => `${chainId} at ${seq}`).join(", ");
  throw new DomainError(
    "conflict",
    `Events were changed or removed: ${where}.`,
    "Compare with a backup; the program itself never changes one.",
  );
}
