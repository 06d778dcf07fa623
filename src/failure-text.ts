import { readConfig } from "./config.ts";
import { DomainError } from "./domain/errors.ts";
import { createLog } from "./log.ts";
import { hintOf } from "./mcp/text/remedy.ts";

/** What a command ends on: never a stack, nor the words of what it called. */
export function failureText(error: unknown): string {
  if (error instanceof DomainError) {
    const hint = hintOf(error);
    return hint ? `${error.message}\n${hint}` : error.message;
  }
  createLog(readConfig().logLevel).debug({ err: error }, "a command failed on a defect");
  return "Something went wrong inside Greenflag; nothing half-done was kept.\nGREENFLAG_LOG=debug shows what it was.";
}
