import { DomainError } from "../../domain/errors.ts";

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

const GONE = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE", "ENOENT", "EHOSTUNREACH"],
  ...["57P01", "57P02", "57P03", "08000", "08001", "08003", "08006", "53300"],
]);
const SLOW = new Set(["57014", "55P03", "25P03"]);

// Messages of errors to which the driver gives no code.
const GONE_WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|timeout expired)/;

/** Whether the database could not be reached or went away. False when it refused a query. */
function isGone(error: unknown): boolean {
  if (GONE.has(codeOf(error) ?? "")) return true;
  for (let e = error; e instanceof Error; e = e.cause) if (GONE_WORDS.test(e.message)) return true;
  return false;
}

/**
 * Turns a failure of the database into a domain error. Any other error is a defect and is thrown unchanged. The edge
 * logs it and hides its text.
 */
export function translate(error: unknown): never {
  if (error instanceof DomainError) throw error;
  const code = codeOf(error) ?? "";
  if (isGone(error) || isConflict(error)) {
    throw new DomainError(
      "unavailable",
      "The database did not answer; nothing was changed.",
      "Repeat the call in a moment; greenflag doctor shows whether the database can be reached.",
      { cause: error },
    );
  }
  if (SLOW.has(code)) {
    throw new DomainError(
      "unavailable",
      "The database took too long; nothing was changed.",
      "Repeat the call, narrower if it was a search.",
      {
        cause: error,
      },
    );
  }
  throw error;
}
