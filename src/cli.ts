#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { version } from "./app.ts";
import { readConfig, readHandedOn } from "./config.ts";

// Each command loads only its own code, because a host starts the stdio server at each of its own starts and waits for
// it.
const program = new Command("greenflag")
  .description(
    "An applicant tracker that lives inside an AI assistant. With no command, serves MCP over stdio.",
  )
  .version(version())
  .action(stdio);

program.command("stdio").description("serve MCP over standard input and output").action(stdio);

program
  .command("serve")
  .description("serve MCP over HTTP, on this machine or to a private network")
  .action(async () => (await import("./http.ts")).runHttp(readConfig()));

program
  .command("connect <host>")
  .description(
    "what to paste so that a host starts this program: claude-desktop, claude-code, vscode, cursor, codex, gemini",
  )
  .option("--url <address>", "so that it speaks to a server that runs elsewhere, with a personal token")
  .action(async (host: string, { url }: { url?: string }) => {
    const { connect, connectTo } = await import("./commands/connect/connect.ts");
    if (url !== undefined) return connectTo(host, url, readHandedOn());
    return connect(host, readConfig(), readHandedOn(), fileURLToPath(import.meta.url));
  });

// Everything else is for a person at the machine.
if (!isServer(process.argv[2])) (await import("./commands/administer.ts")).addCommands(program);

/** Whether a host has started this program, which then answers before anything else is loaded. */
function isServer(command: string | undefined): boolean {
  return command === undefined || ["stdio", "serve"].includes(command);
}

async function stdio(): Promise<void> {
  const { runStdio } = await import("./stdio.ts");
  runStdio(readConfig());
}

try {
  // Named, because commander otherwise takes the script's path for a command where Node is part of Electron.
  await program.parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`greenflag: ${(await import("./failure-text.ts")).failureText(error)}\n`);
  process.exitCode = 1;
}
