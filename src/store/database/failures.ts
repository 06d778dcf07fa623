import { DomainError } from "../../domain/errors.ts";
import { CAUSES, type Cause, GONE, UNKNOWN_OUTCOME } from "./causes.ts";

/** COMMIT was sent and its answer lost: whether it took effect is known to the database alone. */
export class UnansweredCommit extends Error {
  constructor(cause: unknown) {
    super("the answer to commit was lost", { cause });
    this.name = "UnansweredCommit";
  }
}

/** The SQLSTATE or system code of an error. Drizzle wraps the driver's error, so it is on the innermost one. */
function codeOf(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string") return e.code;
  }
  return undefined;
}

const SERIALIZATION_FAILURE = "40001";
const DEADLOCK = "40P01";

/**
 * Whether the database undid a transaction because of a conflict with another one. It is then right to run it again.
 */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === SERIALIZATION_FAILURE || code === DEADLOCK;
}

/** True when the database could not be reached or went away, rather than refusing what it was asked. */
export const isGone = (error: unknown): boolean => isOf(GONE, error);

function isOf({ codes, words }: Cause, error: unknown): boolean {
  if (codes.includes(codeOf(error) ?? "")) return true;
  for (let e = error; words && e instanceof Error; e = e.cause) if (words.test(e.message)) return true;
  return false;
}

/**
 * Turns a failure of the database into a domain error. Any other error is a defect and is thrown unchanged. The edge
 * logs it and hides its text.
 */
export function translate(error: unknown): never {
  if (error instanceof DomainError) throw error;
  if (error instanceof UnansweredCommit) throw told(UNKNOWN_OUTCOME, error);
  const cause = isConflict(error) ? GONE : CAUSES.find((each) => isOf(each, error));
  if (cause === undefined) throw error;
  throw told(cause, error);
}

const told = ({ message, hint }: Pick<Cause, "message" | "hint">, cause: unknown): DomainError =>
  new DomainError("unavailable", message, hint, { cause });
