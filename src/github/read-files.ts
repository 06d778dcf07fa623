import { filesToRead, sidesOf } from "../domain/submission/repository-tree.ts";
import type { ChangedFile, SubmissionSnapshot, TreeEntry } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import type { Octokit } from "./octokit.ts";
import type { Reading } from "./reading.ts";

const MAX_FILES_IN_ONE_QUERY = 80;
/**
 * The most files read without a token. Reading many files in one query needs a token; otherwise each file costs a
 * request.
 */
const MAX_FILES_ONE_BY_ONE = 2;

type Commits = { readonly head: string; readonly base: string };

/**
 * Reads manifests and pipelines at both commits. With a token this is one query; without one, only as many as the
 * budget of requests allows.
 */
export async function readFiles(
  octokit: Octokit,
  where: RepositoryRef,
  commits: Commits,
  change: { readonly tree: readonly TreeEntry[]; readonly files: readonly ChangedFile[] },
  how: Pick<Reading, "hasToken" | "isReadWhole" | "signal">,
): Promise<Pick<SubmissionSnapshot, "before" | "after" | "unread">> {
  const most = how.hasToken ? MAX_FILES_IN_ONE_QUERY : MAX_FILES_ONE_BY_ONE;
  const wanted = filesToRead({ ...change, isReadWhole: how.isReadWhole }, most);
  const before = wanted.changed.flatMap((file) => (file.before === undefined ? [] : [file.before]));
  const changedAfter = wanted.changed.flatMap((file) => (file.after === undefined ? [] : [file.after]));
  const after = [...changedAfter, ...wanted.unchanged];
  const expressions = [
    ...before.map((path) => `${commits.base}:${path}`),
    ...after.map((path) => `${commits.head}:${path}`),
  ];
  if (expressions.length === 0) return { before: [], after: [], unread: wanted.left };
  const texts = how.hasToken
    ? await inOneQuery(octokit, where, expressions, how.signal)
    : await oneByOne(octokit, where, expressions, how.signal);
  const side = (sha: string, paths: readonly string[]) =>
    new Map(
      paths.flatMap((path) => {
        const text = texts.get(`${sha}:${path}`);
        return text === undefined ? [] : [[path, text] as const];
      }),
    );
  return sidesOf(wanted, side(commits.base, before), side(commits.head, after));
}

type Blob = { text?: string | null; isTruncated?: boolean } | null;

/** Uses GraphQL, because REST cannot read many files at once. Paths are passed as variables. */
async function inOneQuery(
  octokit: Octokit,
  { owner, repo }: RepositoryRef,
  expressions: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const variables = Object.fromEntries(expressions.map((expression, n) => [`e${n}`, expression]));
  const declared = expressions.map((_, n) => `$e${n}: String!`).join(", ");
  const selections = expressions.map(
    (_, n) => `f${n}: object(expression: $e${n}) { ... on Blob { text isTruncated } }`,
  );
  const query = `query($owner: String!, $repo: String!, ${declared}) {
    repository(owner: $owner, name: $repo) { ${selections.join("\n")} }
  }`;
  const { repository } = await octokit.graphql<{ repository: Record<string, Blob> | null }>(query, {
    owner,
    repo,
    ...variables,
    request: { signal },
  });
  return new Map(
    expressions.flatMap((expression, n) => {
      const blob = repository?.[`f${n}`];
      return typeof blob?.text === "string" && !blob.isTruncated ? [[expression, blob.text] as const] : [];
    }),
  );
}

async function oneByOne(
  octokit: Octokit,
  where: RepositoryRef,
  expressions: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const read = await Promise.all(
    expressions.map(async (expression) => {
      const [ref = "", ...path] = expression.split(":");
      const { data } = await octokit.rest.repos.getContent({
        ...where,
        ref,
        path: path.join(":"),
        request: { signal },
      });
      if (Array.isArray(data) || data.type !== "file") return [];
      return [[expression, Buffer.from(data.content, "base64").toString("utf8")] as const];
    }),
  );
  return new Map(read.flat());
}
