import { takesTime } from "../domain/scheduling/takes-time.ts";
import type { Clocks } from "./clocks.ts";
import { allOf, type Component, firstOf } from "./lines.ts";
import { type Rule, readRule } from "./rules.ts";
import { type Length, type Period, readLength, readPeriods, readStamp, type Stamp } from "./values.ts";

/** An event of a calendar, as far as its own lines tell. */
export type CalendarEvent = {
  readonly line: number;
  readonly uid: string;
  /** The number of its revision. */
  readonly sequence: number;
  readonly clocks: Clocks;
  /** Whether it takes its owner's time. */
  readonly takes: boolean;
  readonly start?: Stamp;
  /** Where it ends or how long it lasts. Absent where the file says neither. */
  readonly end?: Stamp | Length;
  readonly rules: readonly Rule[];
  /** Rules by which it does not take place (EXRULE, which older programs write). */
  readonly exceptRules: readonly Rule[];
  readonly extraDates: readonly Period[];
  readonly exceptDates: readonly Stamp[];
  /** The time in a series that this event replaces, and whether it replaces all later ones too. */
  readonly replaces?: Stamp;
  readonly replacesLater: boolean;
  readonly flaws: Flaws;
};

/** An event that begins at a known time. */
export type DatedEvent = CalendarEvent & { readonly start: Stamp };

/** What of an event could not be read. */
type Flaws = {
  readonly end: boolean;
  /** A rule of which the days are not known. */
  readonly rule: boolean;
  /** A part without which it may take more hours than it should: an exception, or the end of its repetitions. */
  readonly exceptions: boolean;
  /** A part that may stand for hours which are not known: a further date, or its last lines. */
  readonly hours: boolean;
};

/** Reads an event. `owner` holds the addresses of the calendar's owner in lower case. */
export function readEvent(component: Component, clocks: Clocks, owner: ReadonlySet<string>): CalendarEvent {
  const start = stampOf(component, "DTSTART");
  const end = endOf(component);
  const rules = rulesOf(component, "RRULE");
  const exceptRules = rulesOf(component, "EXRULE");
  const extraDates = allOf(component, "RDATE").flatMap(readPeriods);
  const exceptDates = allOf(component, "EXDATE").flatMap(readPeriods);
  const replaces = stampOf(component, "RECURRENCE-ID");
  const isException = firstOf(component, "RECURRENCE-ID") !== undefined;
  const range = firstOf(component, "RECURRENCE-ID")?.parameters.get("RANGE")?.toUpperCase();
  return {
    line: component.line,
    uid: firstOf(component, "UID")?.value ?? "",
    sequence: Number.parseInt(firstOf(component, "SEQUENCE")?.value ?? "", 10) || 0,
    clocks,
    takes: takesItsTime(component, owner),
    ...(start && { start }),
    ...(end && { end }),
    rules: present(rules),
    exceptRules: present(exceptRules),
    extraDates: present(extraDates),
    exceptDates: present(exceptDates).map((period) => period.start),
    ...(replaces && { replaces }),
    replacesLater: range === "THISANDFUTURE",
    flaws: {
      end: end === undefined && ["DTEND", "DURATION"].some((name) => firstOf(component, name) !== undefined),
      rule: rules.includes(undefined),
      exceptions:
        [exceptRules, exceptDates].some((all) => all.includes(undefined)) ||
        present(rules).some((rule) => rule.endless) ||
        (isException && replaces === undefined),
      hours: extraDates.includes(undefined) || !component.whole,
    },
  };
}

/** The events without those that a later revision of the same event, or of the same time of a series, stands for. */
export function latestRevisions(events: readonly CalendarEvent[]): CalendarEvent[] {
  const latest = new Map<string, number>();
  const keyOf = ({ uid, replaces }: CalendarEvent) => JSON.stringify([uid, replaces ?? null]);
  for (const event of events)
    latest.set(keyOf(event), Math.max(event.sequence, latest.get(keyOf(event)) ?? 0));
  return events.filter((event) => event.uid === "" || event.sequence >= (latest.get(keyOf(event)) ?? 0));
}

const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);

function stampOf(component: Component, name: string): Stamp | undefined {
  for (const { value, parameters } of allOf(component, name)) {
    const stamp = readStamp(value, parameters);
    if (stamp) return stamp;
  }
  return undefined;
}

function endOf(component: Component): Stamp | Length | undefined {
  return stampOf(component, "DTEND") ?? readLength(firstOf(component, "DURATION")?.value ?? "");
}

const rulesOf = (component: Component, name: string): (Rule | undefined)[] =>
  allOf(component, name).map(({ value }) => readRule(value));

function takesItsTime(component: Component, owner: ReadonlySet<string>): boolean {
  // Where lines contradict each other, as a description that lost its fold does, none of them counts.
  const said = (name: string) => {
    const [first, ...others] = new Set(allOf(component, name).map(({ value }) => value.toUpperCase()));
    return others.length === 0 ? first : undefined;
  };
  const own = allOf(component, "ATTENDEE").filter(({ value, parameters }) =>
    [value.replace(/^mailto:/i, ""), parameters.get("EMAIL") ?? ""].some((address) =>
      owner.has(address.trim().toLowerCase()),
    ),
  );
  return takesTime({
    status: said("STATUS"),
    transparency: said("TRANSP"),
    shownAs: said("X-MICROSOFT-CDO-BUSYSTATUS"),
    answers: own.map(({ parameters }) => (parameters.get("PARTSTAT") ?? "").toUpperCase()),
  });
}
