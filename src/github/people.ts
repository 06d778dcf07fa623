import { pluralize } from "../domain/pluralize.ts";

/** An account as GitHub names it. Null where the account is gone. */
export type Account = { readonly login?: string; readonly type?: string } | null | undefined;

/** The account of a program. GitHub gives its type, and an app's name ends in `[bot]`. */
export const isBot = (account: Account): boolean =>
  account?.type === "Bot" || (account?.login?.endsWith("[bot]") ?? false);

/** Whether two names are one account's. Letter case does not count. */
export const isSameLogin = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && a.toLowerCase() === b?.toLowerCase();

/** Who an account is, where it is not the candidate's: `dependabot[bot], a bot`. Undefined for the candidate's own. */
export function otherThan(candidate: string | undefined, account: Account): string | undefined {
  if (isBot(account)) return `${account?.login ?? "an app"}, a bot`;
  if (candidate === undefined || isSameLogin(candidate, account?.login)) return undefined;
  return `${account?.login ?? "an account that is gone"}, who is not the candidate on record`;
}

/** The logins of people, without those of bots: these are the names that blind mode hides. */
export const loginsOf = (accounts: readonly Account[]): string[] =>
  accounts.flatMap((account) => (account?.login === undefined || isBot(account) ? [] : [account.login]));

const MAX_NUMBERS = 5;

/** `pull request 3`, `pull requests 3, 4 and 9 more`. */
export function pullsNamed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MAX_NUMBERS);
  const [last, ...before] = [...shown].reverse();
  const more = numbers.length - shown.length;
  const list = before.length === 0 ? `${last}` : `${before.reverse().join(", ")} and ${last}`;
  const all = more > 0 ? `${shown.join(", ")} and ${more} more` : list;
  return `pull request${numbers.length === 1 ? "" : "s"} ${all}`;
}

/** Commits of the work by bots and by other people, whose lines are in its figures. */
export function commitsByOthers(
  commits: readonly { readonly author: Account }[],
  candidate: string | undefined,
): string[] {
  const byWhom = new Map<string, number>();
  for (const { author } of commits) {
    const other = author?.login === undefined ? undefined : otherThan(candidate, author);
    if (other !== undefined) byWhom.set(other, (byWhom.get(other) ?? 0) + 1);
  }
  return [...byWhom].map(
    ([who, count]) =>
      `${pluralize(count, "commit")} of the work ${count === 1 ? "is" : "are"} by ${who}; the figures include what it changed`,
  );
}
