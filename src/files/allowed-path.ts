import { lstat, realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, isAbsolute, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AllowFiles } from "../domain/allow-files.ts";

/** A path that may be opened, or why not. The reason completes a sentence that begins with the argument's name. */
export type Allowed =
  | { readonly path: string; readonly bytes: number; readonly folder: boolean }
  | { readonly why: string };

const HIDDEN = { why: "hidden files and folders are not read." };
const OUTSIDE = {
  why: "only your home, the working and the temporary directory are read, and what GREENFLAG_FILES_DIR names.",
};

const isHidden = (path: string): boolean => path.split(sep).some((part) => part.startsWith("."));

/**
 * Checks a path before it is opened. An assistant can be talked into naming any path, so only files in the user's own
 * places are opened, and links are not followed.
 * @param allowed whether paths may be named at all, and in which folders. Only for a caller who is the user of this machine.
 */
export async function allowedPath(named: string, allowed: AllowFiles): Promise<Allowed> {
  if (allowed === false)
    return { why: "paths are only read when the server runs on your own machine over stdio." };
  const path = normalize(pathOf(named));
  if (!isAbsolute(path)) return { why: "must be an absolute path." };
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return isHidden(path) ? HIDDEN : { why: "there is no file at this path." };
  if (!stats.isFile() && !stats.isDirectory())
    return { why: "must be a regular file, or a folder of a clone, not a link." };
  // A folder on the way may be a link, as in a clone that somebody else made: what counts is where it leads.
  const real = await realpath(path);
  const places = await Promise.all(
    (allowed === true ? ownFolders() : allowed).map((place) => realpath(place).catch(() => place)),
  );
  const inside = places
    .map((place) => relative(place, real))
    .filter((rest) => rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
  if (inside.length === 0) return isHidden(real) ? HIDDEN : OUTSIDE;
  // A folder that is named as such may be hidden itself: what counts is what lies below it.
  if (inside.every(isHidden)) return HIDDEN;
  return { path: real, bytes: stats.size, folder: stats.isDirectory() };
}

/** A path as hosts hand it over: as it is, below the home directory, or as a file URL. */
function pathOf(named: string): string {
  if (named.startsWith("~/")) return join(homedir(), named.slice("~/".length));
  try {
    return named.startsWith("file://") ? fileURLToPath(named) : named;
  } catch {
    return named;
  }
}

/** The folders in which the user of this process may name files. Some hosts start it in the root of the disk: that is none. */
export const ownFolders = (): string[] =>
  [homedir(), process.cwd(), tmpdir()].filter((folder) => dirname(folder) !== folder);
