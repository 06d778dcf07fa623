// The thread in which a calendar from outside is read: whatever it does to the parser, the server goes on.
import { parentPort, workerData } from "node:worker_threads";
import { type BusyRequest, busyTimes, NoCalendar } from "./busy.ts";

try {
  parentPort?.postMessage(busyTimes(workerData as BusyRequest));
} catch (error) {
  parentPort?.postMessage({ reason: error instanceof NoCalendar ? error.message : "broken" });
}
