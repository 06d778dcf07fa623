import { Worker } from "node:worker_threads";
import { DomainError } from "../../domain/errors.ts";
import type { FactsOptions } from "../../domain/submission/compute-facts.ts";
import type { SubmissionFacts } from "../../domain/submission/facts.ts";
import type { SubmissionSnapshot } from "../../domain/submission/snapshot.ts";

/** What the thread is given. It loads the kinds of files itself, because functions cannot be sent. */
export type FactsRequest = {
  readonly snapshot: SubmissionSnapshot;
  readonly options: Omit<FactsOptions, "fileKinds">;
};

/** Many times what 3,000 files of 200,000 lines take, for what makes a parser work for ever. */
const COMPUTE_MS = 60_000;
const MAX_MEMORY_MB = 512;

// Uses the built worker also when running from source, because Node 20 cannot start a thread from TypeScript.
const built = import.meta.url.endsWith(".ts")
  ? "../../../dist/services/submissions/facts-worker.js"
  : "./facts-worker.js";
const WORKER = new URL(built, import.meta.url);

/** How long a thread that has nothing to do is kept, because starting one takes longer than computing most submissions. */
const IDLE_MS = 60_000;
let idle: { readonly worker: Worker; readonly clock: NodeJS.Timeout } | undefined;

/**
 * Computes the facts of a submission in a thread of its own, within limits on time and memory. Whatever a repository does to
 * a parser, the server keeps answering.
 * @throws DomainError `invalid` when a limit is exceeded.
 */
export function factsInThread(request: FactsRequest, computeMs = COMPUTE_MS): Promise<SubmissionFacts> {
  return new Promise((done, fail) => {
    const worker = takeThread();
    const release = () => {
      clearTimeout(clock);
      worker.off("error", failed).off("message", computed);
    };
    const end = (error: Error) => {
      release();
      void worker.terminate();
      fail(error);
    };
    const clock = setTimeout(() => end(tooMuch(`longer than ${computeMs / 1000} s`)), computeMs);
    const failed = (error: NodeJS.ErrnoException) =>
      end(error.code === OUT_OF_MEMORY ? tooMuch(`more than ${MAX_MEMORY_MB} MB`, error) : error);
    const computed = (facts: SubmissionFacts) => {
      release();
      keepThread(worker);
      done(facts);
    };
    worker.on("error", failed).on("message", computed);
    worker.postMessage(request);
  });
}

function takeThread(): Worker {
  const kept = idle;
  idle = undefined;
  if (kept === undefined)
    return new Worker(WORKER, { env: {}, resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB } });
  clearTimeout(kept.clock);
  kept.worker.ref();
  return kept.worker;
}

/** Keeps one thread for the next submission. It does not keep the program from ending. */
function keepThread(worker: Worker): void {
  if (idle !== undefined) {
    void worker.terminate();
    return;
  }
  worker.unref();
  const clock = setTimeout(() => {
    idle = undefined;
    void worker.terminate();
  }, IDLE_MS);
  idle = { worker, clock: clock.unref() };
}

const OUT_OF_MEMORY = "ERR_WORKER_OUT_OF_MEMORY";

const tooMuch = (what: string, cause?: unknown): DomainError =>
  new DomainError(
    "invalid",
    `url: the submission takes ${what} to compute.`,
    "Leave generated and vendored files out of the branch, and read it again.",
    { cause },
  );
