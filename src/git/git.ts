import { execFile } from "node:child_process";

/** Runs git in a repository that we made, and returns its output. */
export type Git = (...args: readonly string[]) => Promise<string>;

const MAX_OUTPUT_BYTES = 64_000_000;

/** Settings that stop git from running, asking for or fetching anything that the candidate's repository names. */
const INERT = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.file.allow=always"],
  ...["-c", "submodule.recurse=false"],
  // Attributes are read from the empty tree, because the repository's own could hide differences.
  ...["-c", "attr.tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904"],
];

/** @param folder the working folder of git, whose configuration is the only one that git reads. */
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
