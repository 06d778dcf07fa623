import type { Upkeep } from "../upkeep.ts";
import { type ExportInput, exportWorkspace } from "./export-workspace.ts";
import { type RestoreInput, restoreWorkspace, verifyArchive } from "./restore-workspace.ts";

/** A whole workspace as a folder, out and in again, for the person at the machine. */
export const createArchives = ({ now }: { readonly now: () => Date }) => ({
  export: (at: Upkeep, input: ExportInput) => exportWorkspace(at, input, now()),
  verify: verifyArchive,
  restore: (at: Upkeep, input: RestoreInput) => restoreWorkspace(at, input, now()),
});
