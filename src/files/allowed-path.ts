import { lstat, realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, normalize, relative, sep } from "node:path";
import type { AllowFiles } from "../domain/allow-files.ts";

/** A path that may be opened, or why not, in words to put behind the argument's name. */
export type Allowed =
  | { readonly path: string; readonly bytes: number; readonly folder: boolean }
  | { readonly why: string };

/**
 * An assistant can be talked into naming any path: only what lies in the user's own places is ever opened, and no link.
 * @param allowed whether paths may be named at all, and in which folders: only where the caller is this machine's user.
 */
export async function allowedPath(named: string, allowed: AllowFiles): Promise<Allowed> {
  if (allowed === false)
    return { why: "paths are only read when the server runs on your own machine over stdio." };
  const path = normalize(named);
  if (!isAbsolute(path)) return { why: "must be an absolute path." };
  if (path.split(sep).some((part) => part.startsWith(".")))
    return { why: "hidden files and folders are not read." };
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return { why: "there is no file at this path." };
  if (!stats.isFile() && !stats.isDirectory())
    return { why: "must be a regular file, or a folder of a clone, not a link." };
  const real = await realpath(path);
  const places = await Promise.all(
    (allowed === true ? ownFolders() : allowed).map((place) => realpath(place).catch(() => place)),
  );
  const isInside = places.some((place) => {
    const inside = relative(place, real);
    return !inside.startsWith("..") && !isAbsolute(inside);
  });
  if (!isInside) return { why: "only your home, the working and the temporary directory are read." };
  return { path: real, bytes: stats.size, folder: stats.isDirectory() };
}

/** The folders in which the user of this process may name files. */
export const ownFolders = (): string[] => [homedir(), process.cwd(), tmpdir()];
