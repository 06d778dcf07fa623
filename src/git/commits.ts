import { pluralize } from "../domain/pluralize.ts";
import type { SnapshotCommit } from "../domain/submission/snapshot.ts";
import type { Git } from "./git.ts";

export const MAX_COMMITS = 1_000;
const MAX_NAMED = 5;
const MAX_NAME_CHARS = 100;

/** A commit, and the names of those who wrote and recorded it. */
export type Authored = {
  readonly commit: SnapshotCommit;
  readonly author: Person;
  readonly identities: readonly string[];
};
type Person = { readonly name: string; readonly email: string };

// Fields are separated by NUL, because any other character could occur in a message and fake a commit.
const FORMAT = "--format=%H%x00%P%x00%aI%x00%cI%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00";
const FIELDS = 9;

/** The commits of a range, oldest first: the newest thousand. */
export async function commitsIn(git: Git, range: string): Promise<Authored[]> {
  const log = await git("log", "--reverse", `--max-count=${MAX_COMMITS}`, FORMAT, range);
  const parts = log.split("\0");
  return Array.from({ length: Math.floor(parts.length / FIELDS) }, (_, n) => {
    const fields = parts.slice(n * FIELDS, (n + 1) * FIELDS);
    const [sha = "", parents = "", authoredAt = "", committedAt = "", ...who] = fields;
    const [name = "", email = "", committer = "", committerEmail = "", message = ""] = who;
    return {
      commit: {
        sha: sha.trim(),
        parents: parents.split(" ").filter((parent) => parent !== "").length,
        authoredAt,
        committedAt,
        verified: null,
        message: message.trim(),
      },
      author: { name, email },
      identities: [name, email, committer, committerEmail].filter((one) => one !== ""),
    };
  });
}

/** Names and addresses under which programs commit, as the hosts and the programs set them. */
const BOT =
  /\[bot\]|^(?:dependabot|renovate|github-actions|greenkeeper|snyk-bot|pre-commit-ci|semantic-release-bot|mergify|imgbot)\b/i;
const isBot = ({ name, email }: Person): boolean => BOT.test(name) || BOT.test(email);

/** Commits by programs, and by others than the author of most: they are in the figures, and named in our words. */
export function authorsBeside(commits: readonly Authored[]): string[] {
  const written = commits.filter(({ commit }) => commit.parents < 2).map(({ author }) => author);
  const bots = written.filter(isBot);
  const [, ...others] = peopleIn(written.filter((author) => !isBot(author)));
  const named = [
    ...countsOf(bots, "a bot"),
    ...others.map(({ name, count }) => ({ name, count, as: "another author" })),
  ];
  const left = named.length - MAX_NAMED;
  return [
    ...named
      .slice(0, MAX_NAMED)
      .map(
        ({ name, count, as }) =>
          `${pluralize(count, "commit")} of ${written.length} by ${as}: ${name.slice(0, MAX_NAME_CHARS)}`,
      ),
    ...(left > 0 ? [`commits by ${pluralize(left, "more author")}`] : []),
  ];
}

function countsOf(people: readonly Person[], as: string): { name: string; count: number; as: string }[] {
  const names = [...new Set(people.map(({ name }) => name))];
  return names.map((name) => ({ name, as, count: people.filter((person) => person.name === name).length }));
}

/** People by name or address, the author of most commits first: who has either in common is one person. */
function peopleIn(authors: readonly Person[]): { name: string; count: number }[] {
  const groups: { name: string; keys: Set<string>; count: number }[] = [];
  for (const { name, email } of authors) {
    const keys = [name, email].map((key) => key.trim().toLowerCase()).filter((key) => key !== "");
    const [first, ...same] = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    if (!first) groups.push({ name, keys: new Set(keys), count: 1 });
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
