import type { SubmissionFacts } from "./facts.ts";
import type { SourceFile } from "./infrastructure/manifests.ts";

/**
 * A submission as it was read, before any fact is computed. Its texts come from the host unchanged and may be hostile.
 */
export type SubmissionSnapshot = {
  readonly source: SubmissionFacts["identity"]["source"];
  /** `owner/name`, or the name of a clone. */
  readonly repository: string;
  /** The name in the address that was given. Set when the repository has been renamed. */
  readonly askedAs?: string;
  /** Names of people and organisations that blind mode removes from every text. */
  readonly identities: readonly string[];
  readonly number: number | null;
  /** Web address of the repository, for permalinks. Null for a clone. */
  readonly webUrl: string | null;
  readonly title: string;
  readonly body: string;
  readonly state: SubmissionFacts["identity"]["state"];
  readonly draft: boolean;
  readonly branch: string;
  readonly base: string;
  readonly headSha: string;
  /** The commit at which the work began: the merge base of a pull request, or the recorded starting commit. */
  readonly baseSha: string;
  readonly createdAt: string | null;
  /** When the host last recorded a push. Null when only the commits have dates. */
  readonly pushedAt: string | null;
  /** Totals counted by the host. The lists below may hold fewer. */
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
  /** Force pushes recorded by the host. Null when it keeps no record. */
  readonly forcePushes: number | null;
  readonly tree: readonly TreeEntry[];
  /** The whole texts of manifests and pipelines, at the start and at the head. */
  readonly before: readonly SourceFile[];
  readonly after: readonly SourceFile[];
  /** What could not be read, in our own words. */
  readonly missing: readonly string[];
};

/** One entry of a repository at a commit. `mode` is git's: 120000 is a symbolic link, 160000 a submodule. */
export type TreeEntry = { readonly path: string; readonly mode: string; readonly bytes: number | undefined };

export type SnapshotCommit = {
  readonly sha: string;
  readonly message: string;
  /** The date set by the author's machine. */
  readonly authoredAt: string;
  readonly committedAt: string;
  /** Whether the host verified the signature. Null when it does not say. */
  readonly verified: boolean | null;
  readonly parents: number;
};

export type ChangedFile = {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: "added" | "removed" | "modified" | "renamed" | "other";
  readonly added: number;
  readonly removed: number;
  /** A unified diff without file headers. Undefined when the host gave none (binary, or too large). */
  readonly patch: string | undefined;
};

/** One run of a CI workflow, at any commit. */
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
