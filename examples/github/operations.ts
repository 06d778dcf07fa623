import { commitsIn, filesIn, type Git, treeIn } from "./repository.ts";
import type { Operation } from "./shapes.ts";

/** A pull request, as far as git does not know it. */
export type Fixture = {
  owner: string;
  repo: string;
  number: number;
  title: string;
  body: string;
  author: string;
  /** Set for an app's account, which is a bot. */
  author_type?: "Bot" | "User";
  base: string;
  head: string;
  created_at: string;
  updated_at: string;
  state?: "open" | "closed";
  draft?: boolean;
  merged?: boolean;
  /** What a merge leaves for good: the commits of head and base as they were, and the one that it made. */
  at_merge?: { readonly head: string; readonly base: string; readonly commit: string };
  /** `owner/name` of the fork that its branch is in. */
  head_repo?: string;
  /** Set where the fork that it came from was deleted. */
  fork_gone?: boolean;
  force_pushes?: number;
  checks: readonly {
    name: string;
    app: string;
    status: string;
    conclusion: string | null;
    completed_at: string | null;
  }[];
  /** Commit statuses of its head, which are older than check runs. */
  statuses?: readonly { context: string; state: "success" | "failure" | "error" | "pending" }[];
  /** The account that pushed its branch. */
  pushed_by?: string;
  runs?: readonly { workflow: string; commit: number; conclusion: string; created_at: string }[];
};

export type Stored = {
  readonly id: number;
  readonly owner: string;
  /** What it is called today. */
  repo: string;
  readonly git: Git;
  /** `owner/name` of the template that it was made from. */
  readonly template: string | null;
  readonly private: boolean;
  readonly isTemplate: boolean;
  readonly pulls: Fixture[];
  readonly invited: string[];
  readonly pushed_at: string;
  /** The branch that a clone checks out. */
  default_branch: string;
  /** `owner/name` of the repository that it is a fork of. */
  parent?: string;
  archived?: boolean;
};

export type Asked = {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
};
export type Given = {
  readonly status?: number;
  /** What GitHub says of a fault; there is no other answer then. */
  readonly error?: string;
  readonly list?: readonly unknown[];
  readonly value?: unknown;
  /** The field of the value that holds a page of a longer list. */
  readonly pagedIn?: string;
};
type Handler = (repository: Stored, asked: Asked) => Given | undefined;

/** The tree without any file, by git's definition. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

const sum = (files: readonly Record<string, unknown>[], key: "additions" | "deletions") =>
  files.reduce((total, file) => total + Number(file[key]), 0);

/** The operations on one repository, each by method and what follows `/repos/{owner}/{repo}`. */
export const OPERATIONS: readonly {
  method: string;
  pattern: RegExp;
  operation: Operation;
  handle: Handler;
}[] = [
  on("GET", /^$/, "GET /repos/{owner}/{repo}", (r) => ({ value: repositoryOf(r) })),
  on("GET", /^\/pulls$/, "GET /repos/{owner}/{repo}/pulls", (r) => ({
    list: [...r.pulls].reverse().map((p) => pullOf(r, p)),
  })),
  on("GET", /^\/pulls\/(\d+)$/, "GET /repos/{owner}/{repo}/pulls/{pull_number}", (r, { path }) => {
    const pull = pullNamed(r, path[0]);
    if (!pull) return undefined;
    const [commits, files] = [commitsOf(r, pull), changesOf(r, pull)];
    return {
      value: {
        ...pullOf(r, pull),
        merged: pull.merged ?? false,
        commits: commits.length,
        changed_files: files.length,
        additions: sum(files, "additions"),
        deletions: sum(files, "deletions"),
      },
    };
  }),
  on(
    "GET",
    /^\/pulls\/(\d+)\/commits$/,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
    (r, { path }) => {
      const pull = pullNamed(r, path[0]);
      return pull && { list: commitsOf(r, pull).slice(0, 250) };
    },
  ),
  on(
    "GET",
    /^\/pulls\/(\d+)\/files$/,
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files",
    (r, { path }) => {
      const pull = pullNamed(r, path[0]);
      return pull && { list: changesOf(r, pull).slice(0, 3000) };
    },
  ),
  on(
    "GET",
    /^\/issues\/(\d+)\/events$/,
    "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
    (r, { path }) => {
      const pull = pullNamed(r, path[0]);
      const event = { event: "head_ref_force_pushed", created_at: pull?.updated_at };
      return (
        pull && { list: Array.from({ length: pull.force_pushes ?? 0 }, (_, n) => ({ id: n + 1, ...event })) }
      );
    },
  ),
  on(
    "GET",
    /^\/commits\/([^/]+)\/check-runs$/,
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    (r, { path }) => {
      const pull = r.pulls.find((p) => headOf(r, p) === path[0]);
      const runs = (pull?.checks ?? []).map(({ app, ...check }, n) => ({
        id: n + 1,
        head_sha: path[0],
        app: { name: app },
        ...check,
      }));
      return { value: { total_count: runs.length, check_runs: runs }, pagedIn: "check_runs" };
    },
  ),
  on("GET", /^\/actions\/runs$/, "GET /repos/{owner}/{repo}/actions/runs", (r, { query }) => {
    const pull = r.pulls.find((p) => p.head === query.get("branch"));
    const commits = pull ? commitsOf(r, pull) : [];
    const runs = (pull?.runs ?? []).map(({ workflow, commit, ...run }, n) => ({
      ...run,
      id: n + 1,
      name: workflow,
      head_branch: pull?.head ?? null,
      head_sha: commits[commit]?.sha ?? "",
    }));
    return { value: { total_count: runs.length, workflow_runs: runs }, pagedIn: "workflow_runs" };
  }),
  on(
    "GET",
    /^\/commits\/([^/]+)\/status$/,
    "GET /repos/{owner}/{repo}/commits/{ref}/status",
    (r, { path }) => {
      const pull = r.pulls.find((p) => headOf(r, p) === path[0]);
      const at = pull?.updated_at ?? r.pushed_at;
      const statuses = (pull?.statuses ?? []).map((status, n) => ({
        ...{ id: n + 1, ...status, created_at: at, updated_at: at },
      }));
      const state = statuses.some((status) => status.state === "failure") ? "failure" : "pending";
      return {
        value: { state, sha: path[0], total_count: statuses.length, statuses },
        pagedIn: "statuses",
      };
    },
  ),
  on("GET", /^\/commits$/, "GET /repos/{owner}/{repo}/commits", (r, { query }) => ({
    list: commitsIn(r.git, shaOf(r, query.get("sha") ?? r.default_branch)).reverse(),
  })),
  on("GET", /^\/commits\/([^/]+)$/, "GET /repos/{owner}/{repo}/commits/{ref}", (r, { path }) => {
    const sha = shaOf(r, `${path[0]}^0`);
    const [commit] = commitsIn(r.git, sha, "--max-count=1");
    const parent = commit?.parents[0]?.sha ?? EMPTY_TREE;
    return { value: { ...commit, files: changedIn(r, parent, sha).slice(0, 300) } };
  }),
  on("GET", /^\/branches$/, "GET /repos/{owner}/{repo}/branches", (r) => ({
    list: r
      .git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [name, sha] = line.split(" ");
        return { name, commit: { sha } };
      }),
  })),
  on("GET", /^\/activity$/, "GET /repos/{owner}/{repo}/activity", (r, { query }) => {
    const branch = query.get("ref")?.replace("refs/heads/", "") ?? "main";
    const pull = r.pulls.find((p) => p.head === branch);
    const after = r.git("rev-parse", "--verify", `refs/heads/${branch}`).trim();
    const forced = Array.from({ length: pull?.force_pushes ?? 0 }, () => "force_push");
    const at = {
      ...{ ref: `refs/heads/${branch}`, timestamp: pull?.updated_at ?? r.pushed_at },
      ...(pull?.pushed_by === undefined ? {} : { actor: { login: pull.pushed_by } }),
    };
    const types = forced.length > 0 ? forced : ["push"];
    return { list: types.map((activity_type, n) => ({ id: n + 1, ...at, after, activity_type })) };
  }),
  on("GET", /^\/git\/trees\/([^/]+)$/, "GET /repos/{owner}/{repo}/git/trees/{tree_sha}", (r, { path }) => {
    const tree = treeIn(r.git, path[0] ?? "");
    return { value: { sha: path[0], tree: tree.slice(0, 100_000), truncated: false } };
  }),
  on("GET", /^\/git\/ref\/heads(?:\/|%2F)(.+)$/, "GET /repos/{owner}/{repo}/git/ref/{ref}", (r, { path }) => {
    if (r.git("for-each-ref", "--count=1") === "") return { status: 409, error: "Git Repository is empty." };
    const sha = r.git("rev-parse", "--verify", `refs/heads/${path[0]}`).trim();
    return { value: { ref: `refs/heads/${path[0]}`, object: { type: "commit", sha } } };
  }),
  on(
    "GET",
    /^\/compare\/([^/]+)\.\.\.([^/]+)$/,
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    (r, { path }) => {
      const [base = "", head = ""] = path.map((name) =>
        // A branch of another repository of the network, which is kept apart from our own.
        name.startsWith(`${r.owner}:`)
          ? name.slice(r.owner.length + 1)
          : name.replace(/^([^:]+):/, "refs/network/$1/"),
      );
      const start = r.git("merge-base", base, head).trim();
      const commits = commitsIn(r.git, `${start}..${head}`);
      const value = {
        ...{ status: "ahead", total_commits: commits.length, ahead_by: commits.length },
        merge_base_commit: { sha: start },
      };
      return {
        value: { ...value, commits: commits.slice(0, 250), files: changedIn(r, start, head).slice(0, 300) },
      };
    },
  ),
  on("GET", /^\/contents\/(.+)$/, "GET /repos/{owner}/{repo}/contents/{path}", (r, { path, query }) => {
    const text = r.git("show", `${query.get("ref")}:${path[0]}`);
    const value = { type: "file", encoding: "base64", path: path[0], size: text.length };
    return { value: { ...value, content: Buffer.from(text).toString("base64") } };
  }),
  on(
    "PUT",
    /^\/collaborators\/([^/]+)$/,
    "PUT /repos/{owner}/{repo}/collaborators/{username}",
    (r, { path }) => {
      const name = path[0] ?? "";
      if (r.invited.includes(name)) return { status: 204 };
      r.invited.push(name);
      return { status: 201, value: { id: 1, permissions: "write", invitee: { login: name } } };
    },
  ),
];

function on(method: string, pattern: RegExp, operation: Operation, handle: Handler) {
  return { method, pattern, operation, handle };
}

export const repositoryOf = (r: Stored) => ({
  id: r.id,
  name: r.repo,
  full_name: `${r.owner}/${r.repo}`,
  owner: { login: r.owner },
  private: r.private,
  is_template: r.isTemplate,
  default_branch: r.default_branch,
  archived: r.archived ?? false,
  ...(r.parent === undefined
    ? {}
    : { fork: true, parent: { full_name: r.parent, default_branch: "main", owner: { login: r.parent } } }),
  created_at: "2026-11-10T08:00:00Z",
  pushed_at: r.pushed_at,
  ...(r.template === null ? {} : { template_repository: { full_name: r.template } }),
});

const pullNamed = (r: Stored, number: string | undefined) => r.pulls.find((p) => String(p.number) === number);
const shaOf = (r: Stored, name: string) => r.git("rev-parse", "--verify", name).trim();
const headOf = (r: Stored, p: Fixture) => p.at_merge?.head ?? shaOf(r, p.head);
const baseOf = (r: Stored, p: Fixture) => p.at_merge?.base ?? shaOf(r, p.base);
const startOf = (r: Stored, p: Fixture) => r.git("merge-base", baseOf(r, p), headOf(r, p)).trim();
const commitsOf = (r: Stored, p: Fixture) => commitsIn(r.git, `${startOf(r, p)}..${headOf(r, p)}`);
const changesOf = (r: Stored, p: Fixture) => changedIn(r, startOf(r, p), headOf(r, p));

/** Files as GitHub lists them, each with an address that names the commit. */
const changedIn = (r: Stored, base: string, head: string) =>
  filesIn(r.git, base, head).map((file) => ({
    ...file,
    contents_url: `/repos/${r.owner}/${r.repo}/contents/${encodeURIComponent(String(file.filename))}?ref=${head}`,
  }));

/** The fork that a pull request came from. */
const forkOf = ({ head_repo }: Fixture) =>
  head_repo === undefined ? {} : { full_name: head_repo, owner: { login: head_repo.split("/")[0] } };

const pullOf = (r: Stored, p: Fixture) => ({
  number: p.number,
  title: p.title,
  body: p.body,
  state: p.state ?? "open",
  draft: p.draft ?? false,
  user: { login: p.author, type: p.author_type ?? "User" },
  merged_at: p.merged ? p.updated_at : null,
  created_at: p.created_at,
  updated_at: p.updated_at,
  head: {
    ref: p.head,
    sha: headOf(r, p),
    repo: p.fork_gone ? null : { ...repositoryOf(r), ...forkOf(p), pushed_at: p.updated_at },
  },
  base: { ref: p.base, sha: baseOf(r, p), repo: repositoryOf(r) },
  merge_commit_sha: p.at_merge?.commit ?? null,
});
