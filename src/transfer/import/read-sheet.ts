import { DomainError } from "../../domain/errors.ts";
import type { ImportedSource } from "../../domain/transfer/imported.ts";

/** Stands in for the reader of sheets until that is there. */
export function readSheet(
  _bytes: Uint8Array,
  name: string,
  _options: {
    readonly dates?: "DMY" | "MDY" | "YMD" | undefined;
    readonly system?: string | undefined;
  },
): Promise<ImportedSource> {
  throw new DomainError("invalid", `${name}: sheets are not read yet.`);
}
