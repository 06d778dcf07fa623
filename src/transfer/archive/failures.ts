import { DomainError } from "../../domain/errors.ts";

const FULL = ["ENOSPC", "EDQUOT"];
const NOT_ALLOWED = ["EACCES", "EPERM", "EROFS"];
const NO_FOLDER = ["ENOTDIR", "EEXIST", "ENOTEMPTY", "ENOENT", "EISDIR", "ELOOP", "ENAMETOOLONG", "EINVAL"];

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** Puts what the file system refused into our words; anything else passes through. */
export function translateWriting(error: unknown, target: string): never {
  const code = codeOf(error);
  if (FULL.includes(code))
    throw new DomainError(
      "unavailable",
      `The disk that ${target} is on is full; nothing was left there.`,
      "Free some space, or name a folder on another disk.",
      { cause: error },
    );
  if (NOT_ALLOWED.includes(code))
    throw new DomainError(
      "unavailable",
      `${target} cannot be written: this user may not write there, or the disk is read-only.`,
      "Name a folder that this user may make.",
      { cause: error },
    );
  if (NO_FOLDER.includes(code))
    throw new DomainError(
      "unavailable",
      `${target} cannot be made: a part of its path is a file, or something came into its place meanwhile.`,
      "Name a folder that is not there yet.",
      { cause: error },
    );
  throw error;
}

/** The same for an archive that is read. */
export function translateReading(error: unknown, path: string): never {
  const code = codeOf(error);
  if (![...NOT_ALLOWED, ...NO_FOLDER].includes(code)) throw error;
  throw new DomainError(
    "invalid",
    ["ENOENT", "ENOTDIR"].includes(code) ? `${path} is missing.` : `${path} cannot be read.`,
    "Name the folder of a whole export, which this user may read.",
    { cause: error },
  );
}
