import { createApp } from "../src/app.ts";
import { readConfig } from "../src/config.ts";
import { listenHttp } from "../src/http.ts";
import type { Serving, Told } from "./server-process.ts";

// A process that serves what it is told to, each part at a port of its own, and says what CPU time it has used.
const CALL_MS = 1_000;

const servings: readonly Serving[] = JSON.parse(process.argv[2] ?? "[]");
const urls: string[] = [];
for (const { databaseUrl, member, port, ...settings } of servings) {
  const environment = { DATABASE_URL: databaseUrl, GREENFLAG_MEMBER: member, GREENFLAG_LOG: "silent" };
  const app = createApp(readConfig(environment), { command: "bench", allowFiles: false });
  // Limits are kept as ever, by a clock on which a second passes each time that it is read: so none is reached.
  let at = 0;
  const clock = () => {
    at += CALL_MS;
    return at;
  };
  urls.push((await listenHttp(app, { host: "127.0.0.1", port, ...settings }, { clock })).url);
}

const tell = (told: Told): void => void process.send?.(told);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  tell({ cpuMs: (user + system) / 1_000 });
});
process.on("disconnect", () => process.exit());
tell({ urls });
