import type { Remedy } from "./remedy.ts";

/** Every expected kind of failure. Any other error is a defect, and its text never reaches a client. */
export type ErrorCode =
  | "invalid" // an argument is wrong: the message names the field and what it may be
  | "not_found" // a reference is unknown, or belongs to another workspace or to somebody else: the answer is the same
  | "conflict" // the record is not in the state that the caller assumed
  | "precondition_failed" // a gate or a rule of the pipeline does not allow it now
  | "forbidden" // the member's access does not allow it
  | "declined" // a person refused
  | "limited" // the caller asks too much in too short a time
  | "unavailable"; // something outside (database, GitHub) did not answer

/**
 * An error written for the reader who has to act next. `message` says what is wrong, and `hint` holds the allowed
 * values, in our own words. `remedy` is what would repair it, as a fact; the edge makes a call of it. Text from a
 * database, GitHub, a file or a mail server is never put into any of them.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly remedy: Remedy | undefined;

  constructor(code: ErrorCode, message: string, next?: string | Remedy, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "DomainError";
    this.code = code;
    this.hint = typeof next === "string" ? next : undefined;
    this.remedy = typeof next === "string" ? undefined : next;
  }
}

/** The error for an unknown reference. It is the same whether the thing does not exist or belongs to somebody else. */
export function notFound(what: string, reference: string, next: string | Remedy): DomainError {
  return new DomainError("not_found", `No ${what} ${JSON.stringify(reference)}.`, next);
}

/** The error for a value outside its list. It names the field and every allowed value. */
export function notAllowed(field: string, value: string, allowed: readonly string[]): DomainError {
  const list =
    allowed.length > 0 ? `Allowed: ${allowed.join(", ")}.` : "There is nothing to choose from yet.";
  return new DomainError("invalid", `${field}: ${JSON.stringify(value)} is not known.`, list);
}
