import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";

const words = z.array(z.string()).min(1);

const ExportFiles = z.strictObject({
  files: z.array(
    z.strictObject({
      words,
      system: z.string().optional(),
      holds: z.enum(["candidates", "scorecards", "feedback", "demographic", "offers", "unneeded"]),
    }),
  ),
  withdrew: words,
  lever_stages: z.record(z.string(), z.string()),
});
export type ExportFiles = z.infer<typeof ExportFiles>;

const FileNames = z.strictObject({
  kinds: z.array(z.strictObject({ kind: z.enum(["resume", "cover_letter", "other"]), words })),
  beside_a_name: words,
});
export type FileNames = z.infer<typeof FileNames>;

let [exportFiles, fileNames]: [ExportFiles?, FileNames?] = [];

/** What the exports of other trackers are made of. Read when first needed. */
export function loadExportFiles(): ExportFiles {
  exportFiles ??= ExportFiles.parse(read("exports"));
  return exportFiles;
}

/** How files beside an export are named. Read when first needed. */
export function loadFileNames(): FileNames {
  fileNames ??= FileNames.parse(read("file-names"));
  return fileNames;
}

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`transfer/${name}.yaml`, import.meta.url), "utf8"));
