import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { AllowFiles } from "../domain/allow-files.ts";
import { DomainError } from "../domain/errors.ts";
import { allowedPath } from "../files/allowed-path.ts";
import { NO_HEAD, unbundle } from "./bundle.ts";
import { type Git, GitFailure, gitIn } from "./git.ts";
import {
  BUNDLE_ALL,
  copyReferences,
  damaged,
  findSource,
  isSparse,
  NotReadable,
  nameOf,
  quotedPath,
} from "./source-folder.ts";

const DEADLINE_MS = 20_000;
const MAX_BUNDLE_BYTES = 100_000_000;
const ARCHIVE = /\.(?:zip|7z|rar|tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|zst))$/i;

export type OpenOptions = {
  readonly allowFiles: AllowFiles;
  readonly field: string;
  readonly signal: AbortSignal;
};

/** A repository of our own with the candidate's objects and branches, and nothing else of theirs. */
export type Opened = {
  readonly git: Git;
  readonly name: string;
  /** Where files are checked out. Null for a bundle and a bare repository. */
  readonly workTree: string | null;
  readonly isSparse: boolean;
  /** Whether git has held every object against the hash that names it, as it does when it unpacks a bundle. */
  readonly isChecked: boolean;
};

/**
 * Opens a clone or a bundle for a time. Its objects are read from where they are by a repository of our own, so no
 * setting, hook, filter or owner of the candidate's repository matters, and nothing is checked out.
 * @throws DomainError `invalid` for a path that may not be read or holds no repository.
 */
export async function withRepository<T>(
  path: string,
  options: OpenOptions,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const place = await allowedPath(path, options.allowFiles);
  if ("why" in place) throw invalid(options, place.why);
  if (!place.folder && ARCHIVE.test(place.path))
    throw invalid(options, "this is an archive.", "Unpack it, and give the folder that holds .git.");
  if (!place.folder && !place.path.endsWith(".bundle"))
    throw invalid(options, "this is neither a clone nor a bundle.");
  if (!place.folder && place.bytes > MAX_BUNDLE_BYTES)
    throw invalid(options, `is over ${MAX_BUNDLE_BYTES / 1_000_000} MB.`, "Give the folder of the clone.");
  const folder = await mkdtemp(join(tmpdir(), "greenflag-git-"));
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    const git = gitIn(folder, signal);
    return await work(
      await (place.folder
        ? openFolder(git, folder, place.path, options)
        : openBundle(git, folder, place.path)),
    );
  } catch (error) {
    throw error instanceof DomainError ? error : unreadable(signal, options, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openFolder(
  git: Git,
  folder: string,
  path: string,
  { allowFiles }: OpenOptions,
): Promise<Opened> {
  const source = await findSource(path, allowFiles);
  await git("init", "--bare", "--quiet", `--object-format=${source.objectFormat}`, folder);
  await mkdir(join(folder, "objects", "info"), { recursive: true });
  await writeFile(
    join(folder, "objects", "info", "alternates"),
    quotedPath(join(source.commonFolder, "objects")),
  );
  await writeFile(join(folder, "HEAD"), NO_HEAD);
  await copyReferences(source, folder);
  return {
    git,
    name: nameOf(source),
    workTree: source.workTree,
    isSparse: await isSparse(source),
    isChecked: false,
  };
}

async function openBundle(git: Git, folder: string, path: string): Promise<Opened> {
  await unbundle(git, folder, path);
  return { git, name: basename(path), workTree: null, isSparse: false, isChecked: true };
}

/** What git says of objects that it cannot trust. */
const DAMAGE = /hash mismatch|corrupt|inflate|is empty\b/;
const HINT = "Give the folder of a git clone, or a .bundle file.";

const invalid = ({ field }: OpenOptions, why: string, mend = HINT, cause?: unknown) =>
  new DomainError("invalid", `${field}: ${why}`, mend, { cause });

function unreadable(signal: AbortSignal, options: OpenOptions, failure: unknown): DomainError {
  const isDamage = failure instanceof GitFailure && DAMAGE.test(failure.said);
  const cause = isDamage ? damaged() : failure;
  if (cause instanceof NotReadable) return invalid(options, cause.message, cause.mend, cause);
  if (signal.aborted)
    return new DomainError("unavailable", "git did not finish in time.", "Repeat the call.", { cause });
  if (cause instanceof GitFailure && cause.tooMuch)
    return invalid(options, "the change is too large to be read.", HINT, cause);
  if (cause instanceof Error && "code" in cause && (cause.code === "EACCES" || cause.code === "EPERM"))
    return invalid(
      options,
      "this program may not read what is in it; it belongs to somebody else.",
      `Its owner can make a file that may be read: ${BUNDLE_ALL}`,
      cause,
    );
  if (
    cause instanceof Error &&
    "code" in cause &&
    cause.code === "ENOENT" &&
    "path" in cause &&
    cause.path === "git"
  )
    return new DomainError("unavailable", "git is not installed on this machine.", "Install git.", { cause });
  return invalid(
    options,
    "git finds no repository with a commit there, or not all of one (as of a partial clone).",
    `Make a bundle in the clone: ${BUNDLE_ALL}`,
    cause,
  );
}
