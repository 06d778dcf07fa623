import { DAY } from "../domain/days.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import type { DatedEvent } from "./event.ts";
import { identitiesOf, namedBy } from "./identity.ts";
import { expandRule, type Rule, TooOften } from "./rules.ts";
import { firstInstance, type Instance, type Span, spanOf } from "./span.ts";
import { SECOND, type Stamp } from "./values.ts";

/** An event in place of one time of a series, or of that and all later ones. */
export type Exception = DatedEvent & { readonly replaces: Stamp };

export type Expansion = {
  readonly window: Interval;
  /** Counts one repetition, and throws when there are too many. */
  readonly spend: () => void;
};

/** Zones differ by a day at most. Repetitions are looked for this far outside the window. */
const MARGIN = 2 * DAY;
const EVERY_DAY: Rule = { text: "FREQ=DAILY", endless: false };

/**
 * The times near the window that an event takes, without those that an exception replaces alone, because such an exception
 * is an event of its own.
 */
export function* spansOf(
  event: DatedEvent,
  exceptions: readonly Exception[],
  { window, spend }: Expansion,
): Generator<Span> {
  const series = firstInstance(event);
  if (!event.takes && !exceptions.some(({ replacesLater, takes }) => replacesLater && takes)) return;
  const replaced = new Set([
    ...event.exceptDates.map((stamp) => namedBy(stamp, series, event)),
    ...exceptions.map((exception) => namedBy(exception.replaces, series, exception)),
  ]);
  const later = exceptions
    .filter(({ replacesLater }) => replacesLater)
    .map((exception) => ({ exception, from: positionOf(replacedInstance(exception, series)) }))
    .sort((a, b) => a.from - b.from);
  const shifts = later.map(({ exception: { start, replaces } }) => Math.abs(start.wall - replaces.wall));
  try {
    for (const instance of instancesOf(event, widened(window, Math.max(0, ...shifts)))) {
      spend();
      if (identitiesOf(instance).some((identity) => replaced.has(identity))) continue;
      const moved = later.findLast(({ from }) => from <= positionOf(instance))?.exception;
      if (moved === undefined) {
        if (event.takes) yield spanOf(event, instance);
      } else if (moved.takes && moved.rules.length === 0) {
        // A change with a rule of its own is a series of its own.
        yield spanOf(moved, movedBy(moved, instance));
      }
    }
  } catch (error) {
    if (!(error instanceof TooOften)) throw error;
    if (event.takes) yield throughout(event, window);
  }
}

const widened = ({ start, end }: Interval, by: number): Interval => ({ start: start - by, end: end + by });

/** All the time from the first to the last repetition of an event that repeats too often to be followed. */
function throughout(event: DatedEvent, window: Interval): Span {
  const first = spanOf(event, firstInstance(event));
  const last = Math.max(
    ...event.rules.map((rule) => (rule.until ? lastStart(rule.until, event) : window.end)),
  );
  return { ...first, end: last + (first.end - first.start), unclear: "closed" };
}

function* instancesOf(event: DatedEvent, window: Interval): Generator<Instance> {
  const { start, clocks } = event;
  const series = firstInstance(event);
  const first = spanOf(event, series);
  const range = { start: window.start - (first.end - first.start) - MARGIN, end: window.end + MARGIN };
  const walls = new Set([start.wall]);
  const expanded = event.rules.map((rule) => wallsOf(rule, event, range));
  const isUnclear = event.flaws.rule || expanded.includes(undefined);
  // A rule that cannot be made out may repeat on any day.
  const everyDay = isUnclear ? wallsOf(EVERY_DAY, event, range) : [];
  for (const wall of [...expanded, everyDay].flatMap((times) => times ?? [])) walls.add(wall);
  for (const rule of event.exceptRules)
    for (const wall of wallsOf(rule, event, range) ?? []) walls.delete(wall);
  for (const wall of walls) yield { ...series, wall, ...(isUnclear && { unclear: "closed" as const }) };
  for (const { start: extra, end } of event.extraDates) {
    if (start.allDay) {
      const day = { ...series, wall: Math.floor(extra.wall / DAY) * DAY };
      yield extra.allDay ? day : { ...day, wall: extra.wall, allDay: false, clock: clocks.of(extra) };
      continue;
    }
    // A date without an hour is at the hour of the series, and a time without a zone on its clock.
    const wall = extra.allDay ? extra.wall + timeOf(start.wall) : extra.wall;
    const clock = extra.zone === undefined ? series.clock : clocks.of(extra);
    yield { wall, allDay: false, clock, ...(end && { end }) };
  }
}

const timeOf = (wall: number): number => wall - Math.floor(wall / DAY) * DAY;

/** The wall times at which a rule repeats an event. Undefined for a rule that the library refuses. */
function wallsOf(rule: Rule, event: DatedEvent, { start, end }: Interval): number[] | undefined {
  const { wall } = event.start;
  try {
    if (rule.until === undefined) return expandRule(rule, wall, start, end);
    const last = lastStart(rule.until, event);
    const { clock } = firstInstance(event);
    const walls = expandRule(rule, wall, start, Math.min(end, last + MARGIN));
    return walls.filter((at) => clock.earliest(at) <= last);
  } catch (error) {
    if (error instanceof TooOften) throw error;
    return undefined;
  }
}

/**
 * The last instant at which a series may begin, by the end of its rule. A date includes its day on the clock of the
 * series, and a time without a zone is on that clock.
 */
function lastStart(until: Stamp, event: DatedEvent): number {
  const { allDay, clock } = firstInstance(event);
  if (until.allDay) return clock.latest(until.wall + DAY - 1);
  // A series of days should end by a date. The first or last second of one, in whatever zone, stands for that date.
  const isDate = [0, DAY - SECOND].includes(timeOf(until.wall));
  if (allDay && isDate) return clock.latest(until.wall - timeOf(until.wall));
  return (until.zone === undefined ? clock : event.clocks.of(until)).latest(until.wall);
}

/** The time of a series that an exception replaces. */
function replacedInstance({ replaces, clocks }: Exception, series: Instance): Instance {
  if (series.allDay) return { ...series, wall: Math.floor(replaces.wall / DAY) * DAY };
  if (replaces.allDay) return { ...series, wall: replaces.wall + timeOf(series.wall) };
  const clock = replaces.zone === undefined ? series.clock : clocks.of(replaces);
  return { ...series, wall: replaces.wall, clock };
}

/** Where an instance stands in its series. */
const positionOf = ({ wall, clock }: Instance): number => clock.earliest(wall);

/** Where an instance lies after a change of an earlier one that moved all later ones too. */
function movedBy(exception: Exception, instance: Instance): Instance {
  const { start, clocks } = exception;
  const clock = clocks.of(start);
  const replaced = replacedInstance(exception, instance);
  const shown = ({ wall, clock: own }: Instance): number =>
    clock.wallAt && own.wallAt ? clock.wallAt(own.earliest(wall)) : wall;
  return { wall: shown(instance) + (start.wall - shown(replaced)), allDay: start.allDay, clock };
}
