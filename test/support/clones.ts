import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadFileKinds } from "../../src/catalog/file-kinds.ts";
import type { SubmissionSnapshot } from "../../src/domain/submission/snapshot.ts";
import { readClone } from "../../src/git/read-clone.ts";

/** A person as whom commits are made. */
const ZED = "Zed Candidate <zed@example.test>";

export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A folder for repositories, and git in it. */
export function place() {
  const folder = mkdtempSync(join(tmpdir(), "greenflag-clone-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** git as a candidate runs it, at a fixed time. */
export function git(at: string, ...args: string[]): string {
  const env = {
    ...process.env,
    ...{ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_ALLOW_PROTOCOL: "file" },
    ...{ GIT_COMMITTER_NAME: "Zed Candidate", GIT_COMMITTER_EMAIL: "zed@example.test" },
    ...{ GIT_AUTHOR_DATE: "2026-11-20T10:00:00Z", GIT_COMMITTER_DATE: "2026-11-20T10:00:00Z" },
    ...{ GIT_AUTHOR_NAME: "Zed Candidate", GIT_AUTHOR_EMAIL: "zed@example.test" },
  };
  return execFileSync("git", ["-C", at, "-c", "core.autocrlf=false", ...args], {
    ...{ env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] },
  }).trim();
}

/** Writes files into a work tree; null takes one away. */
export function put(at: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const to = join(at, path);
    mkdirSync(dirname(to), { recursive: true });
    if (content === null) rmSync(to);
    else writeFileSync(to, content);
  }
}

/** Commits files, and gives the commit. */
export function commitFiles(at: string, files: Files, author = ZED): string {
  put(at, files);
  git(at, "add", "--all");
  git(at, "commit", "--quiet", "--allow-empty", "--message", "Work", `--author=${author}`);
  return git(at, "rev-parse", "HEAD");
}

/** A repository with one commit on a branch. */
export function repository(at: string, files: Files, branch = "main"): string {
  mkdirSync(at, { recursive: true });
  git(at, "init", "--quiet", "-b", branch);
  commitFiles(at, files);
  return at;
}

type Options = Partial<Parameters<typeof readClone>[1]>;

const fileKinds = { ...loadFileKinds(), isReadWhole: (name: string) => /\.ya?ml$/.test(name) };

/** Reads a clone or a bundle; of its files, YAML is read whole. */
export const read = (path: string, options: Options = {}): Promise<SubmissionSnapshot> =>
  readClone(path, {
    ...{ allowFiles: [tmpdir()], field: "url", signal: new AbortController().signal },
    fileKinds,
    ...options,
  });
