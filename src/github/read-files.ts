import { isUtf8 } from "node:buffer";
import { filesToRead, sidesOf, type ToRead } from "../domain/submission/repository-tree.ts";
import type { ChangedFile, SubmissionSnapshot } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { isUnread, withText } from "./changed-files.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import type { GitEntry } from "./parts.ts";
import type { Reading } from "./reading.ts";

const MAX_FILES_IN_ONE_QUERY = 80;
/** GitHub ends a query after ten seconds, so one query asks for no more than this. */
const MAX_BYTES_IN_ONE_QUERY = 4_000_000;
const MAX_FILES = 400;
const MAX_BYTES = 16_000_000;
/**
 * The most files read without a token. Reading many files in one query needs a token; otherwise each file costs a
 * request.
 */
const MAX_FILES_ONE_BY_ONE = 2;

type Commits = { readonly head: string; readonly base: string };
type Change = {
  readonly tree: readonly GitEntry[];
  readonly files: readonly ChangedFile[];
  /** Whether every other file is unchanged. */
  readonly isWhole: boolean;
};
type How = Pick<Reading, "hasToken" | "fileKinds" | "signal">;

/** What was read whole, and the changed files with the differences that could be made of it. */
export type FilesRead = Pick<SubmissionSnapshot, "before" | "after" | "unread" | "files"> & {
  /** Why the rest was not read; undefined where a limit of ours is the reason. */
  readonly why: string | undefined;
};

/**
 * Reads what is to be read whole at both commits, and then added and removed files whose difference GitHub left out.
 * With a token these are queries of 80 files; without one, only as many files as the budget of requests allows.
 */
export async function readFiles(
  octokit: Octokit,
  where: RepositoryRef,
  commits: Commits,
  change: Change,
  how: How,
): Promise<FilesRead> {
  const most = how.hasToken ? MAX_FILES : MAX_FILES_ONE_BY_ONE;
  const chosen = filesToRead({ ...change, fileKinds: how.fileKinds }, most);
  const wanted = change.isWhole ? chosen : withBothSides(chosen);
  const before = wanted.changed.flatMap((file) => (file.before === undefined ? [] : [file.before]));
  const changedAfter = wanted.changed.flatMap((file) => (file.after === undefined ? [] : [file.after]));
  const after = [...changedAfter, ...wanted.unchanged];
  const at = (sha: string) => (path: string) => `${sha}:${path}`;
  const whole = [...before.map(at(commits.base)), ...after.map(at(commits.head))];
  const expressionOf = ({ path, status }: ChangedFile) =>
    status === "added" ? at(commits.head)(path) : status === "removed" ? at(commits.base)(path) : undefined;
  const lost = how.hasToken ? change.files.filter(isUnread).flatMap((file) => expressionOf(file) ?? []) : [];
  const expressions = [...new Set([...whole, ...lost])].slice(0, most);
  const bytes = new Map(change.tree.map((entry) => [at(commits.head)(entry.path), entry.bytes]));
  const { blobs, why } = await (how.hasToken ? readBlobs : oneByOne)(octokit, where, expressions, {
    bytesOf: (expression) => bytes.get(expression) ?? 0,
    signal: how.signal,
  });
  const side = (sha: string, paths: readonly string[]) =>
    new Map(
      paths.flatMap((path) => {
        const text = blobs.get(at(sha)(path));
        return typeof text === "string" ? [[path, text] as const] : [];
      }),
    );
  const files = change.files.map((file) => {
    const expression = isUnread(file) ? expressionOf(file) : undefined;
    const blob = expression === undefined ? undefined : blobs.get(expression);
    if (blob === BINARY) return { ...file, binary: true };
    return blob === undefined ? file : withText(file, blob);
  });
  return { ...sidesOf(wanted, side(commits.base, before), side(commits.head, after)), files, why };
}

/** Where the list of changed files is cut, any other file may have changed too, so it is read on both sides. */
const withBothSides = ({ changed, unchanged, left }: ToRead): ToRead => ({
  changed: [...changed, ...unchanged.map((path) => ({ before: path, after: path }))],
  unchanged: [],
  left,
});

/** What was read at an expression: a text, or that it is binary. */
export const BINARY = Symbol("binary");
type Blobs = {
  readonly blobs: ReadonlyMap<string, string | typeof BINARY>;
  readonly why: string | undefined;
};
type Ask = { readonly bytesOf: (expression: string) => number; readonly signal: AbortSignal };
type Blob = { text?: string | null; isTruncated?: boolean; isBinary?: boolean | null } | null;
type Answer = { repository: Record<string, Blob> | null };

/** Uses GraphQL, because REST cannot read many files at once. After a query that fails, no more are made. */
export async function readBlobs(
  octokit: Octokit,
  where: RepositoryRef,
  expressions: readonly string[],
  { bytesOf, signal }: Ask,
): Promise<Blobs> {
  const blobs = new Map<string, string | typeof BINARY>();
  let room = MAX_BYTES;
  for (const some of queriesOf(expressions, bytesOf)) {
    let answer: Answer;
    let failed: unknown;
    try {
      answer = await oneQuery(octokit, where, some, signal);
    } catch (error) {
      // An answer with errors may still hold a part of what was asked for.
      const { data } = error as { data?: Answer | null };
      if (!data?.repository) return { blobs, why: whyOf(error, signal) };
      [answer, failed] = [data, error];
    }
    for (const [n, expression] of some.entries()) {
      const blob = answer.repository?.[`f${n}`];
      if (blob?.isBinary) blobs.set(expression, BINARY);
      else if (typeof blob?.text === "string" && !blob.isTruncated) blobs.set(expression, blob.text);
      room -= blob?.text?.length ?? 0;
    }
    if (failed !== undefined) return { blobs, why: whyOf(failed, signal) };
    if (room <= 0) break;
  }
  return { blobs, why: undefined };
}

/** Expressions in groups for one query each. */
function queriesOf(expressions: readonly string[], bytesOf: Ask["bytesOf"]): string[][] {
  const queries: string[][] = [];
  let [group, bytes]: [string[], number] = [[], 0];
  for (const expression of expressions) {
    const size = bytesOf(expression);
    if (
      group.length >= MAX_FILES_IN_ONE_QUERY ||
      (group.length > 0 && bytes + size > MAX_BYTES_IN_ONE_QUERY)
    ) {
      queries.push(group);
      [group, bytes] = [[], 0];
    }
    group.push(expression);
    bytes += size;
  }
  return group.length > 0 ? [...queries, group] : queries;
}

/** Paths are passed as variables. */
function oneQuery(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  expressions: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const variables = Object.fromEntries(expressions.map((expression, n) => [`e${n}`, expression]));
  const declared = expressions.map((_, n) => `$e${n}: String!`).join(", ");
  const selections = expressions.map(
    (_, n) => `f${n}: object(expression: $e${n}) { ... on Blob { text isTruncated isBinary } }`,
  );
  const query = `query($owner: String!, $repo: String!, ${declared}) {
    repository(owner: $owner, name: $repo) { ${selections.join("\n")} }
  }`;
  return octokit.graphql<Answer>(query, { owner, repo, ...variables, request: { signal } });
}

async function oneByOne(
  octokit: Octokit,
  where: RepositoryRef,
  expressions: readonly string[],
  { signal }: Ask,
): Promise<Blobs> {
  const blobs = new Map<string, string>();
  let why: string | undefined;
  await Promise.all(
    expressions.map(async (expression) => {
      const [ref = "", ...path] = expression.split(":");
      const ask = { ...where, ref, path: path.join(":"), request: { signal } };
      try {
        const { data } = await octokit.rest.repos.getContent(ask);
        // Of a file over a megabyte GitHub gives no content here.
        if (Array.isArray(data) || data.type !== "file" || data.encoding !== "base64") return;
        const bytes = Buffer.from(data.content, "base64");
        if (isUtf8(bytes)) blobs.set(expression, bytes.toString("utf8"));
      } catch (error) {
        why = whyOf(error, signal);
      }
    }),
  );
  return { blobs, why };
}
