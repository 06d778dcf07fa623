import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { OWNER } from "./exercise.ts";
import { answers, asks, calls, note } from "./transcript.ts";

export const MEMBER = "mara.lindqvist@example.com";
/** Who interviews beside her. */
export const PRIYA = "priya.raman@example.com";
export const JONAS = "jonas.weber@example.com";
const SERVER = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

// biome-ignore lint/suspicious/noExplicitAny: a script reads whatever fields the answer has
export type Answer = { text: string; facts: any };

export type Session = {
  /** Calls a tool, prints the call and the answer, and gives the answer's facts. */
  call(
    tool: string,
    args: Record<string, unknown>,
    show?: { lines?: number; quiet?: boolean },
  ): Promise<Answer>;
  /** As `call`, for an answer that is expected to be a refusal. */
  refused(tool: string, args: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
};

type Options = { githubApiUrl: string; smtpUrl: string; dataDir: string; member?: string };

/** Where the demo keeps its data: in a directory of its own, or one that stays. */
export function demoDirectory(keep: boolean): string {
  const dataDir = keep ? resolve("greenflag-demo") : mkdtempSync(join(tmpdir(), "greenflag-demo-"));
  mkdirSync(dataDir, { recursive: true });
  return dataDir;
}

const environment = ({ githubApiUrl, smtpUrl, dataDir, member = MEMBER }: Options) =>
  ({
    ...process.env,
    DATABASE_URL: "",
    GREENFLAG_DATA_DIR: dataDir,
    GREENFLAG_MEMBER: member,
    GREENFLAG_LOG: "error",
    GITHUB_API_URL: githubApiUrl,
    SMTP_URL: smtpUrl,
    GREENFLAG_MAIL_FROM: "hiring@example.com",
    GREENFLAG_SEND_DELAY: "1",
    GITHUB_TOKEN: "for-the-loopback",
    GREENFLAG_GITHUB_OWNER: OWNER,
  }) as Record<string, string>;

/** Runs a command of the program, as an admin does at a terminal. */
export function command(options: Options, ...args: string[]): void {
  execFileSync(process.execPath, [SERVER, ...args], { env: environment(options), encoding: "utf8" });
}

/** Starts the built server over stdio, as a host does, with a client whose user agrees to what is asked. */
export async function startSession(options: Options): Promise<Session> {
  const client = new Client(
    { name: "greenflag-demo", version: "1.0.0" },
    { capabilities: { elicitation: { form: {} } } },
  );
  client.setRequestHandler("elicitation/create", async ({ params }) => {
    asks(`The host asks: ${params.message}`);
    note("The person agrees.");
    return { action: "accept", content: { agree: true } };
  });
  const env = environment(options);
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [SERVER], env }));

  async function run(tool: string, args: Record<string, unknown>) {
    const result = await client.callTool({ name: tool, arguments: args });
    const content = result.content as { type: string; text?: string }[];
    return {
      failed: result.isError === true,
      text: content.map((c) => c.text ?? "").join("\n"),
      facts: result.structuredContent,
    };
  }
  return {
    async call(tool, args, { lines, quiet = false } = {}) {
      if (!quiet) calls(tool, args);
      const { failed, text, facts } = await run(tool, args);
      if (failed) throw new Error(`${tool} was refused: ${text}`);
      if (!quiet) answers(text, lines);
      return { text, facts };
    },
    async refused(tool, args) {
      calls(tool, args);
      const { failed, text } = await run(tool, args);
      if (!failed) throw new Error(`${tool} should have been refused, and answered: ${text}`);
      answers(text);
      return text;
    },
    close: () => client.close(),
  };
}
