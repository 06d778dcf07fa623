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

/** Of a request and its answer a line has nothing: heads, bodies and queries hold people's names, words and tokens. */
const LEFT_OUT = ["req", "res", "request", "response", "headers", "body", "query"];
const nothing = (): undefined => undefined;

export function logOptions(level: Config["logLevel"]) {
  const serializers = {
    ...Object.fromEntries(LEFT_OUT.map((key) => [key, nothing])),
    url: (url: unknown) => (typeof url === "string" ? url.replace(/[?#].*$/s, "") : undefined),
    err: errorInLog,
  };
  return { name: "greenflag", level, redact: SECRETS, serializers };
}

export function createLog(level: Config["logLevel"]) {
  return pino(logOptions(level), pino.destination({ dest: 2, sync: true }));
}

/**
 * An error as a line holds it. Of a failed query there is the statement and the database's code, and no value: logs
 * outlive an erasure, and the values are people's names and words. What cannot be parsed is quoted by the error that
 * says so, so of that there is only where it happened.
 */
export function errorInLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof SyntaxError) return { type: error.name, stack: placesOf(error) };
  if (isDatabases(error)) return { type: error.name, stack: placesOf(error), ...failureOf(error) };
  if (!("query" in error && "params" in error)) return pino.stdSerializers.err(error);
  const { cause } = error;
  return {
    type: error.name,
    query: error.query,
    stack: placesOf(error),
    ...(cause instanceof Error && { cause: { type: cause.name, ...failureOf(cause) } }),
  };
}

/** Whether the database's own driver made an error, whose sentences and details quote values. */
const isDatabases = (error: Error): boolean => "severity" in error && "routine" in error;

/** The lines of a stack that say where, without the sentence before them. */
const placesOf = ({ stack = "" }: Error): string =>
  stack
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .join("\n");

/** What a database says about where it failed, without its sentences, which quote values. */
const failureOf = (cause: Error): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(cause).filter(([key]) =>
      ["code", "routine", "table", "column", "constraint"].includes(key),
    ),
  );
