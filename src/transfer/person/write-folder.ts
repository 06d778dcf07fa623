import { mkdir, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DomainError } from "../../domain/errors.ts";

/** A file of a folder, by its path in it. Its content is asked for when it is written. */
export type FolderFile = { readonly path: string; readonly content: () => Promise<string | Uint8Array> };

/** They hold personal data, so only this user reads them. */
const PRIVATE = { mode: 0o600, flush: true } as const;

/**
 * Writes a folder whole or not at all: it grows under a name of its own beside its place, and is put there at the end.
 * @param target an absolute path where nothing is, or an empty folder
 * @throws DomainError `conflict` where something is there already, `unavailable` where it cannot be written
 */
export async function writeFolder(target: string, files: readonly FolderFile[]): Promise<void> {
  await requireRoom(target);
  const parent = dirname(target);
  const growing = await mkdir(parent, { recursive: true })
    .then(() => mkdtemp(join(parent, `.${basename(target)}-`)))
    .catch((cause: unknown) => notWritten(target, cause));
  try {
    for (const { path, content } of files) {
      const at = join(growing, path);
      await mkdir(dirname(at), { recursive: true, mode: 0o700 });
      await writeFile(at, await content(), PRIVATE);
    }
    // Windows does not rename onto a folder, and what is not empty is not removed.
    await rmdir(target).catch(() => {});
    await rename(growing, target);
  } catch (cause) {
    await rm(growing, { recursive: true, force: true }).catch(() => {});
    notWritten(target, cause);
  }
}

async function requireRoom(target: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there === undefined) return;
  if (there.isDirectory() && (await readdir(target)).length === 0) return;
  throw new DomainError(
    "conflict",
    `--out: something is at ${target} already.`,
    "Name a folder that is not there yet.",
  );
}

function notWritten(target: string, cause: unknown): never {
  if (cause instanceof DomainError) throw cause;
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  const why = (code !== undefined && CAUSES[code]) || "it could not be written";
  throw new DomainError("unavailable", `--out: ${target}: ${why}. Nothing was written.`, undefined, {
    cause,
  });
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full for this user",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "nothing can be written to this disk",
  ENOTDIR: "a part of the path is a file and no folder",
};

const MAX_NAME_CHARS = 60;

/** A name for a file that is safe on every system, from what somebody called it. */
export function safeFileName(name: string, extension: string): string {
  const bare = name.toLowerCase().endsWith(extension.toLowerCase())
    ? name.slice(0, name.length - extension.length)
    : name;
  const plain = bare
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_NAME_CHARS);
  const known = /^\.[a-z0-9]{1,8}$/i.test(extension) ? extension.toLowerCase() : "";
  return `${plain === "" ? "file" : plain}${known}`;
}
