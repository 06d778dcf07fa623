import type { Caller } from "../services/session.ts";
import type { Called } from "./server-deps.ts";

const MAX_COMPLETIONS = 100;

/** Completion is a courtesy: where the record cannot be read there is nothing to offer, and no error to show. */
export async function startingWith(typed: string, all: () => Promise<readonly string[]>): Promise<string[]> {
  const values = await all().catch(() => []);
  const start = typed.toLowerCase();
  return values.filter((value) => value.toLowerCase().startsWith(start)).slice(0, MAX_COMPLETIONS);
}

/** Who completes: nobody says so, so it is the member of the process, by the rule of what is completed. */
export const completionCaller = ({ name, access }: Called): Caller => ({
  client: "completion",
  tool: name,
  access,
  isRead: true,
  signal: new AbortController().signal,
});
