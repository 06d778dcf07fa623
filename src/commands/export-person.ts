import { resolve } from "node:path";
import type { Config } from "../config.ts";
import { ADMINISTER } from "../domain/access.ts";
import { pluralize } from "../domain/pluralize.ts";
import type { LeftOut } from "../services/personal-data/person-file.ts";
import { writeFolder } from "../transfer/person/write-folder.ts";
import { personPage } from "./person-page.ts";
import { withFileNames } from "./person-to-hand-out.ts";
import { print } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

/** Writes what a candidate is owed of their own record into a new folder: a page, the same as data, and their files. */
export async function exportPerson(
  config: Config,
  { application, out }: { readonly application: string; readonly out: string },
): Promise<void> {
  await withApp(config, { command: "greenflag export" }, async (app) => {
    const { personFiles, startSession } = await app.services();
    const caller = { client: "greenflag", tool: "export", access: ADMINISTER, signal: NEVER_CANCELLED };
    const session = await startSession(caller);
    const loaded = await personFiles.load(session, application);
    const { person, originals } = withFileNames(loaded);
    const target = resolve(out);
    await writeFolder(target, [
      { path: "index.html", content: async () => personPage(person) },
      { path: "person.json", content: async () => `${JSON.stringify(person, null, 2)}\n` },
      ...originals.map(({ path, ...of }) => ({ path, content: () => personFiles.original(session, of) })),
    ]);
    const count = pluralize(originals.length, "original file");
    print(`${loaded.references.join(", ")}: written to ${target}: index.html, person.json and ${count}.`);
    for (const line of leftOutLines(loaded.left_out)) print(line);
    print("Read it before you hand it over: what colleagues wrote may say something about others.");
  });
}

/** What is on record and not in the folder, for whoever hands it over. */
export const leftOutLines = (leftOut: readonly LeftOut[]): string[] =>
  leftOut.map((one) =>
    one.what === "referrer"
      ? `${one.reference}: who referred them is on record, and is not in it.`
      : `${one.reference}: not in it, because you may not see them yet: ${one.words}. Let an admin who may make the export.`,
  );
