import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** git itself, in one bare repository: every fact that the loopback GitHub tells comes from here. */
export type Git = (...args: string[]) => string;

/** Commands whose answer never changes once they name commits by SHA. */
const LASTING = new Set(["diff", "log", "ls-tree", "merge-base", "show"]);

/** The same, asking git only once for what cannot change: a process for each answer is what a loopback costs most. */
export function rememberingGitIn(folder: string): Git {
  const git = gitIn(folder);
  const known = new Map<string, string>();
  return (...args) => {
    const lasts = LASTING.has(args[0] ?? "") && args.some((arg) => /[0-9a-f]{40}/.test(arg));
    const key = args.join("\0");
    const answer = (lasts ? known.get(key) : undefined) ?? git(...args);
    if (lasts) known.set(key, answer);
    return answer;
  };
}

export const gitIn =
  (folder: string): Git =>
  (...args) =>
    execFileSync("git", ["-C", folder, ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });

const WHO = [
  "-c",
  "user.name=Example Hiring",
  "-c",
  "user.email=hiring@example.com",
  "-c",
  "commit.gpgsign=false",
];

/** Makes a bare repository whose one commit holds a folder's files. */
export function bareFromFolder(folder: string, bare: string, at: string): void {
  const work = mkdtempSync(join(tmpdir(), "greenflag-starter-"));
  try {
    cpSync(folder, work, { recursive: true });
    const git = gitIn(work);
    git("init", "--quiet", "-b", "main");
    git("add", "--all");
    commit(git, "Starting point", at);
    gitIn(".")("clone", "--quiet", "--bare", work, bare);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Commits what is staged, by the team or by somebody else, at an instant. */
export function commit(
  git: Git,
  message: string,
  at: string,
  author = "Example Hiring <hiring@example.com>",
): void {
  const dates = [`GIT_AUTHOR_DATE=${at}`, `GIT_COMMITTER_DATE=${at}`];
  const folder = git("rev-parse", "--show-toplevel").trim();
  execFileSync("env", [
    ...dates,
    "git",
    "-C",
    folder,
    ...WHO,
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    message,
    `--author=${author}`,
  ]);
}

/** Lays an answer's files over a clone and pushes them to a branch, as a candidate would. */
export function pushAnswer(
  bare: string,
  answer: string,
  options: { branch: string; at: string; author: string; message: string },
): void {
  const work = mkdtempSync(join(tmpdir(), "greenflag-answer-"));
  try {
    gitIn(".")("clone", "--quiet", bare, work);
    const git = gitIn(work);
    git("checkout", "--quiet", "-b", options.branch);
    cpSync(answer, work, { recursive: true, filter: (path) => !path.endsWith("DELETED") });
    if (readdirSync(answer).includes("DELETED")) {
      const gone = execFileSync("cat", [join(answer, "DELETED")], { encoding: "utf8" });
      git("rm", "--quiet", ...gone.split("\n").filter((path) => path !== ""));
    }
    git("add", "--all");
    commit(git, options.message, options.at, options.author);
    git("push", "--quiet", "origin", options.branch);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const FIELDS = 7;

/** Between NULs, which no part of a commit can hold. */
export function commitsIn(git: Git, range: string, ...options: string[]) {
  const log = git(
    "log",
    "--reverse",
    ...options,
    "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%cI%x00%B%x00",
    range,
  );
  const parts = log.split("\0");
  return Array.from({ length: Math.floor(parts.length / FIELDS) }, (_, n) => {
    const [sha = "", parents = "", name, email, date, committed, message = ""] = parts
      .slice(n * FIELDS, (n + 1) * FIELDS)
      .map((part) => part.replace(/^\n/, ""));
    return {
      sha,
      parents: parents.split(" ").flatMap((parent) => (parent === "" ? [] : [{ sha: parent }])),
      commit: {
        message: message.trimEnd(),
        author: { name, email, date },
        committer: { name, email, date: committed },
      },
    };
  });
}

const STATUS: Record<string, string> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

/** The hunks of each part of a difference; empty where no line differs. */
function patchesIn(text: string): string[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const hunks = part.indexOf("\n@@");
      return hunks < 0 ? "" : part.slice(hunks + 1).trimEnd();
    });
}

/** Every changed file as GitHub lists it, from three answers of git for the whole difference. */
export function filesIn(git: Git, base: string, head: string) {
  const raw = git("diff", "--raw", "-z", "-M", "--no-abbrev", base, head).split("\0");
  const numbers = git("diff", "--numstat", "-M", base, head).split("\n");
  const patches = patchesIn(git("diff", "-M", base, head));
  const files: Record<string, unknown>[] = [];
  for (let n = 0; raw[n]?.startsWith(":"); ) {
    const [, , from = "", to = "", kind = "M"] = raw[n]?.split(" ") ?? [];
    const letter = kind.charAt(0);
    const names = raw.slice(n + 1, letter === "R" ? n + 3 : n + 2);
    n += 1 + names.length;
    const [additions = 0, deletions = 0] = (numbers[files.length] ?? "")
      .split("\t")
      .map((count) => Number(count) || 0);
    // Git tells a change of type in two parts: the old one is taken away, and the new one added.
    const patch = patches.splice(0, letter === "T" ? 2 : 1).join("\n");
    files.push({
      sha: letter === "D" ? from : to,
      filename: names.at(-1) ?? "",
      ...(names.length === 2 ? { previous_filename: names[0] } : {}),
      status: STATUS[letter] ?? "changed",
      ...{ additions, deletions, changes: additions + deletions },
      ...(patch === "" ? {} : { patch }),
    });
  }
  return files;
}

export function treeIn(git: Git, sha: string) {
  const listed = git("ls-tree", "-r", "-t", "-z", "-l", sha).split("\0");
  return listed.flatMap((entry) => {
    const [, mode = "", type = "", oid = "", size = "", path = ""] =
      /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(entry) ?? [];
    return path === ""
      ? []
      : [{ path, mode, type, sha: oid, ...(size === "-" ? {} : { size: Number(size) }) }];
  });
}
