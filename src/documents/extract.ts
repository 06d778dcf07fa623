import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { DomainError } from "../domain/errors.ts";

/** What a file holds for a person's eyes, page by page, and apart from it what no person would see. */
export const Extracted = z.object({ pages: z.array(z.string()), hidden: z.string() });
export type Extracted = z.infer<typeof Extracted>;

export type Format = "pdf" | "docx" | "eml";

const TIME_MS = 10_000;
/** For a child that waits instead of working, and where the system does not tell how much it works. */
const PATIENCE_MS = 60_000;
const MEMORY_MB = 256;
const OUTPUT_BYTES = 8_000_000;
const LOOK_MS = 50;

// Always the built child, from source too: compiling on the fly takes more memory than the child is allowed.
const built = import.meta.url.endsWith(".ts")
  ? "../../dist/documents/extract-child.js"
  : "./extract-child.js";
const ARGUMENTS = [`--max-old-space-size=${MEMORY_MB}`, fileURLToPath(new URL(built, import.meta.url))];

/** Why a child gave up, as it says it on its last line: a word from this list, never a library's text. */
const REASONS: Record<string, string> = {
  encrypted: "is protected by a password.",
  pages: "has more than 50 pages.",
  inflated: "unpacks to more than 50 MB.",
  broken: "is damaged, or not what its name says.",
};

/**
 * Reads a PDF or DOCX in a process of its own, which is ended when it takes too long, too much memory or says too much.
 * Parsers meet hostile files; whatever one does to them, this process and its data stay out of it.
 * @throws DomainError `invalid` naming `field`; nothing of a parser's own words.
 */
export async function extract(bytes: Uint8Array, format: Format, field: string): Promise<Extracted> {
  const { output, ended } = await runChild(bytes, format);
  const wrong = (why: string) =>
    new DomainError("invalid", `${field}: the file ${why}`, "Paste the text instead, or send another file.");
  if (ended === "time") throw wrong(`takes longer than ${TIME_MS / 1000} s to read.`);
  if (ended === "memory") throw wrong(`takes more than ${MEMORY_MB} MB to read.`);
  const parsed = z.union([Extracted, z.object({ reason: z.string() })]).safeParse(asJson(output));
  if (!parsed.success)
    throw wrong(ended === "size" ? "holds more text than anyone would read." : (REASONS.broken ?? ""));
  if ("reason" in parsed.data) throw wrong(REASONS[parsed.data.reason] ?? REASONS.broken ?? "");
  return parsed.data;
}

type Ended = "done" | "time" | "memory" | "size";

function runChild(bytes: Uint8Array, format: Format): Promise<{ output: string; ended: Ended }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...ARGUMENTS, format], {
      stdio: ["pipe", "pipe", "ignore"],
      env: {},
    });
    let ended: Ended = "done";
    let output = "";
    const end = (why: Ended) => {
      ended = why;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(() => end("time"), PATIENCE_MS);
    const watch = setInterval(() => {
      if (residentMb(child.pid) > MEMORY_MB) end("memory");
      else if (workedMs(child.pid) > TIME_MS) end("time");
    }, LOOK_MS);
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > OUTPUT_BYTES) end("size");
    });
    child.stdin.on("error", () => {}); // a child that was ended reads no further
    child.on("error", () => {});
    child.on("close", (_code, signal) => {
      clearTimeout(clock);
      clearInterval(watch);
      // V8 aborts when its own limit is reached.
      resolve({ output, ended: ended === "done" && signal === "SIGABRT" ? "memory" : ended });
    });
    child.stdin.end(bytes);
  });
}

const PAGE_BYTES = 4_096;

/** Resident memory of a process where the system tells (Linux), beyond what Node itself takes; elsewhere V8's limit stands alone. */
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

/** How long a process has worked, where the system tells (Linux): on a busy machine a file is not to blame for waiting. */
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
