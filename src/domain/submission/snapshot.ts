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
  /** What the work is compared with, and why that. */
  readonly base: string;
  readonly baseWhy?: string;
  readonly headSha: string;
  /** The commit at which the work began: the merge base of a pull request, or the recorded starting commit. */
  readonly baseSha: string;
  readonly createdAt: string | null;
  /** When the host recorded that this head arrived. Null without such a record. */
  readonly pushedAt: string | null;
  /** Totals counted by the host, null where it did not count. The lists below may hold fewer. */
  readonly totals: {
    readonly commits: number | null;
    readonly files: number | null;
    readonly added: number | null;
    readonly removed: number | null;
  };
  /** Work that was seen and not counted, in our own words around names from the host. */
  readonly beside: readonly string[];
  readonly commits: readonly SnapshotCommit[];
  readonly files: readonly ChangedFile[];
  readonly checks: readonly Check[];
  readonly runs: readonly WorkflowRun[];
  /** Force pushes recorded by the host. Null when it keeps no record. */
  readonly forcePushes: number | null;
  readonly tree: readonly TreeEntry[];
  /** Large contents that the commits of the work hold and the head does not. Undefined where that is not known. */
  readonly gone?: readonly TreeEntry[];
  /** What each commit of the work added, for what was added and taken away again. Null when the commits were not read. */
  readonly history: readonly AddedByCommit[] | null;
  /** The whole texts of manifests, pipelines and changed tests, at the start and at the head. */
  readonly before: readonly SourceFile[];
  readonly after: readonly SourceFile[];
  /** The paths of those that were not read: what is computed from them is not known. */
  readonly unread: readonly string[];
  /** What could not be read. Every figure that depends on such a part is withheld. */
  readonly missing: readonly Missing[];
};

/** A part of a submission that may not have been read. */
export type Part =
  | "commits"
  | "files"
  | "differences"
  | "checks"
  | "CI runs"
  | "pushes"
  | "force pushes"
  | "history"
  | "repository"
  | "infrastructure"
  | "sources"
  | "tests"
  | "starting point"
  | "fork"
  | "requirements";

/** A part that was not, or not wholly, read, and why, in our own words. */
export type Missing = { readonly part: Part; readonly why: string };

/** The lines that one commit added to one file. */
export type AddedByCommit = { readonly commit: string; readonly path: string; readonly patch: string };

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
  /** Whether git takes it for binary, so that it has no lines. */
  readonly binary: boolean;
  /**
   * A unified diff without file headers, empty where no line differs (an empty file, a rename, a change of mode).
   * Undefined for a binary file, and when the host did not give it.
   */
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
