// The thread that computes the facts of submissions from outside, one at a time. The server keeps answering meanwhile, and can
// end the thread when a hostile text keeps a parser busy.
import { parentPort } from "node:worker_threads";
import { loadFileKinds } from "../../catalog/file-kinds.ts";
import { computeFacts } from "../../domain/submission/compute-facts.ts";
import type { FactsRequest } from "./facts-in-thread.ts";

const fileKinds = loadFileKinds();
parentPort?.on("message", ({ snapshot, options }: FactsRequest) =>
  parentPort?.postMessage(computeFacts(snapshot, { ...options, fileKinds })),
);
