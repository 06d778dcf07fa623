import { pino } from "pino";
import type { Config } from "./config.ts";

/** The only writer of logs. It writes JSON lines to standard error, because standard output belongs to the protocol. */
export type Log = Pick<ReturnType<typeof createLog>, "info" | "warn" | "error" | "debug">;

/** Fields with credentials. They are removed from a line at its top level and one level below. */
const SECRETS = ["token", "password", "authorization", "databaseUrl", "githubToken", "smtpUrl"].flatMap(
  (key) => [key, `*.${key}`],
);

export function createLog(level: Config["logLevel"]) {
  return pino({ name: "greenflag", level, redact: SECRETS }, pino.destination({ dest: 2, sync: true }));
}
