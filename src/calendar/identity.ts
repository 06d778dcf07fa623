import { DAY } from "../domain/days.ts";
import type { CalendarEvent } from "./event.ts";
import type { Instance } from "./span.ts";
import type { Stamp } from "./values.ts";
import { type Clock, isKnown } from "./zones.ts";

/** What one time of a series is known by, to itself and to the exceptions that name it. */
export type Identity = string;

const dayOf = (wall: number): number => Math.floor(wall / DAY) * DAY;
const day = (wall: number): Identity => `day ${dayOf(wall)}`;
const instant = (at: number): Identity => `instant ${at}`;
const onWall = (clock: Clock, wall: number): Identity => `wall ${wall} of ${clock.name}`;

/** All that an instance may be named by: its day, and its instant or else what an unknown clock shows. */
export function identitiesOf({ wall, allDay, clock }: Instance): Identity[] {
  if (allDay) return [day(wall)];
  return [day(wall), isKnown(clock) ? instant(clock.earliest(wall)) : onWall(clock, wall)];
}

/**
 * What an exception's time names in a series (EXDATE, RECURRENCE-ID). A date names what begins on that day, a time without
 * a zone is on the clock of the series, and any other names an instant.
 */
export function namedBy(stamp: Stamp, series: Instance, { clocks }: CalendarEvent): Identity {
  if (stamp.allDay) return day(stamp.wall);
  const clock = stamp.zone === undefined && !series.allDay ? series.clock : clocks.of(stamp);
  if (series.allDay) {
    // Midnight stands for its date as it is written. Another time stands for the owner's day.
    const isDate = stamp.wall % DAY === 0 || !isKnown(clock);
    return day(isDate ? stamp.wall : (clocks.owner.wallAt?.(clock.earliest(stamp.wall)) ?? stamp.wall));
  }
  return isKnown(clock) ? instant(clock.earliest(stamp.wall)) : onWall(clock, stamp.wall);
}
