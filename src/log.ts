import { pino } from "pino";
import type { Config } from "./config.ts";

/** The only writer of logs. It writes JSON lines to standard error, because standard output belongs to the protocol. */
export type Log = Pick<ReturnType<typeof createLog>, "info" | "warn" | "error" | "debug">;

/** Fields with credentials. They are removed from a line at its top level and one level below. */
const SECRETS = [
  "token",
  "password",
  "authorization",
  "databaseUrl",
  "githubToken",
  "smtpUrl",
  "authSecret",
].flatMap((key) => [key, `*.${key}`]);

export function createLog(level: Config["logLevel"]) {
  const serializers = { err: errorInLog };
  return pino(
    { name: "greenflag", level, redact: SECRETS, serializers },
    pino.destination({ dest: 2, sync: true }),
  );
}

/**
 * An error as a line holds it. Of a failed query there is the statement and the database's code, and no value: logs
 * outlive an erasure, and the values are people's names and words.
 */
export function errorInLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (!("query" in error && "params" in error)) return pino.stdSerializers.err(error);
  const { cause } = error;
  return {
    type: error.name,
    query: error.query,
    stack: error.stack
      ?.split("\n")
      .filter((line) => /^ {4}at /.test(line))
      .join("\n"),
    ...(cause instanceof Error && { cause: { type: cause.name, ...failureOf(cause) } }),
  };
}

/** What a database says about where it failed, without its sentences, which quote values. */
const failureOf = (cause: Error): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(cause).filter(([key]) =>
      ["code", "routine", "table", "column", "constraint"].includes(key),
    ),
  );
