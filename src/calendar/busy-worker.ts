// The thread that parses one calendar from outside. The server keeps answering meanwhile, and can end the thread when
// the parser does not finish.
import { parentPort, workerData } from "node:worker_threads";
import { type BusyRequest, busyTimes, NoCalendar } from "./busy.ts";

try {
  parentPort?.postMessage(busyTimes(workerData as BusyRequest));
} catch (error) {
  parentPort?.postMessage({ reason: error instanceof NoCalendar ? error.message : "broken" });
}
