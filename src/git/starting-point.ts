import type { Missing } from "../domain/submission/snapshot.ts";
import { type Branch, type Head, isAncestor, rankOf } from "./branches.ts";
import type { Git } from "./git.ts";
import { NotReadable } from "./source-folder.ts";

/** What the work is compared with. */
export type Start = {
  /** A commit, or the empty tree. */
  readonly sha: string;
  readonly isEmpty: boolean;
  readonly name: string;
  readonly why: string;
  readonly missing: readonly Missing[];
};

type Found = Omit<Start, "missing" | "isEmpty">;

/** Branches that exercises are given as, where a repository has none of the usual names. */
const GIVEN_AS =
  /^(?:start(?:er|ing-point)?|base(?:line)?|template|exercise|assignment|task|initial|skeleton|upstream)$/;

/**
 * Finds where the work began: the recorded start, where the branch left main or another branch, or the empty tree where
 * nothing says so.
 * @throws NotReadable for a shallow clone that does not reach back to it.
 */
export async function startOf(
  git: Git,
  head: Head,
  branches: readonly Branch[],
  recorded: string | undefined,
): Promise<Start> {
  const ofRecord = recorded === undefined ? undefined : await recordedStart(git, head, recorded);
  if (ofRecord?.found) return startFrom(ofRecord.found, ofRecord.problem);
  const byBranch = await leftBranch(git, head, branches);
  if (byBranch.found) return startFrom(byBranch.found, ofRecord?.problem);
  const shallow = await git("rev-parse", "--is-shallow-repository");
  if (shallow.trim() === "true")
    throw new NotReadable(
      "the clone is shallow (--depth): the commit at which the work began is not in it.",
      "Run git fetch --unshallow in it, and read it again.",
    );
  return startFrom(await firstOrEmpty(git, head), ofRecord?.problem ?? byBranch.problem);
}

function startFrom(found: Found & { readonly isEmpty?: boolean }, problem: string | undefined): Start {
  const why = `${problem}; compared with ${found.name}`;
  return {
    ...found,
    isEmpty: found.isEmpty ?? false,
    missing: problem === undefined ? [] : [{ part: "starting point", why }],
  };
}

type Search = { readonly found?: Found; readonly problem?: string };

async function recordedStart(git: Git, head: Head, recorded: string): Promise<Search> {
  const sha = await ask(git, "rev-parse", "--verify", "--quiet", `${recorded}^{commit}`);
  if (sha === "") return { problem: "the recorded one is not in it" };
  if (sha === head.sha) return { problem: "the recorded one is the commit read itself" };
  if (await isAncestor(git, sha, head.sha))
    return { found: { sha, name: "the recorded start", why: "on record since the exercise was registered" } };
  const parting = await ask(git, "merge-base", sha, head.sha);
  if (parting === "") return { problem: "the recorded one has no commit in common with the one read" };
  const why = "the recorded start is not in its history, and this is where they part";
  const name = "the last commit in common with the recorded start";
  return {
    found: { sha: parting, name, why },
    problem: "the recorded one is not in the history of the one read",
  };
}

/** Where the branch left another one. The latest such place counts, so that of others' work the least is counted. */
async function leftBranch(git: Git, head: Head, branches: readonly Branch[]): Promise<Search> {
  const others = branches.filter(({ name }) => name !== head.branch);
  const default_ = await remoteDefault(git);
  const usual = others.filter((branch) => isUsual(branch, head, default_));
  const places: (Found & { commits: number; isRemote: boolean; short: string })[] = [];
  for (const { sha, name, short, isRemote } of usual) {
    const parting = await ask(git, "merge-base", sha, head.sha);
    if (parting === "" || parting === head.sha) continue;
    const commits = Number(await git("rev-list", "--count", `${parting}..${head.sha}`));
    places.push({ sha: parting, name, why: `where ${head.branch} left it`, commits, isRemote, short });
  }
  // What was given is what the remote has: commits on a branch of one's own may be part of the work.
  const given = places.filter(
    (place) =>
      place.isRemote ||
      !places.some((other) => other.isRemote && other.short === place.short && other.sha !== place.sha),
  );
  const [found] = given.sort((a, b) => a.commits - b.commits || Number(a.isRemote) - Number(b.isRemote));
  if (found) return { found: { sha: found.sha, name: found.name, why: found.why } };
  const unrelated = usual.find(({ short }) => rankOf(short) < 2);
  const ancestor = await ancestorBranch(git, head, others);
  if (ancestor) return { found: ancestor };
  if (!unrelated || (await ask(git, "merge-base", unrelated.sha, head.sha)) !== "") return {};
  return { problem: `${unrelated.name} has no commit in common with the one read` };
}

/** Whether work may begin at a branch: nothing leaves from the branch that it is, or that leaves from it. */
function isUsual({ short, isRemote }: Branch, head: Head, default_: string | undefined): boolean {
  const rank = rankOf(short);
  if (isRemote && short === head.short) return rank < 2 || short === default_;
  return rank < rankOf(head.short) || (isRemote && short === default_);
}

/** The branch that the remote checks out, where a clone recorded it. */
async function remoteDefault(git: Git): Promise<string | undefined> {
  const ref = await ask(git, "symbolic-ref", "--quiet", "refs/remotes/origin/HEAD");
  return ref === "" ? undefined : ref.replace("refs/remotes/origin/", "");
}

/** A branch whose commit the work builds on: one named as a start, or else the only one that there is. */
async function ancestorBranch(git: Git, head: Head, others: readonly Branch[]): Promise<Found | undefined> {
  const line = new Set((await git("rev-list", "--first-parent", "--max-count=5000", head.sha)).split("\n"));
  const below = others.filter(({ sha }) => sha !== head.sha && line.has(sha));
  const named = below.find(({ short }) => GIVEN_AS.test(short.toLowerCase()));
  const only =
    new Set(below.map(({ sha }) => sha)).size === 1 && rankOf(head.short) === 2 ? below[0] : undefined;
  const branch = named ?? only;
  return branch && { sha: branch.sha, name: branch.name, why: "a branch that the work builds on" };
}

/** The first commit, where it is by somebody else than all that follow. Else the empty tree. */
async function firstOrEmpty(git: Git, head: Head): Promise<Found & { isEmpty?: boolean }> {
  const log = await git("log", "--reverse", "--topo-order", "--format=%H%x00%aN%x00%aE%x00%P", head.sha);
  const [first, ...later] = log
    .trim()
    .split("\n")
    .map((line) => line.split("\0"));
  const who = (commit: readonly string[] = []) => [commit[1], commit[2]].map((name) => name?.toLowerCase());
  const [name, email] = who(first);
  const isOthers = later.every((commit) => who(commit)[0] !== name && who(commit)[1] !== email);
  if (later.length > 0 && isOthers && first?.[3] === "")
    return {
      sha: first[0] ?? head.sha,
      name: "the first commit",
      why: "it is by somebody else than all that follow",
    };
  const sha = (await git("hash-object", "-t", "tree", "/dev/null")).trim();
  const why = later.length === 0 ? "one commit holds everything" : "nothing in it says where the work began";
  return { sha, name: "an empty folder", why, isEmpty: true };
}

async function ask(git: Git, ...args: string[]): Promise<string> {
  const { bytes, failed } = await git.output(args);
  return failed ? "" : (bytes.toString("utf8").trim().split("\n")[0] ?? "");
}
