import { DAY } from "../domain/days.ts";
import type { Interval } from "../domain/scheduling/interval.ts";
import { allOf, type Component, firstOf } from "./lines.ts";
import { expandRule, readRule } from "./rules.ts";
import { offsetOf, readPeriods, readStamp } from "./values.ts";
import { type Clock, clockBy } from "./zones.ts";

/** The instant from which a zone is ahead of UTC by so much, and by how much before. */
type Onset = { readonly instant: number; readonly before: number; readonly after: number };

/** Rules of a zone begin at the earliest in 1601. Changes before this one decide nothing that is read today. */
const SINCE = Date.UTC(1900, 0, 1);
const YEARS_AFTER = 2 * 366 * DAY;

/**
 * The clock that a VTIMEZONE describes (RFC 5545, 3.6.5) until some time after the window. Undefined when a part of it
 * cannot be made out.
 */
export function definedClock(name: string, definition: Component, window: Interval): Clock | undefined {
  const parts = definition.components.filter((part) => /^(?:STANDARD|DAYLIGHT)$/.test(part.name));
  const onsets: Onset[] = [];
  for (const part of parts) {
    const read = onsetsOf(part, window.end + YEARS_AFTER);
    if (read === undefined) return undefined;
    onsets.push(...read);
  }
  onsets.sort((a, b) => a.instant - b.instant);
  const [first] = onsets;
  if (first === undefined) return undefined;
  return clockBy(name, (instant) => {
    let low = 0;
    let high = onsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((onsets[middle]?.instant ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return onsets[low - 1]?.after ?? first.before;
  });
}

function onsetsOf(part: Component, until: number): Onset[] | undefined {
  const before = offsetOf(firstOf(part, "TZOFFSETFROM")?.value ?? "");
  const after = offsetOf(firstOf(part, "TZOFFSETTO")?.value ?? "");
  const start = readStamp(firstOf(part, "DTSTART")?.value ?? "", new Map());
  if (start === undefined || Number.isNaN(before) || Number.isNaN(after)) return undefined;
  const walls = new Set([start.wall]);
  try {
    for (const { value } of allOf(part, "RRULE")) {
      const rule = readRule(value);
      if (rule === undefined || rule.endless) return undefined;
      const end = rule.until ? endWall(rule.until, before) : until;
      const repeats = expandRule(rule, start.wall, SINCE, Math.min(end, until));
      for (const wall of repeats) walls.add(wall);
    }
  } catch {
    return undefined;
  }
  for (const property of allOf(part, "RDATE"))
    for (const period of readPeriods(property)) if (period) walls.add(period.start.wall);
  return [...walls].map((wall) => ({ instant: wall - before, before, after }));
}

const endWall = (until: { wall: number; zone?: string; allDay: boolean }, before: number): number => {
  if (until.allDay) return until.wall + DAY - 1;
  return until.zone === undefined ? until.wall : until.wall + before;
};
