import { pluralize } from "../domain/pluralize.ts";
import type { ChangedFile } from "../domain/submission/snapshot.ts";
import type { Authored } from "./commits.ts";
import type { History } from "./history.ts";

const MAX_NAMED = 5;
const MAX_NAME_CHARS = 100;

const isBot = ({ author }: Authored): boolean => /\[bot\]/.test(`${author.name} ${author.email}`);

type Work = {
  readonly commits: readonly Authored[];
  readonly files: readonly ChangedFile[];
  /** What was left out, and who else wrote commits, in our words. */
  readonly beside: readonly string[];
};

/**
 * The work without what programs did that keep a repository up to date: their commits, and the files that only they
 * changed. Other authors are named and counted, because they may be the same person under another name.
 */
export function workOf(
  commits: readonly Authored[],
  files: readonly ChangedFile[],
  { touched, isWhole }: Pick<History, "touched" | "isWhole">,
  isKnownKeeper: (nameOrEmail: string) => boolean,
): Work {
  const isKeeper = ({ author }: Authored) => isKnownKeeper(author.name) || isKnownKeeper(author.email);
  const kept = commits.filter(isKeeper);
  const rest = commits.filter((commit) => !isKeeper(commit));
  const isLeftOut = isWhole && kept.length > 0 && rest.length > 0;
  const pathsOf = (some: readonly Authored[]) =>
    new Set(some.flatMap(({ commit }) => [...(touched.get(commit.sha) ?? [])]));
  const [byThem, byRest] = [pathsOf(kept), pathsOf(rest)];
  const isTheirs = ({ path, previousPath = path }: ChangedFile) =>
    byThem.has(path) && !byRest.has(path) && !byRest.has(previousPath);
  const left = isLeftOut ? files.filter(isTheirs) : [];
  const shared = files.filter(({ path }) => byThem.has(path) && byRest.has(path));
  const how = isLeftOut
    ? "not counted" +
      (left.length > 0 ? `, nor ${pluralize(left.length, "file")} that nobody else changed` : "") +
      (shared.length > 0 ? `; ${pluralize(shared.length, "file")} changed by both counted whole` : "")
    : "counted with the rest";
  const written = rest.filter(({ commit }) => commit.parents < 2);
  const [, ...others] = peopleIn(written.filter((commit) => !isBot(commit)));
  const share = (one: string, several: string) => (names: string, count: number, people: number) =>
    `${pluralize(count, "commit")} of ${written.length} by ${people === 1 ? one : several} (${names}), counted with the rest`;
  return {
    commits: isLeftOut ? rest : commits,
    files: isLeftOut ? files.filter((file) => !left.includes(file)) : files,
    beside: [
      ...named(countsOf(kept), (names, count) => `${pluralize(count, "commit")} by ${names}: ${how}`),
      ...named(countsOf(written.filter(isBot)), share("a bot", "bots")),
      ...named(others, share("another author", "other authors")),
    ],
  };
}

type Count = { readonly name: string; readonly count: number };

function named(
  people: readonly Count[],
  say: (names: string, count: number, people: number) => string,
): string[] {
  if (people.length === 0) return [];
  const names = people.slice(0, MAX_NAMED).map(({ name }) => name.slice(0, MAX_NAME_CHARS));
  const more = people.length > MAX_NAMED ? [`and ${people.length - MAX_NAMED} more`] : [];
  return [
    say(
      [...names, ...more].join(", "),
      people.reduce((sum, { count }) => sum + count, 0),
      people.length,
    ),
  ];
}

function countsOf(commits: readonly Authored[]): Count[] {
  const names = commits.map(({ author }) => author.name);
  return [...new Set(names)].map((name) => ({ name, count: names.filter((one) => one === name).length }));
}

/** People by name or address, the author of most commits first: who has either in common is one person. */
function peopleIn(commits: readonly Authored[]): Count[] {
  const groups: { name: string; keys: Set<string>; count: number }[] = [];
  for (const { author } of commits) {
    const keys = [author.name, author.email]
      .map((key) => key.trim().toLowerCase())
      .filter((key) => key !== "");
    const [first, ...same] = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    if (!first) groups.push({ name: author.name, keys: new Set(keys), count: 1 });
    else {
      first.count += 1;
      for (const key of keys) first.keys.add(key);
      for (const group of same) {
        first.count += group.count;
        for (const key of group.keys) first.keys.add(key);
        groups.splice(groups.indexOf(group), 1);
      }
    }
  }
  return groups.sort((a, b) => b.count - a.count);
}
