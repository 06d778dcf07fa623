import type { Upkeep } from "../upkeep.ts";
import { type ExportInput, exportWorkspace } from "./export-workspace.ts";
import { restoreWorkspace, verifyArchive } from "./restore-workspace.ts";

/** A whole workspace as a folder, out and in again, for the person at the machine. */
export const createArchives = ({ now }: { readonly now: () => Date }) => ({
  export: (at: Upkeep, input: ExportInput) => exportWorkspace(at, input, now()),
  verify: verifyArchive,
  restore: (at: Upkeep, input: Parameters<typeof restoreWorkspace>[1]) => restoreWorkspace(at, input, now()),
});
