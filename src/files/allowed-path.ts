import { lstat, realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, normalize, relative, sep } from "node:path";

/** A path that may be opened, or why not. The reason completes a sentence that begins with the argument's name. */
export type Allowed =
  | { readonly path: string; readonly bytes: number; readonly folder: boolean }
  | { readonly why: string };

/**
 * Checks a path before it is opened. An assistant can be talked into naming any path, so only files in the user's own
 * places are opened, and links are not followed.
 * @param allowed whether paths may be named at all. True only when the caller is the user of this machine.
 */
export async function allowedPath(named: string, allowed: boolean): Promise<Allowed> {
  if (!allowed) return { why: "paths are only read when the server runs on your own machine over stdio." };
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
    [homedir(), process.cwd(), tmpdir()].map((place) => realpath(place).catch(() => place)),
  );
  const isInside = places.some((place) => {
    const inside = relative(place, real);
    return !inside.startsWith("..") && !isAbsolute(inside);
  });
  if (!isInside) return { why: "only your home, the working and the temporary directory are read." };
  return { path: real, bytes: stats.size, folder: stats.isDirectory() };
}
