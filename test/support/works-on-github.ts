import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import { gitIn } from "../../examples/github/repository.ts";
import type { Fixture, GithubSetup } from "../../examples/github/server.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { computeFacts, type FactsOptions } from "../../src/domain/submission/compute-facts.ts";
import type { SubmissionRef } from "../../src/domain/submission/url.ts";
import { clientFor, type ExerciseGithub, snapshotOf, startExerciseGithub } from "./exercise-github.ts";
import { importCommits, type MadeCommit } from "./made-repository.ts";

const fileKinds = loadCatalog({}).fileKinds();
const ask = { fileKinds, signal: new AbortController().signal };
const WHERE = { owner: "acme", repo: "work" };
const PULL: Fixture = {
  ...{ ...WHERE, number: 1, title: "Answer", body: "", author: "zed-handle", base: "main", head: "answer" },
  ...{ created_at: "2026-11-20T12:00:00Z", updated_at: "2026-11-20T13:00:00Z", checks: [] },
};

export type WorkSetup = GithubSetup & {
  readonly hasToken?: boolean;
  readonly pull?: Partial<Fixture>;
  /** The files of the first commit, by path. */
  readonly start?: Readonly<Record<string, string>>;
};

/**
 * Gives what makes a repository `acme/work` on a loopback GitHub: one commit on main, and the given ones on the branch
 * `answer`. What is made is taken away after each test.
 */
export function worksOnGithub() {
  const folders: string[] = [];
  const open: ExerciseGithub[] = [];
  afterEach(async () => {
    for (const github of open.splice(0)) await github.close();
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return async (
    commits: readonly MadeCommit[],
    { hasToken = true, pull, start, ...setup }: WorkSetup = {},
  ) => {
    const folder = mkdtempSync(join(tmpdir(), "greenflag-work-"));
    folders.push(folder);
    for (const [path, text] of Object.entries({ "README.md": "Start\n", ...start }))
      writeFileSync(join(folder, path), text);
    const local = await startExerciseGithub({ templates: { "acme/work": folder }, ...setup });
    open.push(local);
    const bare = local.bare("acme", "work");
    const git = (...args: string[]) => gitIn(bare)(...args).trim();
    if (commits.length > 0) importCommits(bare, "answer", commits);
    const github = clientFor(local, hasToken);
    const read = async (
      ref: SubmissionRef,
      startSha?: string,
      { candidate, ...options }: Partial<FactsOptions> & { candidate?: string } = {},
    ) => {
      const snapshot = await snapshotOf(github, ref, { ...ask, candidate }, startSha);
      return { snapshot, facts: computeFacts(snapshot, { fileKinds, blind: false, ...options }) };
    };
    return {
      ...{ local, git, bare, github, read },
      push: (branch: string, more: readonly MadeCommit[], from?: string | null) =>
        importCommits(bare, branch, more, from),
      /** A merge of two branches into `answer`, whose files are those of a branch or tree. */
      merge(first: string, second: string, tree: string) {
        const who = ["-c", "user.name=Zed", "-c", "user.email=zed@example.test"];
        const ends = ["-p", first, "-p", second, "-m", "Merge"];
        const sha = git(...who, "commit-tree", git("rev-parse", `${tree}^{tree}`), ...ends);
        git("update-ref", "refs/heads/answer", sha);
        return sha;
      },
      openPull: (more: Partial<Fixture> = {}) => local.openPull({ ...PULL, ...pull, ...more }),
      /** Opens the pull request of `answer`, and reads it. */
      pull() {
        local.openPull({ ...PULL, ...pull });
        return read({ ...WHERE, number: 1 });
      },
      /** Reads the branch `answer` against main. */
      branch: () => read({ ...WHERE, number: null, branch: "answer" }, git("rev-parse", "main")),
    };
  };
}
