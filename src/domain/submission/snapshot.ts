/** A pull request as it was read, before anything is computed from it. Texts are as the host gave them: hostile. */
export type PullRequestSnapshot = {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Address of the repository's pages, for permalinks. */
  readonly webUrl: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly branch: string;
  readonly base: string;
  readonly headSha: string;
  readonly baseSha: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Totals as the host counts them; the lists below may hold fewer. */
  readonly totals: {
    readonly commits: number;
    readonly files: number;
    readonly added: number;
    readonly removed: number;
  };
  readonly commits: readonly SnapshotCommit[];
  readonly files: readonly ChangedFile[];
  readonly checks: readonly Check[];
  /** What could not be read, in our words. */
  readonly missing: readonly string[];
};

export type SnapshotCommit = {
  readonly sha: string;
  readonly message: string;
  /** As the author's machine claimed it. */
  readonly authoredAt: string;
  readonly parents: number;
};

export type ChangedFile = {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed" | "other";
  readonly added: number;
  readonly removed: number;
  /** A unified diff without file headers; undefined where the host gave none (binary, or too large). */
  readonly patch: string | undefined;
};

export type Check = {
  readonly name: string;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly completedAt: string | null;
};
