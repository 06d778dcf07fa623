import type { Config } from "../config.ts";
import { RUN } from "../domain/access.ts";
import { DomainError } from "../domain/errors.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

type Options = {
  readonly until?: string | undefined;
  readonly withdraw?: boolean | undefined;
  readonly how?: string | undefined;
};

/** Puts on record that somebody agreed to stay on file until a day, or took that back. */
export async function consent(
  config: Config,
  application: string,
  { until, withdraw, how }: Options,
): Promise<void> {
  if ((until === undefined) !== (withdraw === true))
    throw new DomainError("invalid", "Give either --until DATE or --withdraw.");
  await withApp(config, { command: "greenflag consent" }, async (app) => {
    const { consents, startSession } = await app.services();
    const caller = { client: "greenflag", tool: "consent", access: RUN, signal: NEVER_CANCELLED };
    const said = await consents.record(await startSession(caller), { application, until, how: how ?? "" });
    const who = `${said.ref} ${said.name}`;
    if (!said.changed) return print(`${who}: it was on record so already.`);
    print(
      said.until === null
        ? `${who}: the consent is withdrawn. The record is kept for its ordinary period and no longer.`
        : `${who}: agreed to stay on file until ${said.until}.`,
    );
  });
}
