// The thread that reads one calendar from outside: the server goes on, and can end it, whatever the calendar does to the parser.
import { parentPort, workerData } from "node:worker_threads";
import { type BusyRequest, busyTimes, NoCalendar } from "./busy.ts";

try {
  parentPort?.postMessage(busyTimes(workerData as BusyRequest));
} catch (error) {
  parentPort?.postMessage({ reason: error instanceof NoCalendar ? error.message : "broken" });
}
