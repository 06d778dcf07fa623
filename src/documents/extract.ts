import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { HiddenPart, TextWarning } from "../domain/candidates/hidden.ts";
import { DomainError } from "../domain/errors.ts";
import { MailFacts } from "../domain/mail/facts.ts";

export const Extracted = z.object({
  /** What a person sees, page by page. */
  pages: z.array(z.string()),
  /** What nobody sees, in the order of the file, a stretch an entry, with why. */
  hidden: z.array(HiddenPart),
  /**
   * Printed signs that stand for no letter (icons, unmapped glyphs): each is a U+FFFD in the text where it stands within
   * a word, left out where it stands alone.
   */
  signs_without_letter: z.number().int(),
  warnings: z.array(TextWarning),
  /** What a mail says beside its words. */
  mail: MailFacts.optional(),
});
export type Extracted = z.infer<typeof Extracted>;

export type Format = "pdf" | "docx" | "html" | "eml";

const TIME_MS = 10_000;
/** The limit by the clock, for a child that waits without working and for systems that do not report its CPU time. */
const PATIENCE_MS = 60_000;
const MEMORY_MB = 256;
/** Room for the largest attachment of the largest mail, in base64. */
const OUTPUT_BYTES = 14_000_000;
const LOOK_MS = 50;

// Uses the built child also when running from source, because compiling on the fly takes more memory than the child may
// use.
const built = import.meta.url.endsWith(".ts")
  ? "../../dist/documents/extract-child.js"
  : "./extract-child.js";
const ARGUMENTS = [`--max-old-space-size=${MEMORY_MB}`, fileURLToPath(new URL(built, import.meta.url))];

/** Empty, but where the program runs inside Claude Desktop: `execPath` is then the app, which must be told to be Node. */
const ENVIRONMENT: NodeJS.ProcessEnv =
  process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: "1" };

/** Why a child gave up, by the word on its last line. A library's own message is never passed on. */
const REASONS: Record<string, string> = {
  encrypted: "is protected by a password.",
  pages: "has more than 50 pages.",
  inflated: "unpacks to more than 50 MB.",
  broken: "is damaged, or not what its name says.",
};

/**
 * Reads a PDF or DOCX in a process of its own, which is ended when it exceeds its limits on time, memory or output.
 * Parsers meet hostile files. Whatever a file does to a parser, this process and its data are not affected.
 * @throws DomainError `invalid` naming `field`, without the parser's own message.
 */
export const extract = (bytes: Uint8Array, format: Format, field: string): Promise<Extracted> =>
  runFor(Extracted, bytes, [format], field);

/**
 * The bytes of a file that came with a mail, by its name, got out in the same way.
 * @throws DomainError `invalid` as `extract`, and where there is no such file, naming those that there are.
 */
export async function extractAttachment(bytes: Uint8Array, name: string, field: string): Promise<Buffer> {
  const answer = await runFor(FromMail, bytes, ["attachment", name], field);
  if ("content" in answer) return Buffer.from(answer.content, "base64");
  throw new DomainError(
    "invalid",
    `attachment: there is no ${JSON.stringify(name)} in this mail.`,
    answer.names.length === 0 ? "It has no files with it." : `Allowed: ${answer.names.join(", ")}.`,
  );
}

/** A file of a mail in base64, or else the names of those that there are. */
const FromMail = z.union([z.object({ content: z.string() }), z.object({ names: z.array(z.string()) })]);
export type FromMail = z.infer<typeof FromMail>;

async function runFor<T>(shape: z.ZodType<T>, bytes: Uint8Array, task: readonly string[], field: string) {
  const { output, ended } = await runTwice(bytes, task);
  const wrong = (why: string) =>
    new DomainError("invalid", `${field}: the file ${why}`, "Paste the text instead, or send another file.");
  if (ended === "unstarted")
    throw new DomainError(
      "unavailable",
      `${field}: this machine is too busy to read the file.`,
      "Repeat in a minute.",
    );
  if (ended === "time" || ended === "patience") throw wrong(`takes longer than ${TIME_MS / 1000} s to read.`);
  if (ended === "memory") throw wrong(`takes more than ${MEMORY_MB} MB to read.`);
  const answer = asJson(output);
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const failed = z.object({ reason: z.string() }).safeParse(answer);
  if (failed.success) throw wrong(REASONS[failed.data.reason] ?? REASONS.broken ?? "");
  throw wrong(ended === "size" ? "holds more text than anyone would read." : (REASONS.broken ?? ""));
}

type Ended = "done" | "time" | "patience" | "unstarted" | "memory" | "size";
type Run = { readonly output: string; readonly ended: Ended };

/** A child that got no processor, or could not be started, says nothing about the file: it has one more try. */
async function runTwice(bytes: Uint8Array, task: readonly string[]): Promise<Run> {
  const run = await runChild(bytes, task);
  return run.ended === "patience" || run.ended === "unstarted" ? runChild(bytes, task) : run;
}

function runChild(bytes: Uint8Array, task: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...ARGUMENTS, ...task], {
      stdio: ["pipe", "pipe", "ignore"],
      env: ENVIRONMENT,
    });
    let ended: Ended = "done";
    let output = "";
    const end = (why: Ended) => {
      ended = why;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(() => end("patience"), PATIENCE_MS);
    const watch = setInterval(() => {
      if (residentMb(child.pid) > MEMORY_MB) end("memory");
      else if (workedMs(child.pid) > TIME_MS) end("time");
    }, LOOK_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > OUTPUT_BYTES) end("size");
    });
    child.stdin.on("error", () => {}); // fails when the child has ended
    const stopWatching = () => {
      clearTimeout(clock);
      clearInterval(watch);
    };
    child.on("error", () => {
      if (child.pid !== undefined) return;
      stopWatching();
      resolve({ output, ended: "unstarted" });
    });
    child.on("close", (_code, signal) => {
      stopWatching();
      // V8 aborts the process when its memory limit is reached.
      resolve({ output, ended: ended === "done" && signal === "SIGABRT" ? "memory" : ended });
    });
    child.stdin.end(bytes);
  });
}

const PAGE_BYTES = 4_096;

/** Resident memory of a process above Node's own, from /proc on Linux. Elsewhere 0, and only V8's limit applies. */
function residentMb(pid: number | undefined): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    return (pages * PAGE_BYTES) / 1_048_576 - BARE_MB;
  } catch {
    return 0;
  }
}
const BARE_MB = 90;

const TICKS_PER_SECOND = 100;

/** CPU time of a process, from /proc on Linux. Not clock time, so that a busy machine does not make a file fail. */
function workedMs(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1_000;
  } catch {
    return 0;
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
