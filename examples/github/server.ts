import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A GitHub on the loopback: the few REST endpoints that a pull request is read by, answered from a real git repository.

/** What git does not know of a pull request. */
export type Fixture = {
  owner: string;
  repo: string;
  number: number;
  title: string;
  body: string;
  author: string;
  base: string;
  head: string;
  created_at: string;
  updated_at: string;
  checks: readonly {
    name: string;
    app: string;
    status: string;
    conclusion: string | null;
    completed_at: string | null;
  }[];
};

/** Looks at a request first; true when it has answered it. Tests make faults with it. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export type LocalGithub = {
  readonly url: string;
  readonly pullRequestUrl: string;
  /** The bare repository, for asking git itself. */
  readonly repository: string;
  /** Every request that came in, as `METHOD path?query`. */
  readonly requests: string[];
  close(): Promise<void>;
};

export async function startGithub(options: {
  bundle: string;
  fixture: string | Fixture;
  intercept?: Intercept;
}): Promise<LocalGithub> {
  const { bundle, fixture, intercept } = options;
  const pull = typeof fixture === "string" ? (JSON.parse(readFileSync(fixture, "utf8")) as Fixture) : fixture;
  const folder = mkdtempSync(join(tmpdir(), "greenflag-github-"));
  const repository = join(folder, "repository.git");
  execFileSync("git", ["clone", "--quiet", "--bare", bundle, repository], { stdio: "ignore" });
  const requests: string[] = [];
  const answers = answersOf(pull, repository);
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (intercept?.(request, response)) return;
    const url = new URL(request.url ?? "/", "http://localhost");
    const answer = answers[url.pathname];
    const page = Number(url.searchParams.get("page") ?? 1);
    const size = Math.min(100, Number(url.searchParams.get("per_page") ?? 30));
    send(response, answer ? 200 : 404, answer ? answer(page, size) : { message: "Not Found" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    pullRequestUrl: `${url}/${pull.owner}/${pull.repo}/pull/${pull.number}`,
    repository,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
    .end(JSON.stringify(body));
}

type Answer = (page: number, size: number) => unknown;

function answersOf(pull: Fixture, repository: string): Record<string, Answer> {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  const [head, base] = [git("rev-parse", pull.head).trim(), git("rev-parse", pull.base).trim()];
  const range = `${git("merge-base", base, head).trim()}..${head}`;
  const commits = commitsIn(git, range);
  const files = filesIn(git, range);
  const sum = (key: "additions" | "deletions") => files.reduce((total, file) => total + file[key], 0);
  const repo = `/repos/${pull.owner}/${pull.repo}`;
  const cut =
    (list: readonly unknown[]): Answer =>
    (page, size) =>
      list.slice((page - 1) * size, page * size);
  return {
    [`${repo}/pulls/${pull.number}`]: () => ({
      number: pull.number,
      title: pull.title,
      body: pull.body,
      state: "open",
      draft: false,
      merged: false,
      ...{ user: { login: pull.author }, created_at: pull.created_at, updated_at: pull.updated_at },
      ...{ head: { ref: pull.head, sha: head }, base: { ref: pull.base, sha: base } },
      commits: commits.length,
      changed_files: files.length,
      additions: sum("additions"),
      deletions: sum("deletions"),
    }),
    [`${repo}/pulls/${pull.number}/commits`]: cut(commits.slice(0, 250)),
    [`${repo}/pulls/${pull.number}/files`]: cut(files),
    [`${repo}/commits/${head}/check-runs`]: () => ({
      total_count: pull.checks.length,
      check_runs: pull.checks.map(({ app, ...check }, n) => ({
        id: n + 1,
        head_sha: head,
        app: { name: app },
        ...check,
      })),
    }),
  };
}

type Git = (...args: string[]) => string;

function commitsIn(git: Git, range: string) {
  const log = git("log", "--reverse", "--format=%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%B%x1e", range);
  return log.split("\x1e").flatMap((entry) => {
    const [sha = "", parents = "", name, email, date, message = ""] = entry.replace(/^\n/, "").split("\x1f");
    if (sha === "") return [];
    const author = { name, email, date };
    return [
      {
        sha,
        parents: parents
          .split(" ")
          .filter(Boolean)
          .map((p) => ({ sha: p })),
        commit: { message: message.trimEnd(), author },
      },
    ];
  });
}

const STATUS: Record<string, string> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};

function filesIn(git: Git, range: string) {
  const raw = git("diff", "--raw", "-z", "-M", "--no-abbrev", range).split("\0");
  const files: {
    filename: string;
    previous_filename?: string;
    status: string;
    additions: number;
    deletions: number;
    patch?: string;
  }[] = [];
  for (let n = 0; raw[n]?.startsWith(":"); ) {
    const letter = raw[n]?.split(" ")[4]?.[0] ?? "M";
    const names = raw.slice(n + 1, letter === "R" ? n + 3 : n + 2);
    n += 1 + names.length;
    const filename = names.at(-1) ?? "";
    const [additions = "0", deletions = "0"] = git("diff", "--numstat", "-M", range, "--", ...names).split(
      "\t",
    );
    const text = git("diff", "-M", range, "--", ...names);
    const hunks = text.indexOf("\n@@");
    const renamed = names.length === 2 && names[0] !== undefined ? { previous_filename: names[0] } : {};
    const patch = hunks < 0 ? {} : { patch: text.slice(hunks + 1).trimEnd() };
    files.push({
      filename,
      ...renamed,
      status: STATUS[letter] ?? "changed",
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
      ...patch,
    });
  }
  return files;
}
