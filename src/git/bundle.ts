import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Git } from "./git.ts";
import { BUNDLE_ALL, NotReadable } from "./source-folder.ts";

/** git makes HEAD name a branch, which the candidate may have without having chosen it. */
export const NO_HEAD = "ref: refs/greenflag/none\n";

const MAX_HEADER_BYTES = 64_000;
const MAX_NAMED = 5;

type Header = {
  readonly objectFormat: string;
  readonly isFiltered: boolean;
  readonly needs: readonly string[];
  readonly refs: readonly { readonly id: string; readonly name: string }[];
};

/** Fetches the branches of a bundle into a repository of our own. @throws NotReadable */
export async function unbundle(git: Git, folder: string, path: string): Promise<void> {
  const header = await headerOf(path);
  if (!header) throw new NotReadable("git finds no repository with a commit there.");
  const branches = header.refs.filter(({ name }) => name.startsWith("refs/heads/"));
  if (header.needs.length > 0) {
    const names = branches.map(({ name }) => name.slice("refs/heads/".length));
    const plain = names
      .filter((name) => /^[\w./-]+$/.test(name) && !name.startsWith("-"))
      .slice(0, MAX_NAMED);
    const whole = plain.includes("main") || plain.length === 0 ? plain : ["main", ...plain];
    throw new NotReadable(
      "the bundle holds only a range of commits, without those that it builds on.",
      `Make it of whole branches: ${plain.length === 0 ? BUNDLE_ALL : `git bundle create work.bundle ${whole.join(" ")}`}`,
    );
  }
  if (header.isFiltered)
    throw new NotReadable("the bundle leaves out contents (--filter).", `Make it whole: ${BUNDLE_ALL}`);
  await git("init", "--bare", "--quiet", `--object-format=${header.objectFormat}`, folder);
  await writeFile(join(folder, "HEAD"), NO_HEAD);
  const head = header.refs.find(({ name }) => name === "HEAD");
  const refs = ["+refs/heads/*:refs/heads/*", "+refs/remotes/*:refs/remotes/*", "+refs/tags/*:refs/tags/*"];
  const fetch = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-gc"];
  await git(...fetch, path, ...refs, ...(head ? ["+HEAD:refs/greenflag/head"] : []));
  if (!head) return;
  // A bundle does not say which branch HEAD names, so it is the one at the same commit.
  const branch = branches.find(({ id }) => id === head.id);
  await writeFile(join(folder, "HEAD"), branch ? `ref: ${branch.name}\n` : `${head.id}\n`);
}

/** The lines before the objects. Undefined in what is no bundle. See git's documentation of its bundle format. */
async function headerOf(path: string): Promise<Header | undefined> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(MAX_HEADER_BYTES);
    const { bytesRead } = await file.read(buffer, 0, MAX_HEADER_BYTES, 0);
    const text = buffer.toString("utf8", 0, bytesRead);
    const end = text.indexOf("\n\n");
    if (!/^# v[23] git bundle\n/.test(text) || end < 0) return undefined;
    const lines = text.slice(0, end).split("\n").slice(1);
    return {
      objectFormat: lines.includes("@object-format=sha256") ? "sha256" : "sha1",
      isFiltered: lines.some((line) => line.startsWith("@filter=")),
      needs: lines.filter((line) => line.startsWith("-")),
      refs: lines.flatMap((line) => {
        const [, id, name] = /^([0-9a-f]{40,64}) (\S+)$/.exec(line) ?? [];
        return id === undefined || name === undefined ? [] : [{ id, name }];
      }),
    };
  } finally {
    await file.close();
  }
}
