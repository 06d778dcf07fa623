import { type ChildProcess, spawn } from "node:child_process";

/** What git printed, up to a limit. `cut` when there was more, `failed` when git ended with an error. */
type Output = {
  readonly bytes: Buffer;
  readonly cut: boolean;
  readonly failed: boolean;
  readonly errors: string;
};

type Reading = { readonly input?: string; readonly mostBytes?: number };

/** Runs git in a repository that we made, and returns its output. */
export type Git = {
  /** @throws GitFailure when git ends with an error, or prints too much. */
  (...args: readonly string[]): Promise<string>;
  /** What git prints to its end or to a limit, even when it ends with an error. */
  output(args: readonly string[], reading?: Reading): Promise<Output>;
  /** The same git with a work tree of somebody else and an index of our own. */
  at(workTree: string): Git;
};

export class GitFailure extends Error {
  /** What git said, for us to tell its kinds apart. It is never shown, because it holds the candidate's names. */
  readonly said: string;
  readonly tooMuch: boolean;

  constructor(said: string, tooMuch: boolean) {
    super("git ended with an error");
    this.said = said;
    this.tooMuch = tooMuch;
  }
}

const MAX_OUTPUT_BYTES = 64_000_000;
const MAX_ERROR_BYTES = 16_000;

/** Settings that stop git from running, asking for or fetching anything that the candidate's repository names. */
const INERT = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "protocol.allow=never"],
  ...["-c", "protocol.file.allow=always"],
  ...["-c", "submodule.recurse=false"],
  // Indexes beside the objects could tell other parents or other objects than the objects themselves do.
  ...["-c", "core.commitGraph=false"],
  ...["-c", "core.multiPackIndex=false"],
  ...["-c", "core.quotePath=false"],
];
// Attributes are read from the empty tree, because the repository's own could hide differences.
const WITHOUT_ATTRIBUTES = ["-c", "attr.tree=4b825dc642cb6eb9a060e54bf8d69288fbee4904"];
// Line endings that a checkout turned are no changes.
const AS_CHECKED_OUT = ["-c", "core.autocrlf=input", "-c", "core.safecrlf=false"];

/** @param folder our bare repository, whose configuration is the only one that git reads. */
export function gitIn(folder: string, signal: AbortSignal): Git {
  const env = {
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    HOME: folder,
    LC_ALL: "C",
    GIT_DIR: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_ASKPASS: "",
  };
  const make = (settings: readonly string[], more: Readonly<Record<string, string>>): Git => {
    const output = (args: readonly string[], reading: Reading = {}) =>
      outputOf(
        spawn("git", [...INERT, ...settings, ...args], { cwd: folder, env: { ...env, ...more }, signal }),
        reading,
      );
    const run = async (...args: readonly string[]): Promise<string> => {
      const { bytes, cut, failed, errors } = await output(args);
      if (cut || failed) throw new GitFailure(errors, cut);
      return bytes.toString("utf8");
    };
    const at = (workTree: string) =>
      make(AS_CHECKED_OUT, { GIT_WORK_TREE: workTree, GIT_INDEX_FILE: `${folder}/index` });
    return Object.assign(run, { output, at });
  };
  return make(WITHOUT_ATTRIBUTES, {});
}

function outputOf(
  child: ChildProcess,
  { input = "", mostBytes = MAX_OUTPUT_BYTES }: Reading,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let [read, cut, errors] = [0, false, ""];
    child.stdout?.on("data", (chunk: Buffer) => {
      if (cut) return;
      chunks.push(read + chunk.length > mostBytes ? chunk.subarray(0, mostBytes - read) : chunk);
      read += chunk.length;
      cut = read > mostBytes;
      if (cut) child.kill();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      if (errors.length < MAX_ERROR_BYTES) errors += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ bytes: Buffer.concat(chunks), cut, failed: !cut && code !== 0, errors });
    });
    // git may end before it has read everything.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}
