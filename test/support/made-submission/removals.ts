import type { Missing, SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";

/** A part of what was read that is taken away again, as a reader leaves it where it cannot get it. */
export type Removal = {
  readonly what: string;
  /** The snapshot without it. Undefined where there is nothing of it to take away. */
  readonly from: (whole: SubmissionSnapshot) => SubmissionSnapshot | undefined;
  /** The figures that depend on it whatever it holds: all of these are withheld. */
  readonly loses: RegExp;
  /** The figures that depend on it if it holds something of theirs. No other figure is withheld. */
  readonly mayLose: RegExp;
};

const NONE = /^$/;
/** What is looked for in every changed file. */
const SEEN_IN_FILES = "coverage|secrets|hidden_characters|protected_edited|workflows_edited";
const TEST_COUNTS = "tests\\.(?:cases_|skipped_|focused_|emptied)";

const and = (whole: SubmissionSnapshot, part: Missing["part"]): Missing[] => [
  ...whole.missing,
  { part, why: "it was taken away" },
];
const at = <T>(all: readonly T[], n: number): T | undefined => all[n % all.length];

/** Takes away one part, chosen by a number. */
const REMOVALS: readonly ((n: number) => Removal)[] = [
  (n) => ({
    what: "the end of the list of files",
    from: (whole) =>
      whole.files.length === 0
        ? undefined
        : { ...whole, files: whole.files.slice(0, n % whole.files.length) },
    loses: /^(?:areas|tests\.(?!not_counted))/,
    mayLose: new RegExp(`^(?:tests|infrastructure|repository\\.lfs|${SEEN_IN_FILES})`),
  }),
  (n) => ({
    what: "the difference of one file",
    from: (whole) => {
      const one = at(
        whole.files.filter(({ patch }) => patch),
        n,
      );
      const files = whole.files.map((file) => (file === one ? { ...file, patch: undefined } : file));
      return one && { ...whole, files, missing: and(whole, "differences") };
    },
    loses: NONE,
    mayLose: new RegExp(`^(?:${TEST_COUNTS}|${SEEN_IN_FILES})`),
  }),
  (n) => ({
    what: "the difference and the lines of one file",
    from: (whole) => {
      const one = at(
        whole.files.filter(({ patch }) => patch),
        n,
      );
      const bare = { patch: undefined, added: 0, removed: 0 };
      const files = whole.files.map((file) => (file === one ? { ...file, ...bare } : file));
      const totals = { ...whole.totals, added: null, removed: null };
      return one && { ...whole, files, totals, missing: and(whole, "differences") };
    },
    loses: /^totals\.(?:added|removed)/,
    mayLose: new RegExp(`^(?:areas\\.\\w+\\.(?:added|removed)|${TEST_COUNTS}|${SEEN_IN_FILES})`),
  }),
  (n) => ({
    what: "the texts of one file",
    from: (whole) => {
      const one = at(whole.after, n) ?? at(whole.before, n);
      const changed = whole.files.find((f) => f.path === one?.path || f.previousPath === one?.path);
      const names = [one?.path, changed?.path, changed?.previousPath];
      const others = (side: SubmissionSnapshot["after"]) => side.filter(({ path }) => !names.includes(path));
      const name = changed?.path ?? one?.path ?? "";
      return (
        one && {
          ...{ ...whole, before: others(whole.before), after: others(whole.after) },
          ...{
            unread: [...whole.unread, name],
            missing: name.endsWith(".yaml") ? and(whole, "infrastructure") : whole.missing,
          },
        }
      );
    },
    loses: NONE,
    mayLose: new RegExp(`^(?:${TEST_COUNTS}|tests\\.not_counted|infrastructure|coverage)`),
  }),
  (n) => ({
    what: "the oldest commits",
    from: ({ commits, ...whole }) =>
      commits.length === 0 ? undefined : { ...whole, commits: commits.slice(1 + (n % commits.length)) },
    loses: /^timeline\.(?:merge|active|first|last|before)/,
    mayLose: /^secrets/,
  }),
  () => ({
    what: "the number of commits",
    from: (whole) => ({
      ...{ ...whole, totals: { ...whole.totals, commits: null } },
      missing: and(whole, "commits"),
    }),
    loses: /^timeline\.(?!force_pushes)/,
    mayLose: NONE,
  }),
  () => ({
    what: "the history",
    from: (whole) =>
      whole.history === null ? undefined : { ...whole, history: null, missing: and(whole, "history") },
    loses: NONE,
    mayLose: /^secrets|^hidden/,
  }),
  (n) => ({
    what: "the end of the list of the repository",
    from: (whole) => ({
      ...{ ...whole, tree: whole.tree.slice(0, n % whole.tree.length) },
      missing: and(whole, "repository"),
    }),
    loses: /^repository\.files/,
    mayLose: /^repository/,
  }),
  () => ({
    what: "the checks",
    from: (whole) => ({ ...whole, checks: [], missing: and(whole, "checks") }),
    loses: /^checks/,
    mayLose: NONE,
  }),
  () => ({
    what: "the CI runs",
    from: (whole) => ({ ...whole, runs: [], missing: and(whole, "CI runs") }),
    loses: /^workflows\./,
    mayLose: NONE,
  }),
];

/** Each of the removals, of the part with this number. */
export const removals = (n: number): Removal[] => REMOVALS.map((make) => make(n));

/** One removal after another. */
export const inTurn = (first: Removal, second: Removal): Removal => ({
  what: `${first.what} and ${second.what}`,
  from: (whole) => {
    const left = first.from(whole);
    return left && second.from(left);
  },
  loses: either(first.loses, second.loses),
  mayLose: either(first.mayLose, second.mayLose),
});

const either = (one: RegExp, other: RegExp) => new RegExp(`${one.source}|${other.source}`);
