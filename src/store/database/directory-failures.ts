import { existsSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { DomainError } from "../../domain/errors.ts";

/** The PostgreSQL that the pinned PGlite release carries: a data directory belongs to one major version. */
const MAJOR = "18";

const ALWAYS_THERE = ["PG_VERSION", "base", "pg_wal", "pg_xact", join("global", "pg_control")];
/** Below this the engine cannot make the next file of its log. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

const FULL = ["ENOSPC", "EDQUOT", "53100"];
const NOT_WRITABLE = ["EACCES", "EPERM", "EROFS"];
const NO_DIRECTORY = ["ENOTDIR", "EEXIST", "ENOENT", "ELOOP", "ENAMETOOLONG", "EINVAL"];

/** Whether the files of a database are there, whole and of this version; false where there are none at all. */
export function isDatabaseThere(data: string): boolean {
  if (!existsSync(data) || readdirSync(data).length === 0) return false;
  if (ALWAYS_THERE.some((name) => !existsSync(join(data, name)))) throw damaged(data);
  const major = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (major === MAJOR) return true;
  if (!/^\d+$/.test(major)) throw damaged(data);
  throw new DomainError(
    "unavailable",
    `The embedded database was made by PostgreSQL ${major}; this release opens version ${MAJOR}.`,
    "Open it with the release that made it and export it there, or set GREENFLAG_DATA_DIR to a new directory.",
  );
}

/** The engine names no cause when it cannot open its files, so the disk is asked for the commonest one. */
export function filesFailure(error: unknown, data: string): DomainError {
  const { bavail, bsize } = statfsSync(data);
  return bavail * bsize < LEAST_FREE_BYTES ? full(data, error) : damaged(data, error);
}

/** Puts what the file system refused into our words; anything else passes through. */
export function translateDirectory(error: unknown, directory: string): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (FULL.includes(code)) throw full(directory, error);
  if (NOT_WRITABLE.includes(code))
    throw new DomainError(
      "unavailable",
      `The data directory ${directory} cannot be written.`,
      "Let this user write there (its owner, its mode, how its disk is mounted), or set GREENFLAG_DATA_DIR to another directory.",
      { cause: error },
    );
  if (NO_DIRECTORY.includes(code))
    throw new DomainError(
      "unavailable",
      `The data directory ${directory} cannot be used: it is a file, lies below one, or holds one where a folder belongs.`,
      "Set GREENFLAG_DATA_DIR to a directory of its own; it is made where there is none.",
      { cause: error },
    );
  throw error;
}

const full = (directory: string, cause: unknown): DomainError =>
  new DomainError(
    "unavailable",
    `The disk that ${directory} is on is full.`,
    "Free some space there, or set GREENFLAG_DATA_DIR to a directory on another disk; then repeat the call.",
    { cause },
  );

const damaged = (data: string, cause?: unknown): DomainError =>
  new DomainError(
    "unavailable",
    `The embedded database in ${data} is damaged or a part of it is missing; no new one was made over it.`,
    "Put back the whole folder from a backup. To begin anew, move the folder away, or set GREENFLAG_DATA_DIR to a new directory.",
    { cause },
  );
