import type { SubmissionFacts } from "./facts.ts";
import type { SourceFile } from "./infrastructure/manifests.ts";

/** A submission as it was read, before anything is computed from it. Texts are as the host gave them: hostile. */
export type SubmissionSnapshot = {
  readonly source: SubmissionFacts["identity"]["source"];
  /** `owner/name`, or what a clone is called. */
  readonly repository: string;
  /** What it was asked for as, where it was renamed since. */
  readonly askedAs?: string;
  /** Names of people and organisations that blind mode leaves out of every text. */
  readonly identities: readonly string[];
  readonly number: number | null;
  /** Address of the repository's pages, for permalinks; null for a clone, which has none. */
  readonly webUrl: string | null;
  readonly title: string;
  readonly body: string;
  readonly state: SubmissionFacts["identity"]["state"];
  readonly draft: boolean;
  readonly branch: string;
  readonly base: string;
  readonly headSha: string;
  /** Where the work began: the merge base of a pull request, or the recorded starting commit. */
  readonly baseSha: string;
  readonly createdAt: string | null;
  /** When the host last saw a push; null where only commits can tell. */
  readonly pushedAt: string | null;
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
  readonly runs: readonly WorkflowRun[];
  /** Force pushes that the host recorded; null where it keeps no record. */
  readonly forcePushes: number | null;
  readonly tree: readonly TreeEntry[];
  /** Manifests and pipelines at the start and at the head, whole. */
  readonly before: readonly SourceFile[];
  readonly after: readonly SourceFile[];
  /** What could not be read, in our words. */
  readonly missing: readonly string[];
};

/** One entry of a repository at a commit. `mode` is git's: 120000 a symbolic link, 160000 a submodule. */
export type TreeEntry = { readonly path: string; readonly mode: string; readonly bytes: number | undefined };

export type SnapshotCommit = {
  readonly sha: string;
  readonly message: string;
  /** As the author's machine claimed it. */
  readonly authoredAt: string;
  readonly committedAt: string;
  /** Whether the host could verify who signed it; null where it does not say. */
  readonly verified: boolean | null;
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

/** One run of a CI workflow, at whichever commit. */
export type WorkflowRun = {
  readonly workflow: string;
  readonly headSha: string;
  readonly conclusion: string | null;
  readonly createdAt: string;
};

export type Check = {
  readonly name: string;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly completedAt: string | null;
};
