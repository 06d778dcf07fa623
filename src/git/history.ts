import type { AddedByCommit, Missing } from "../domain/submission/snapshot.ts";
import { MAX_COMPARED_BYTES, PATCH, PLAIN } from "./changed-files.ts";
import type { Git } from "./git.ts";
import { sectionsByCommit } from "./patches.ts";

const MAX_HISTORY_BYTES = 32_000_000;

/** What each commit added, oldest first, and what of it was not read. */
export type History = {
  /** Null when nothing could be read. */
  readonly history: readonly AddedByCommit[] | null;
  /** By commit, the names of the files that it changed, old and new. Of a merge, those that it changed itself. */
  readonly touched: ReadonlyMap<string, ReadonlySet<string>>;
  readonly isWhole: boolean;
  readonly missing: readonly Missing[];
};

/**
 * What each commit of a range added, by file. Of a merge, what neither side held: what it added itself.
 * @param mostCommits how many are read at most, the newest.
 * @param total how many there are. Undefined when it is not known.
 */
export async function historyOf(
  git: Git,
  range: string,
  mostCommits: number,
  total: number | undefined,
): Promise<History> {
  const { bytes, cut, failed } = await git.output(
    [
      ...["-c", `core.bigFileThreshold=${MAX_COMPARED_BYTES}`, "log", "--reverse", "--format=commit %H"],
      ...[`--max-count=${mostCommits}`, "-c", "-U0", "-M", "--root", ...PATCH, ...PLAIN, range],
    ],
    { mostBytes: MAX_HISTORY_BYTES },
  );
  const commits = sectionsByCommit(bytes.toString("utf8"), cut || failed);
  const history = commits.flatMap(({ commit, sections }) =>
    sections.flatMap(({ to, hunks }) =>
      to === undefined || hunks === "" ? [] : [{ commit, path: to, patch: twoSided(hunks) }],
    ),
  );
  const isCut = cut || failed;
  // The last one may be without its end.
  const read = isCut ? Math.max(0, commits.length - 1) : commits.length;
  const isWhole = !isCut && total !== undefined && total <= read;
  const of = total === undefined ? "" : ` of ${total}`;
  const why = failed
    ? `what ${read}${of} commits added was read; the clone does not hold the rest`
    : `what ${read}${of} commits added was read`;
  const touched = commits.map(
    ({ commit, sections }) =>
      [commit, new Set(sections.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()))] as const,
  );
  return {
    history: failed && read === 0 ? null : history,
    touched: new Map(touched),
    isWhole,
    missing: isWhole ? [] : [{ part: "history", why }],
  };
}

/**
 * A diff against several parents as one against a single parent: a line is added where no parent holds it. Other diffs
 * stay as they are.
 */
function twoSided(hunks: string): string {
  const parents = (/^@+/.exec(hunks)?.[0].length ?? 2) - 1;
  if (parents === 1) return hunks;
  const lines = hunks.split("\n").flatMap((line) => {
    const start = /^@@+ .*?\+(\d+)(?:,\d+)? @@/.exec(line);
    if (start) return [`@@ -0,0 +${start[1]} @@`];
    const [marks, text] = [line.slice(0, parents), line.slice(parents)];
    if (marks.includes("-") || marks.startsWith("\\")) return [];
    return [`${/^\++$/.test(marks) ? "+" : " "}${text}`];
  });
  return lines.join("\n");
}
