import type { Upkeep } from "../upkeep.ts";
import type { ErasedPeople } from "./erased-people.ts";
import { type ExportInput, exportWorkspace } from "./export-workspace.ts";
import { type RestoreInput, restoreWorkspace, verifyArchive } from "./restore-workspace.ts";

type ArchiveDeps = { readonly now: () => Date; readonly erasedPeople?: ErasedPeople };

/** A whole workspace as a folder, out and in again, for the person at the machine. */
export const createArchives = ({ now, erasedPeople }: ArchiveDeps) => ({
  export: (at: Upkeep, input: ExportInput) => exportWorkspace(at, input, now()),
  verify: verifyArchive,
  restore: (at: Upkeep, input: RestoreInput) =>
    restoreWorkspace(at, input, { now: now(), people: erasedPeople }),
});
