import { pluralize } from "../domain/pluralize.ts";
import type { Git } from "./git.ts";
import { BUNDLE_ALL, NotReadable } from "./source-folder.ts";

/** A branch of the repository, or one that it knew of a remote. */
export type Branch = {
  /** `main`, or `origin/main`. */
  readonly name: string;
  /** The name without the remote's. */
  readonly short: string;
  readonly sha: string;
  readonly isRemote: boolean;
};

/** What is read: a commit, and the branch that it was found by. `HEAD` where it is on none. */
export type Head = {
  readonly sha: string;
  readonly branch: string;
  /** The branch without the name of a remote. */
  readonly short: string;
  /** Why it is read, where HEAD does not name it. */
  readonly how?: string;
};

const MAX_COMPARED = 20;
const MAX_NAMED = 5;
const MAX_NAME_CHARS = 100;

/** Names of branches from which work begins: the first are common, and work is brought together on the second. */
const [TRUNKS, COLLECTING] = [new Set(["main", "master", "trunk"]), new Set(["develop"])];
/** 0 for a branch that nothing leaves from, 1 for one that leaves from it, 2 for one that may leave from both. */
export const rankOf = (short: string): number => (TRUNKS.has(short) ? 0 : COLLECTING.has(short) ? 1 : 2);

/** Every branch whose commit is there. Its own before those of remotes. */
export async function branchesOf(git: Git): Promise<Branch[]> {
  const format = "--format=%(refname)%00%(objectname)%00%(symref)";
  const listed = await git("for-each-ref", format, "refs/heads", "refs/remotes");
  const branches = listed.split("\n").flatMap((line): Branch[] => {
    const [ref = "", sha = "", symref = ""] = line.split("\0");
    const isRemote = ref.startsWith("refs/remotes/");
    const name = ref.replace(/^refs\/(?:heads|remotes)\//, "");
    const short = isRemote ? name.slice(name.indexOf("/") + 1) : name;
    return ref === "" || symref !== "" ? [] : [{ name, short, sha, isRemote }];
  });
  const input = branches.map(({ sha }) => `${sha}\n`).join("");
  const { bytes } = await git.output(["cat-file", "--batch-check=%(objectname) %(objecttype)"], { input });
  const commits = new Set(bytes.toString("latin1").split("\n"));
  return branches.filter(({ sha }) => commits.has(`${sha} commit`));
}

/**
 * The commit of HEAD. Where a repository has none, as a bundle without HEAD, the only branch beside main, or the one that
 * holds all others.
 * @throws NotReadable when there is no commit, or several branches could be meant.
 */
export async function headOf(git: Git, branches: readonly Branch[]): Promise<Head> {
  const head = await git.output(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (!head.failed) {
    const named = await git.output(["symbolic-ref", "--quiet", "--short", "HEAD"]);
    const branch = named.failed ? "HEAD" : textOf(named.bytes);
    return { sha: textOf(head.bytes), branch, short: branch };
  }
  if (branches.length === 0)
    throw new NotReadable(
      "git finds no repository with a commit there: it has no commit yet.",
      `Commit the work (git add -A && git commit), or make a bundle of the clone that holds it: ${BUNDLE_ALL}`,
    );
  const own = branches.filter(({ isRemote }) => !isRemote);
  const tips = await tipsOf(git, own.length > 0 ? own : branches);
  const work = tips.filter(({ short }) => rankOf(short) === 2);
  const [only, second] = work.length > 0 ? work : tips;
  if (only && !second) return headAt(only, "the repository names no HEAD");
  throw severalBranches("it has no HEAD, and several branches could be meant", work.length > 0 ? work : tips);
}

/**
 * The work where HEAD is still at its start: the one branch that goes on from there. Undefined where none does.
 * @throws NotReadable when several do.
 */
export async function onwardsFrom(
  git: Git,
  head: Head,
  branches: readonly Branch[],
): Promise<Head | undefined> {
  const onwards: Branch[] = [];
  for (const branch of branches.slice(0, MAX_COMPARED))
    if (branch.sha !== head.sha && (await isAncestor(git, head.sha, branch.sha))) onwards.push(branch);
  const [only, second] = await tipsOf(git, onwards);
  if (second)
    throw severalBranches("HEAD is the recorded start, and several branches go on from it", onwards);
  return only && headAt(only, "HEAD is still at the recorded start");
}

const headAt = ({ sha, name, short }: Branch, how: string): Head => ({ sha, branch: name, short, how });

function severalBranches(why: string, branches: readonly Branch[]): NotReadable {
  const names = branches.map(({ name }) => plain(name));
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return new NotReadable(
    `${why}: ${names.slice(0, MAX_NAMED).join(", ")}${more}.`,
    "Check out the one that is the answer (git checkout BRANCH), or bundle it: git bundle create work.bundle HEAD main",
  );
}

/** Branches that no other one holds. Of several at one commit the first. */
async function tipsOf(git: Git, branches: readonly Branch[]): Promise<Branch[]> {
  const different = firstOfEach(branches).slice(0, MAX_COMPARED);
  const tips: Branch[] = [];
  for (const branch of different) {
    const others = different.filter((other) => other !== branch);
    const held = await Promise.all(others.map((other) => isAncestor(git, branch.sha, other.sha)));
    if (!held.includes(true)) tips.push(branch);
  }
  return tips;
}

/** Other branches that hold commits which the one read does not, in our words. */
export async function branchesBeside(git: Git, head: Head, branches: readonly Branch[]): Promise<string[]> {
  const others = firstOfEach(branches).filter(({ sha }) => sha !== head.sha);
  const counted = await Promise.all(
    others.slice(0, MAX_COMPARED).map(async ({ name, sha }) => {
      const count = Number(await git("rev-list", "--count", `${head.sha}..${sha}`));
      return { name, count };
    }),
  );
  const ahead = counted.filter(({ count }) => count > 0);
  const left = ahead.length - MAX_NAMED + Math.max(0, others.length - MAX_COMPARED);
  const what = head.branch === "HEAD" ? "the commit read" : `the branch read (${plain(head.branch)})`;
  return [
    ...ahead
      .slice(0, MAX_NAMED)
      .map(
        ({ name, count }) =>
          `branch \`${plain(name)}\` holds ${pluralize(count, "commit")} more than ${what}; it is read when it is checked out`,
      ),
    ...(left > 0 ? [`and ${pluralize(left, "more branch", "more branches")}`] : []),
  ];
}

/** Tags with commits that are on no branch, where work may be that was never put on one. */
export async function tagsBeside(git: Git, head: Head): Promise<string[]> {
  const listed = await git("for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", "refs/tags");
  const names = listed.split("\n").filter((name) => name !== "");
  const found: string[] = [];
  for (const name of names.slice(0, MAX_COMPARED)) {
    const elsewhere = ["--not", head.sha, "--branches", "--remotes"];
    const { bytes, failed } = await git.output(["rev-list", "--count", `refs/tags/${name}`, ...elsewhere]);
    const count = failed ? 0 : Number(textOf(bytes));
    const commits = pluralize(count, "commit");
    if (count > 0)
      found.push(`tag \`${plain(name)}\` holds ${commits} that no branch holds; it was not read`);
  }
  const left = found.length - MAX_NAMED + Math.max(0, names.length - MAX_COMPARED);
  return [
    ...found.slice(0, MAX_NAMED),
    ...(left > 0 && found.length > 0 ? [`and ${pluralize(left, "more tag")}`] : []),
  ];
}

const firstOfEach = (branches: readonly Branch[]): Branch[] =>
  [...new Map([...branches].reverse().map((branch) => [branch.sha, branch])).values()].reverse();

/** Names come from the candidate: long ones are cut. */
const plain = (name: string): string => name.slice(0, MAX_NAME_CHARS);
const textOf = (bytes: Buffer): string => bytes.toString("utf8").trim();

export const isAncestor = async (git: Git, older: string, newer: string): Promise<boolean> =>
  !(await git.output(["merge-base", "--is-ancestor", older, newer])).failed;
