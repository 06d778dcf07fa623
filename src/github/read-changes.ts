import { pluralize } from "../domain/pluralize.ts";
import type { Missing, Part, SubmissionSnapshot, WorkflowRun } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { changedFile, isUnread, needsStart, unlistedFiles } from "./changed-files.ts";
import { checksAt } from "./checks.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { type ListedFile, type Parts, runsOn, type Tree, treeAt } from "./parts.ts";
import type { Pushes } from "./pushes.ts";
import { readFiles } from "./read-files.ts";
import type { Reading } from "./reading.ts";

/** The head that is read, with its branch, or with the SHA in its place where it is not named. */
export type Head = { readonly sha: string; readonly branch: string; readonly isNamed: boolean };

const NO_RUNS = { runs: [], total: 0 };
export const NO_BRANCH = "the address names no branch";

/** What belongs to the head alone: its checks, its tree and the runs of its branch. */
export async function readHead(
  octokit: Octokit,
  where: RepositoryRef,
  { sha, branch, isNamed }: Head,
  { parts, signal }: { readonly parts: Parts; readonly signal: AbortSignal },
) {
  const [checks, tree, { runs, total }] = await Promise.all([
    checksAt(octokit, where, sha, parts, signal),
    parts.part("repository", undefined, () => treeAt(octokit, where, sha, signal)),
    isNamed ? parts.part("CI runs", NO_RUNS, () => runsOn(octokit, where, branch, signal)) : NO_RUNS,
  ]);
  if (!isNamed) parts.missing.push({ part: "CI runs", why: NO_BRANCH });
  if (tree?.truncated) parts.missing.push({ part: "repository", why: "GitHub did not list every file" });
  if (runs.length < total)
    parts.missing.push({ part: "CI runs", why: `${runs.length} of ${total} were read` });
  return { checks, tree, runs };
}

type Change = {
  readonly base: string;
  readonly head: string;
  readonly listed: readonly ListedFile[];
  /** Whether GitHub's list holds every file that changed, and why it does not. */
  readonly isWhole: boolean;
  readonly whyCut: string;
  /** The trees at both ends, as far as they are read. */
  readonly before?: Tree;
  readonly after: Tree | undefined;
};

/**
 * The changed files with what was read whole. A list that GitHub cut is made whole from the trees at both ends; then
 * the lines that differ are known only for what was listed, added or removed.
 */
export async function readChanges(
  octokit: Octokit,
  where: RepositoryRef,
  change: Change,
  { missing }: Parts,
  reading: Reading,
): Promise<Pick<SubmissionSnapshot, "files" | "before" | "after" | "unread"> & { isWhole: boolean }> {
  const { base, head, listed, after } = change;
  let { before } = change;
  if (!before && (!change.isWhole || needsStart(listed)))
    try {
      before = await treeAt(octokit, where, base, reading.signal);
    } catch (error) {
      missing.push({ part: "differences", why: `the start: ${whyOf(error, reading.signal)}` });
    }
  const bothWhole = before && after && !before.truncated && !after.truncated ? { before, after } : undefined;
  const files = [
    ...listed.map((file) => changedFile(file, { before, after })),
    ...(change.isWhole || !bothWhole ? [] : unlistedFiles(listed, bothWhole.before, bothWhole.after)),
  ];
  const isWhole = change.isWhole || bothWhole !== undefined;
  if (!isWhole) missing.push({ part: "files", why: change.whyCut });
  const { why, ...read } = await readFiles(
    octokit,
    where,
    { head, base },
    { tree: after?.tree ?? [], files, isWhole },
    reading,
  );
  missing.push(...leftOut(read.unread, reading, why), ...withoutLines(read.files.filter(isUnread)));
  return { ...read, isWhole };
}

/**
 * The `missing` entries for files that were to be read whole and were not: manifests and pipelines, changed or not, and
 * changed sources with their tests.
 */
function leftOut(
  unread: readonly string[],
  { hasToken, fileKinds }: Reading,
  why: string | undefined,
): Missing[] {
  const reason = why !== undefined ? `: ${why}` : hasToken ? "" : "; with GITHUB_TOKEN one query reads them";
  const entry = (part: Part, count: number, one: string, many: string): Missing[] =>
    count === 0 ? [] : [{ part, why: `${pluralize(count, one, many)} not read${reason}` }];
  const manifests = unread.filter(fileKinds.isReadWhole).length;
  return [
    ...entry("infrastructure", manifests, "manifest was", "manifests were"),
    ...entry("sources", unread.length - manifests, "changed source was", "changed sources were"),
  ];
}

const withoutLines = ({ length: left }: readonly unknown[]): Missing[] =>
  left === 0
    ? []
    : [
        {
          part: "differences",
          why: `the lines of ${pluralize(left, "file")} are not in GitHub's answer`,
        },
      ];

/** The entries for pushes without a record. */
export const pushesMissing = (pushes: Pushes | null): Missing[] => [
  ...(pushes?.why === undefined ? [] : [{ part: "pushes" as const, why: pushes.why }]),
  ...(pushes?.forced === null
    ? [{ part: "force pushes" as const, why: "GitHub lists no more than 100 of what happened on the branch" }]
    : []),
];

export const runsFor = (
  runs: readonly WorkflowRun[],
  commits: readonly { readonly sha: string }[],
): WorkflowRun[] => {
  const shas = new Set(commits.map(({ sha }) => sha));
  return runs.filter((run) => shas.has(run.headSha));
};
