import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { version } from "../app.ts";
import type { Config } from "../config.ts";
import { pluralize } from "../domain/pluralize.ts";
import { checkRecord, createChecks } from "./checks.ts";
import { contentText } from "./export.ts";
import { print, withProgress } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

export type RestoreOptions = {
  readonly directory: string;
  /** A list of people who were erased since, or the folder of a later backup. */
  readonly erased?: string | undefined;
};

/** The list that erasures leave beside an embedded database: who is on it is erased again after a restore. */
const ERASED_LIST = "erased.jsonl";

/** Makes the workspace of an export again in an empty database, then checks it. */
export const restore = (config: Config, { directory, erased }: RestoreOptions): Promise<void> =>
  withApp(config, { command: "greenflag restore" }, async (app) => {
    const { archives, startUpkeep } = await app.services();
    const at = await startUpkeep({ signal: NEVER_CANCELLED });
    const own = config.databaseUrl === undefined ? [resolve(config.dataDir, ERASED_LIST)] : [];
    const lists = [
      ...(erased === undefined ? [] : [resolve(erased)]),
      ...own.filter((path) => existsSync(path)),
    ];
    const { header, unsent, erasedAgain } = await withProgress(
      () => "Restoring; nothing is kept before all of it is there.",
      () => archives.restore(at, { directory: resolve(directory), version: version(), erased: lists }),
    );
    print(`Restored from ${join(resolve(directory))}, written ${header.when}: ${contentText(header)}.`);
    if (erasedAgain > 0)
      print(`${pluralize(erasedAgain, "person", "people")} erased since were erased again.`);
    if (unsent > 0)
      print(
        `${pluralize(unsent, "confirmed message")} had not left when the backup was made. Whether they left since is not ` +
          "known, so none is sent by itself: look at each with send_message.",
      );
    await checkRecord(createChecks(app));
  });
