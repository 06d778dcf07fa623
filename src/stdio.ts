import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { createApp, startSending } from "./app.ts";
import type { Config } from "./config.ts";
import { buildServer } from "./mcp/server.ts";
import { onShutdown } from "./shutdown.ts";
import { onlyMessages } from "./stdio-lines.ts";

/** The longest line that a client may send. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Serves one client over standard input and output until it goes away. */
export function runStdio(config: Config): void {
  const app = createApp(config, { command: "greenflag stdio", allowFiles: true });
  const messages = onlyMessages({
    maxBytes: MAX_LINE_BYTES,
    refuse({ id, code, message }) {
      app.log.warn({ id, code }, message);
      process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } })}\n`);
    },
  });
  // Lines are measured before they come here, and one chunk holds several.
  const transport = new StdioServerTransport(process.stdin.pipe(messages), process.stdout, {
    maxBufferSize: Number.MAX_SAFE_INTEGER,
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
