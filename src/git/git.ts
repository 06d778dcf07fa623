import { execFile } from "node:child_process";

/** Runs git in a repository of our own making, and gives what it prints. */
export type Git = (...args: readonly string[]) => Promise<string>;

const MAX_OUTPUT_BYTES = 64_000_000;

/** Settings under which nothing that a stranger's repository holds is run, asked for or fetched from elsewhere. */
const INERT = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.file.allow=always"],
  ...["-c", "submodule.recurse=false"],
  // The empty tree: attributes of the repository's own would say which differences are shown.
  ...["-c", "attr.tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904"],
];

/** @param folder where git works; its own configuration is the only one that counts. */
export function gitIn(folder: string, signal: AbortSignal): Git {
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    HOME: folder,
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_ASKPASS: "",
  };
  return (...args) =>
    new Promise((resolve, reject) => {
      const options = { cwd: folder, env, signal, maxBuffer: MAX_OUTPUT_BYTES, encoding: "utf8" as const };
      execFile("git", [...INERT, ...args], options, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
}
