import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { createApp, startSending } from "./app.ts";
import type { Config } from "./config.ts";
import { buildServer } from "./mcp/server.ts";
import { onShutdown } from "./shutdown.ts";

/** The longest line that a client may send. The SDK's own limit is 10 MB and ends the process without a message. */
const LONGEST_MESSAGE = 64 * 1024 * 1024;

/** Serves one client over standard input and output until it goes away. */
export function runStdio(config: Config): void {
  const app = createApp(config, { command: "greenflag stdio", allowFiles: true });
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: LONGEST_MESSAGE,
  });
  const handle = serveStdio(() => buildServer(app.server), {
    transport,
    onerror: (error) => app.log.warn({ err: error }, "the connection reported an error"),
  });
  startSending(app);
  const stop = onShutdown(app.log, async () => {
    await handle.close();
    await app.close();
  });
  process.stdin.on("end", () => stop("end of input"));
  process.stdin.on("close", () => stop("end of input"));
  process.stdout.on("error", () => stop("nobody reads the output"));
}
