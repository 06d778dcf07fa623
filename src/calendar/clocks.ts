import type { Interval } from "../domain/scheduling/interval.ts";
import { allOf, type Component, firstOf, within } from "./lines.ts";
import { definedClock } from "./timezone.ts";
import { type Stamp, zoneNameOf } from "./values.ts";
import { type Clock, eitherClock, ianaClock, ianaOf, ianaOfWindows, UTC, unknownClock } from "./zones.ts";

/** The clocks of one calendar. */
export type Clocks = {
  /** The clock that a date or time is on. */
  of(stamp: Stamp): Clock;
  /** The clock of the calendar's owner, on which whole days are days. */
  readonly owner: Clock;
};

/**
 * Finds the clocks of calendars from one file, each by its name. A name of the tz database goes before the file's own
 * definition, which may cover some years only. Any other zone is as the file defines it, here or in another calendar of
 * it, or else is known by a name of Windows. Where that name and the definition contradict each other, either may be
 * meant. `ownerZone` is the zone of the calendar's owner.
 */
export function createClocks(calendars: readonly Component[], window: Interval, ownerZone: string) {
  const definitions = calendars.map(definitionsOf);
  const owner = ianaClock(ownerZone);
  const byName = (name: string, own: ReadonlyMap<string, Component>): Clock => {
    const zone = ianaOf(name);
    if (zone?.includes("/")) return ianaClock(zone);
    const definition = [own, ...definitions].flatMap((all) => all.get(name) ?? [])[0];
    const defined = definition && definedClock(name, definition, window);
    const windows = ianaOfWindows(name);
    if (defined) return windows === undefined ? defined : eitherClock(defined, ianaClock(windows));
    const other = zone ?? windows;
    return other === undefined ? unknownClock(name) : ianaClock(other);
  };

  return (calendar: Component): Clocks => {
    const own = definitionsOf(calendar);
    const clocks = new Map<string, Clock>();
    const named = (name: string): Clock => remember(clocks, name, () => byName(name, own));
    const floating = zoneNameOf(firstOf(calendar, "X-WR-TIMEZONE")?.value);
    return {
      owner,
      of({ allDay, zone }) {
        if (allDay) return owner;
        if (zone === "UTC") return UTC;
        const name = zone ?? floating;
        return name === undefined ? owner : named(name);
      },
    };
  };
}

function definitionsOf(calendar: Component): Map<string, Component> {
  const all = [...within(calendar, "VTIMEZONE")].flatMap((definition) =>
    allOf(definition, "TZID").map(({ value }) => [zoneNameOf(value) ?? "", definition] as const),
  );
  return new Map(all);
}

function remember(clocks: Map<string, Clock>, name: string, make: () => Clock): Clock {
  const clock = clocks.get(name) ?? make();
  clocks.set(name, clock);
  return clock;
}
