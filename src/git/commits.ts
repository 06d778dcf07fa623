import type { SnapshotCommit } from "../domain/submission/snapshot.ts";
import type { Git } from "./git.ts";

export const MAX_COMMITS = 1_000;

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
