import { DAY } from "../src/domain/days.ts";
import type { Interviewer } from "../src/domain/scheduling/availability.ts";
import { expandHours, parseHours } from "../src/domain/scheduling/hours.ts";
import { type Interval, MINUTE } from "../src/domain/scheduling/interval.ts";
import { findSlots } from "../src/domain/scheduling/slots.ts";
import { median, report } from "./report.ts";

const ROUNDS = 30;
const ZONES = [
  ...[
    "Europe/Berlin",
    "Europe/Lisbon",
    "America/New_York",
    "Africa/Lagos",
    "Europe/London",
    "America/Sao_Paulo",
  ],
];
const START = Date.parse("2026-10-19T00:00:00Z");
const WINDOW: Interval = { start: START, end: START + 28 * DAY };

/** Times for six people over four weeks with a clock change in them, beside only laying out the hours that they work. */
export function benchScheduling(): void {
  const { hours } = parseHours("mon-fri 08:00-20:00", "hours");
  const people = ZONES.map((timezone, n): Interviewer => {
    // Two meetings a day at hours of their own.
    const busy = Array.from({ length: 56 }, (_, k) => {
      const start = START + Math.floor(k / 2) * DAY + (8 * 60 + ((k * 97 + n * 131) % 600)) * MINUTE;
      return { start, end: start + 20 * MINUTE };
    });
    return {
      email: `p${n}@x`,
      timezone,
      hours,
      weeklyLimit: 5,
      bufferMinutes: 5,
      busy,
      interviews: busy.slice(0, 3),
    };
  });
  const candidate = { timezone: "America/New_York", hours: null, interviews: [] };
  const seats = people.map((person) => [person]);
  const find = () => findSlots({ window: WINDOW, minutes: 15, seats, candidate, zone: "Europe/Berlin" });
  const layOut = () => people.map((person) => expandHours(person.hours, person.timezone, WINDOW));
  const found = find().length;
  report(
    `interview times for ${people.length} people over 4 weeks, ${found} found (ms)`,
    time(find),
    time(layOut),
    "under 100 ms",
  );
}

function time(work: () => unknown): number {
  work();
  const took = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return median(took);
}
