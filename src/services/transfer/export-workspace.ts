import { DomainError } from "../../domain/errors.ts";
import { schemaVersion } from "../../store/database/migrate.ts";
import type { Db } from "../../store/store.ts";
import { type Column, columnsByTable } from "../../store/transfer/columns.ts";
import { fixValueFormats, readRows, type StoredRow } from "../../store/transfer/read-rows.ts";
import { COPIED_TABLES, TRANSFER_TABLES, type TransferTable } from "../../store/transfer/tables.ts";
import { type Header, type Schema, storedFilePath } from "../../transfer/archive/format.ts";
import { writeArchive } from "../../transfer/archive/write-archive.ts";
import type { Upkeep } from "../upkeep.ts";

export type ExportInput = {
  /** An absolute path that does not exist, or an empty folder. */
  readonly directory: string;
  /** The version of this program. */
  readonly version: string;
};

/**
 * Writes everything that the workspace holds into a folder: one moment of it, whole or not at all. Others work on
 * meanwhile; with the embedded database their calls wait.
 */
export function exportWorkspace(at: Upkeep, { directory, version }: ExportInput, now: Date): Promise<Header> {
  const { workspaceId, engine } = at;
  return writeArchive(directory, (archive) =>
    at.snapshot(async (tx) => {
      await fixValueFormats(tx);
      const columns = await columnsByTable(tx);
      for (const table of COPIED_TABLES) {
        const read = { columns: columns.get(table.name) ?? [], workspaceId };
        await archive.table(table.name, whileWanted(at.signal, readRows(tx, table, read)));
      }
      await archive.schema(schemaOf(columns));
      return {
        greenflag_export: 1,
        release: version,
        migrations: (await schemaVersion(tx as Db)).applied,
        engine: engine.name,
        when: now.toISOString(),
        workspace: workspaceId,
      };
    }),
  );
}

/** Ends the reading when the caller has gone away. */
async function* whileWanted(
  signal: AbortSignal,
  pages: AsyncIterable<readonly StoredRow[]>,
): AsyncGenerator<readonly StoredRow[]> {
  for await (const page of pages) {
    if (signal.aborted) throw new DomainError("declined", "The export was cancelled; nothing was written.");
    yield page;
  }
}

function schemaOf(columns: ReadonlyMap<string, readonly Column[]>): Schema {
  const describe = ({ name, how, key, file, why }: TransferTable): Schema["tables"][number] => {
    if (how !== "copied") return { name, rows: how, ...(why === undefined ? {} : { why }) };
    return {
      name,
      rows: how,
      primary_key: ["workspace_id", ...key],
      columns: (columns.get(name) ?? [])
        .filter((column) => column.name !== file?.bytes)
        .map((column) => ({ name: column.name, type: column.type, nullable: column.nullable })),
      ...(file && { file: { column: file.bytes, path: storedFilePath("<id>", `.${file.extension}`) } }),
    };
  };
  return { tables: TRANSFER_TABLES.map(describe) };
}
