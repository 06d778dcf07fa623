import { lstat, mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import type { AllowFiles } from "../domain/allow-files.ts";
import { allowedPath } from "../files/allowed-path.ts";

/** A repository on disk, found without asking git, which would read its configuration. */
export type SourceFolder = {
  /** Where HEAD is. */
  readonly gitFolder: string;
  /** Where objects and branches are. The same, except in a linked work tree. */
  readonly commonFolder: string;
  /** Where its files are checked out. Null in a bare repository. */
  readonly workTree: string | null;
  readonly objectFormat: "sha1" | "sha256";
};

/** Why a folder is not read, and what would make it readable, in our own words. */
export class NotReadable extends Error {
  readonly mend: string | undefined;
  constructor(why: string, mend?: string) {
    super(why);
    this.mend = mend;
  }
}

/** For a repository whose objects are not what their hashes stand for. */
export const damaged = (): NotReadable =>
  new NotReadable(
    "what it holds is not what its commits stand for: it is damaged, or was changed by hand.",
    "Run git fsck in it, and read a fresh clone.",
  );

export const BUNDLE_ALL = "git bundle create work.bundle --all";
const MAX_SMALL_BYTES = 4_000;
const MAX_CONFIG_BYTES = 64_000;
const MAX_PACKED_REFS_BYTES = 8_000_000;
const MAX_REFS = 5_000;
const MAX_DEPTH = 12;

/** Finds the repository of a folder. @throws NotReadable */
export async function findSource(folder: string, allowFiles: AllowFiles): Promise<SourceFolder> {
  const dotGit = join(folder, ".git");
  const kind = await kindOf(dotGit);
  if (kind === "other") throw new NotReadable("its .git is a link, and links are not followed.");
  if (kind === "folder") return sourceAt(dotGit, folder, allowFiles);
  if (kind === "file") return sourceAt(await linkedFolder(dotGit), folder, allowFiles);
  if (await isGitFolder(folder)) return sourceAt(folder, null, allowFiles);
  throw await notOne(folder, allowFiles);
}

async function sourceAt(
  gitFolder: string,
  workTree: string | null,
  allowFiles: AllowFiles,
): Promise<SourceFolder> {
  const common = (await smallText(join(gitFolder, "commondir"))).trim();
  const commonFolder = await realpath(common === "" ? gitFolder : resolve(gitFolder, common));
  // What is inside .git is judged by the folder that it belongs to, for hidden folders are not read otherwise.
  const parts = commonFolder.split(sep);
  const inner = parts.indexOf(".git");
  const owner = inner < 0 ? commonFolder : parts.slice(0, inner).join(sep) || sep;
  const place = await allowedPath(owner, allowFiles);
  if ("why" in place)
    throw new NotReadable("its repository lies where nothing is read.", `Make a bundle: ${BUNDLE_ALL}`);
  if ((await kindOf(join(commonFolder, "objects"))) !== "folder")
    throw new NotReadable("git finds no repository with a commit there.");
  if ((await kindOf(join(commonFolder, "reftable"))) === "folder")
    throw new NotReadable(
      "its branches are kept in a form that is not read.",
      `Make a bundle: ${BUNDLE_ALL}`,
    );
  const config = await smallText(join(commonFolder, "config"), MAX_CONFIG_BYTES);
  const objectFormat = /^\s*objectformat\s*=\s*sha256\s*$/im.test(config) ? "sha256" : "sha1";
  return { gitFolder, commonFolder, workTree, objectFormat };
}

/** The folder that a `.git` file names: of a linked work tree, a submodule, or one kept elsewhere. */
async function linkedFolder(dotGit: string): Promise<string> {
  const [, to = ""] = /^gitdir: ([^\n]+)/.exec(await smallText(dotGit)) ?? [];
  const found = to === "" ? undefined : await realpath(resolve(dirname(dotGit), to)).catch(() => undefined);
  if (found !== undefined) return found;
  throw new NotReadable(
    "its .git names a repository that is not there, as in a work tree that was copied alone.",
    `Give the main clone, or run there: ${BUNDLE_ALL}`,
  );
}

const isGitFolder = async (folder: string): Promise<boolean> =>
  (await kindOf(join(folder, "HEAD"))) === "file" && (await kindOf(join(folder, "objects"))) === "folder";

async function notOne(folder: string, allowFiles: AllowFiles): Promise<NotReadable> {
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at)) {
    if ((await kindOf(join(at, ".git"))) === "none" && !(await isGitFolder(at))) continue;
    if ("why" in (await allowedPath(at, allowFiles))) break;
    return new NotReadable("this is a folder inside a clone, not the clone.", `Give its top folder: ${at}`);
  }
  const inner = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of inner.slice(0, MAX_DEPTH)) {
    if (name !== ".git" && (await kindOf(join(folder, name, ".git"))) !== "none")
      return new NotReadable(
        "git finds no repository with a commit there; the clone is a folder inside it.",
        `Give that folder: ${join(folder, name)}`,
      );
  }
  return new NotReadable("git finds no repository with a commit there.");
}

/**
 * Writes HEAD, the branches and the shallow list of a repository into one of our own, so that only ours is ever opened.
 * Links are left out, and so are files that hold no reference.
 */
export async function copyReferences(source: SourceFolder, into: string): Promise<void> {
  const { gitFolder, commonFolder } = source;
  await copyFile(join(commonFolder, "packed-refs"), join(into, "packed-refs"), MAX_PACKED_REFS_BYTES);
  await copyFile(join(commonFolder, "shallow"), join(into, "shallow"), MAX_PACKED_REFS_BYTES);
  let left = MAX_REFS;
  const copyAll = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(join(commonFolder, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) await copyAll(path, depth + 1);
      else if (entry.isFile() && left > 0) {
        left -= 1;
        await copyReference(join(commonFolder, path), join(into, path));
      }
    }
  };
  await copyAll(join("refs", "heads"), 0);
  await copyAll(join("refs", "remotes"), 0);
  await copyAll(join("refs", "tags"), 0);
  await copyReference(join(gitFolder, "HEAD"), join(into, "HEAD"));
}

const REFERENCE = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|ref: refs\/[^\s]{1,500})\s*$/;

async function copyReference(from: string, to: string): Promise<void> {
  const text = await smallText(from);
  if (!REFERENCE.test(text)) return;
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, text);
}

async function copyFile(from: string, to: string, mostBytes: number): Promise<void> {
  const text = await smallText(from, mostBytes);
  if (text !== "") await writeFile(to, text);
}

/** A path as git reads it in the list of other object folders: quoted as in C. */
export const quotedPath = (path: string): string =>
  `"${[...Buffer.from(path)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"\n`;

/** A checkout of some folders only, where a file that is not there was not taken away. */
export const isSparse = async ({ gitFolder }: SourceFolder): Promise<boolean> =>
  (await kindOf(join(gitFolder, "info", "sparse-checkout"))) === "file";

/** The name of the folder that somebody would know it by. */
export const nameOf = ({ workTree, commonFolder }: SourceFolder): string =>
  basename(workTree ?? commonFolder);

async function kindOf(path: string): Promise<"file" | "folder" | "other" | "none"> {
  const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EACCES") throw error;
    return undefined;
  });
  if (!stats) return "none";
  return stats.isFile() ? "file" : stats.isDirectory() ? "folder" : "other";
}

/** The text of a file of at most so many bytes. Empty where there is no such file. */
async function smallText(path: string, mostBytes = MAX_SMALL_BYTES): Promise<string> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() && stats.size <= mostBytes ? readFile(path, "utf8") : "";
}
