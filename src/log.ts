import { pino } from "pino";
import type { Config } from "./config.ts";

/** The one writer of logs: JSON lines on standard error, since standard output belongs to the protocol. */
export type Log = Pick<ReturnType<typeof createLog>, "info" | "warn" | "error" | "debug">;

/** Credentials never reach a line, wherever they were hung on. */
const SECRETS = ["token", "password", "authorization", "databaseUrl", "githubToken", "smtpUrl"].flatMap(
  (key) => [key, `*.${key}`],
);

export function createLog(level: Config["logLevel"]) {
  return pino({ name: "greenflag", level, redact: SECRETS }, pino.destination({ dest: 2, sync: true }));
}
