import { resolve } from "node:path";
import { type App, version } from "../app.ts";
import type { Config } from "../config.ts";
import { pluralize } from "../domain/pluralize.ts";
import type { Header } from "../transfer/archive/format.ts";
import { bytesWritten } from "../transfer/archive/write-archive.ts";
import { checkRecord, createChecks } from "./checks.ts";
import { print, withProgress } from "./terminal.ts";
import { NEVER_CANCELLED, withApp } from "./with-app.ts";

/** Writes the whole workspace into a folder. */
export const exportAll = (config: Config, { out }: { readonly out: string }): Promise<void> =>
  withApp(config, { command: "greenflag export" }, async (app) => {
    const { directory, header } = await write(app, out);
    print(`Written to ${directory}: ${contentText(header)}.`);
  });

/** The same, and then reads it as a restore would, and checks the history that it holds. */
export const backup = (config: Config, { out }: { readonly out: string }): Promise<void> =>
  withApp(config, { command: "greenflag backup" }, async (app) => {
    const { directory, header } = await write(app, out);
    print(`Written to ${directory}: ${contentText(header)}.`);
    const checks = createChecks(app);
    await checks.check("files", async () => {
      const { archives, startUpkeep } = await app.services();
      const at = await startUpkeep({ isRead: true, signal: NEVER_CANCELLED });
      await withProgress(
        () => "Reading the files again.",
        () => archives.verify(at, { directory, version: version() }),
      );
      return `${pluralize(Object.keys(header.files).length + header.documents.files, "file")} read again and whole`;
    });
    await checkRecord(checks);
  });

async function write(app: App, out: string): Promise<{ directory: string; header: Header }> {
  const directory = resolve(out);
  const { archives, startUpkeep } = await app.services();
  const at = await startUpkeep({ isRead: true, signal: NEVER_CANCELLED });
  const header = await withProgress(
    async () => `${sizeText(await bytesWritten(directory))} written.`,
    () => archives.export(at, { directory, version: version() }),
  );
  return { directory, header };
}

/** What an export holds, in a line. */
export function contentText({ files, documents }: Header): string {
  const count = (table: string, one: string) => pluralize(files[`${table}.jsonl`]?.rows ?? 0, one);
  const tables = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = [
    count("roles", "role"),
    count("candidates", "candidate"),
    count("applications", "application"),
    `${count("documents", "document")} (${pluralize(documents.files, "original file")})`,
    count("messages", "message"),
    count("events", "event"),
  ];
  return `${parts.join(", ")}; ${sizeText(tables + documents.bytes)}`;
}

const MB = 1_000_000;
const sizeText = (bytes: number): string =>
  bytes < MB ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / MB).toFixed(1)} MB`;
