import type { Caller, SignedIn } from "../services/session.ts";
import type { Called, ServerDeps } from "./server-deps.ts";

const MAX_COMPLETIONS = 100;

/**
 * The values that begin with the typed text. When they cannot be read, there are none and no error, because completion
 * is only a convenience.
 */
export async function startingWith(typed: string, all: () => Promise<readonly string[]>): Promise<string[]> {
  const values = await all().catch(() => []);
  const start = typed.toLowerCase();
  return values.filter((value) => value.toLowerCase().startsWith(start)).slice(0, MAX_COMPLETIONS);
}

/**
 * The caller of a completion request. Such a request does not name its client; it runs for whoever is signed in, else
 * for the process's member, under the access rule of the thing that is completed.
 */
export const completionCaller = ({ name, access }: Called, signedIn: SignedIn | undefined): Caller => ({
  client: "completion",
  tool: name,
  member: signedIn?.member,
  access,
  isRead: true,
  signal: new AbortController().signal,
});

/** Whose completions may be kept for later: what one person is offered is not another's to see. */
export const completesFor = ({ signedIn, services }: Pick<ServerDeps, "signedIn" | "services">): object =>
  signedIn ?? services;
