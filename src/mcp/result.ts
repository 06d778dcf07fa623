import { randomBytes } from "node:crypto";
import type { CallToolResult } from "@modelcontextprotocol/server";
import { DomainError } from "../domain/errors.ts";
import type { Log } from "../log.ts";
import { hintOf } from "./text/remedy.ts";

/** An error for a client: what is wrong, and what to do next. */
export type ClientError = { readonly code: string; readonly message: string; readonly hint?: string };

/**
 * Makes a client error from any thrown error. A domain error is passed on. Any other error is a defect, and its text
 * may hold data that nobody should read. So its text is only logged, with a reference, and the client gets the
 * reference.
 */
export function toClientError(error: unknown, where: string, log: Log): ClientError {
  if (error instanceof DomainError) {
    if (error.cause !== undefined)
      log.warn({ where, code: error.code, err: error.cause }, "a call failed outside");
    const { code, message } = error;
    const hint = hintOf(error);
    return hint === undefined ? { code, message } : { code, message, hint };
  }
  const reference = randomBytes(4).toString("hex");
  log.error({ where, reference, err: error }, "a call failed on a defect");
  return {
    code: "internal",
    message: `Something went wrong inside Greenflag; its log explains it under ${reference}.`,
    hint: "Nothing half-done was kept. If it happens again, report it with the reference.",
  };
}

export const errorText = ({ message, hint }: ClientError): string =>
  hint === undefined ? message : `${message} ${hint}`;

/**
 * An error as text only. Clients on the 1.x SDK check structured content against the output schema, even in an error,
 * and would throw.
 */
export function errorResult(error: ClientError): CallToolResult {
  return { isError: true, content: [{ type: "text", text: errorText(error) }] };
}
