import { DAY } from "../domain/days.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import type { DatedEvent } from "./event.ts";
import type { Length, Stamp } from "./values.ts";
import { type Clock, isKnown } from "./zones.ts";

/** Why a time may be longer than it should: its zone is unknown, or a part of its event, and all counts that it could be. */
type Unclear = "zone" | "closed";

/** Time that an event takes, and its beginning on the event's own clock. */
export type Span = Interval & { readonly wall: number; readonly unclear?: Unclear };

/** One time of an event. */
export type Instance = {
  readonly wall: number;
  readonly allDay: boolean;
  readonly clock: Clock;
  /** Its own end, where that is not the one of its series. */
  readonly end?: Stamp | Length;
  readonly unclear?: Unclear;
};

/** What tells when an event takes place. */
export type Timed = Pick<DatedEvent, "start" | "end" | "clocks"> & {
  readonly flaws: Pick<DatedEvent["flaws"], "end">;
};

/** How long an event is taken to last at most when its end cannot be read. */
const UNKNOWN_LENGTH = DAY;

export const firstInstance = ({ start, clocks }: Timed): Instance => ({
  wall: start.wall,
  allDay: start.allDay,
  clock: clocks.of(start),
});

/** The time that one instance of an event takes; from the first to the last instant that it could mean. */
export function spanOf(event: Timed, instance: Instance): Span {
  const { wall, clock } = instance;
  const start = clock.earliest(wall);
  const end = instance.allDay ? endOfDays(event, instance) : endOfHours(event, instance);
  if (end === undefined || end < start) {
    const from = Math.min(start, end ?? start);
    return { start: from, end: clock.latest(wall) + UNKNOWN_LENGTH, wall, unclear: "closed" };
  }
  const unclear = instance.unclear ?? (isSure(event, instance) ? undefined : ("zone" as const));
  return { start, end, wall, ...(unclear && { unclear }) };
}

/** Whether it is known which instants an instance begins and ends at. */
function isSure(event: Timed, { wall, clock, end = event.end }: Instance): boolean {
  const isExact = (at: number, on: Clock) => on.earliest(at) === on.latest(at);
  if (!isExact(wall, clock)) return false;
  return end === undefined || !("wall" in end) || isExact(end.wall, clockOfEnd(end, event, clock));
}

/** An end without a zone is on the clock of the start. */
const clockOfEnd = (end: Stamp, { clocks }: Timed, start: Clock): Clock =>
  end.zone === undefined && !end.allDay ? start : clocks.of(end);

/** The end of whole days. A day without an end, or with an end that is no later, is one day. */
function endOfDays(event: Timed, { wall, clock, end = event.end }: Instance): number {
  const length = !end ? 0 : "wall" in end ? end.wall - event.start.wall : end.days * DAY + end.ms;
  return clock.latest(wall + Math.max(1, Math.ceil(length / DAY)) * DAY);
}

/** The end of an event with hours. Undefined when it cannot be made out. */
function endOfHours(event: Timed, instance: Instance): number | undefined {
  const { wall, clock, end: own } = instance;
  if (event.flaws.end && own === undefined) return undefined;
  const end = own ?? event.end;
  if (end === undefined) return clock.earliest(wall);
  if (!("wall" in end)) {
    // Days are days on the calendar, hours are exact (RFC 5545, 3.3.6).
    const last = clock.latest(wall + end.days * DAY) + end.ms;
    return end.days + end.ms === 0 ? clock.earliest(wall) : last;
  }
  if (own !== undefined) return clockOfEnd(end, event, clock).latest(end.wall);
  const began = event.clocks.of(event.start);
  const until = clockOfEnd(end, event, began);
  const first = began.earliest(event.start.wall);
  const exact = until.latest(end.wall) - first;
  if (exact < 0) return clock.earliest(wall) + exact;
  if (end.allDay || until.name !== began.name) return clock.earliest(wall) + exact;
  // Over a change of the clock, programs differ on whether a repetition keeps its length or its end on the wall. The
  // later of both counts.
  const onWall = clock.latest(wall + end.wall - event.start.wall);
  return isKnown(clock) ? Math.max(onWall, clock.earliest(wall) + exact) : onWall;
}
