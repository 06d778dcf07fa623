import type { Check } from "../domain/submission/snapshot.ts";
import type { RepositoryRef } from "../domain/submission/url.ts";
import { whyOf } from "./failures.ts";
import type { Octokit } from "./octokit.ts";
import { PAGE, type Parts } from "./parts.ts";

/** Up to 500 check runs and 500 commit statuses of one commit are read. */
const MAX_PAGES = 5;

/**
 * The checks of one commit: check runs and the older commit statuses, of which GitHub gives the newest of each context.
 * What was not read of either is listed in `missing`.
 */
export async function checksAt(
  octokit: Octokit,
  where: RepositoryRef,
  ref: string,
  { missing }: Parts,
  signal: AbortSignal,
): Promise<Check[]> {
  const ask = (page: number) => ({ ...where, ref, per_page: PAGE, page, request: { signal } });
  const read = async (name: string, pages: Promise<Counted>): Promise<readonly Check[]> => {
    try {
      const { checks, total } = await pages;
      if (checks.length < total)
        missing.push({ part: "checks", why: `${checks.length} of ${total} ${name} were read` });
      return checks;
    } catch (error) {
      missing.push({ part: "checks", why: `${name} were not read: ${whyOf(error, signal)}` });
      return [];
    }
  };
  const all = await Promise.all([
    read(
      "check runs",
      counted(async (page) => {
        const { data } = await octokit.rest.checks.listForRef(ask(page));
        return { total: data.total_count, checks: data.check_runs.map(checkOf) };
      }),
    ),
    read(
      "commit statuses",
      counted(async (page) => {
        const { data } = await octokit.rest.repos.getCombinedStatusForRef(ask(page));
        return { total: data.total_count, checks: data.statuses.map(statusOf) };
      }),
    ),
  ]);
  return all.flat();
}

type Counted = { readonly total: number; readonly checks: readonly Check[] };

async function counted(read: (page: number) => Promise<Counted>): Promise<Counted> {
  const checks: Check[] = [];
  let total = 1;
  for (let page = 1; page <= MAX_PAGES && checks.length < total; page += 1) {
    const answer = await read(page);
    total = answer.total;
    checks.push(...answer.checks);
    if (answer.checks.length === 0) break;
  }
  return { total, checks };
}

type Run = {
  readonly name: string;
  readonly app: { readonly name?: string } | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly completed_at: string | null;
};

const checkOf = (run: Run): Check => ({
  name: run.name,
  app: run.app?.name ?? "",
  status: run.status,
  conclusion: run.conclusion,
  completedAt: run.completed_at,
});

type Status = { readonly context: string; readonly state: string; readonly updated_at: string };

const statusOf = ({ context, state, updated_at }: Status): Check => {
  const isPending = state === "pending";
  return {
    name: context,
    app: "commit status",
    status: isPending ? "pending" : "completed",
    conclusion: isPending ? null : state,
    completedAt: isPending ? null : updated_at,
  };
};
