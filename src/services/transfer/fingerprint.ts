import { createHash } from "node:crypto";
import type { ImportedPerson } from "../../domain/transfer/imported.ts";
import type { ImportedRow } from "../../domain/transfer/join-people.ts";

/** A row with the hash of all that it says, wherever it stands. */
export function withFingerprint(person: ImportedPerson): ImportedRow {
  const { where: _, files, ...said } = person;
  const text = JSON.stringify([said, files.map(({ name }) => name)]);
  return { ...person, fingerprint: createHash("sha256").update(text).digest("hex") };
}
