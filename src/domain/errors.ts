import type { Remedy } from "./remedy.ts";

/** The closed list of what can go wrong on purpose. Anything else is a defect and never reaches a client as text. */
export type ErrorCode =
  | "invalid" // an argument is wrong: the message names the field and what it may be
  | "not_found" // unknown and foreign references answer alike
  | "conflict" // the record is not as the caller believed
  | "precondition_failed" // a gate or a rule of the pipeline stands in the way
  | "forbidden" // this member may not
  | "declined" // a person said no
  | "unavailable"; // something outside (database, GitHub) did not answer

/**
 * A failure written for whoever must act next. `message` says what is wrong and `hint` holds the allowed values, in our own
 * words; `remedy` is what would mend it, as a fact: the edge knows the call. Text from a database, GitHub, a file or a
 * mail server never becomes any of them.
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

/** The one sentence for a reference that is unknown here, whoever else may own it. */
export function notFound(what: string, reference: string, next: string | Remedy): DomainError {
  return new DomainError("not_found", `No ${what} ${JSON.stringify(reference)}.`, next);
}

/** An argument whose value is outside its list: names the field and every allowed value. */
export function notAllowed(field: string, value: string, allowed: readonly string[]): DomainError {
  const list =
    allowed.length > 0 ? `Allowed: ${allowed.join(", ")}.` : "There is nothing to choose from yet.";
  return new DomainError("invalid", `${field}: ${JSON.stringify(value)} is not known.`, list);
}
