import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** The version of the format. It changes when an older release could not read what this one writes. */
export const FORMAT = 1;

export const HEADER_FILE = "greenflag-export.json";
export const SCHEMA_FILE = "schema.json";
export const README_FILE = "README.txt";
export const DOCUMENTS = "documents";

/** Whether a path is a workspace that this program exported. */
export const isOwnExport = (path: string): boolean => existsSync(join(path, HEADER_FILE));

export const tableFile = (table: string): string => `${table}.jsonl`;

/** The path of a file that belongs to a row, inside the archive. An unusual extension is left away. */
export const storedFilePath = (id: string, extension: string): string =>
  `${DOCUMENTS}/${id}${/^\.[a-z0-9]{1,12}$/i.test(extension) ? extension.toLowerCase() : ""}`;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.int().nonnegative();
const FileFacts = z.object({ rows: size.optional(), bytes: size, sha256 });

const HeaderFields = z.object({
  greenflag_export: z.int(),
  release: z.string(),
  migrations: size,
  engine: z.enum(["embedded", "postgresql"]),
  when: z.iso.datetime(),
  workspace: z.uuid(),
  files: z.record(z.string(), FileFacts),
  /** The original files of documents. The hash of each stands beside its row. */
  documents: z.object({ files: size, bytes: size }),
});
export type HeaderFields = z.infer<typeof HeaderFields>;

/** `greenflag-export.json`. */
export const Header = HeaderFields.extend({ checksum: sha256 });
export type Header = z.infer<typeof Header>;

/** What the checksum of a header covers: all of its other fields, as they are written. */
export const checksumOf = (fields: HeaderFields): string =>
  createHash("sha256")
    .update(JSON.stringify(HeaderFields.parse(fields)))
    .digest("hex");

const Column = z.object({ name: z.string(), type: z.string(), nullable: z.boolean() });
const Table = z.object({
  name: z.string(),
  rows: z.enum(["copied", "derived", "left_out"]),
  why: z.string().optional(),
  primary_key: z.array(z.string()).optional(),
  columns: z.array(Column).optional(),
  /** Where the bytes of a row are that `columns` does not name. */
  file: z.object({ column: z.string(), path: z.string() }).optional(),
});

/** `schema.json`: what the tables hold, for this program and for others. */
export type Schema = z.infer<typeof Schema>;
export const Schema = z.object({ tables: z.array(Table) });

/** Where the bytes of a row are, beside its columns. */
export type FileOfRow = z.infer<typeof FileOfRow>;
export const FileOfRow = z.object({
  id: z.uuid(),
  extension: z.string(),
  file_bytes: size,
  file_sha256: sha256,
});
