/** One property of a calendar: its name in capitals, its parameters by names in capitals, and its value as it stands. */
export type Property = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
  readonly line: number;
};

export type Component = {
  readonly name: string;
  /** The line that it begins on, counted from 1. */
  readonly line: number;
  readonly properties: Property[];
  readonly components: Component[];
  /** False when its end is missing. */
  whole: boolean;
};

export type ParsedText = {
  readonly calendars: readonly Component[];
  /** Lines between the entries of a calendar that are no properties, so that an entry may be lost there. */
  readonly strayLines: readonly number[];
  /** The last line, if the text ends inside a calendar. */
  readonly brokenOffAt?: number;
};

/** Components that stand beside one another. Another one that begins inside them shows that an end is missing. */
const SIBLINGS = new Set(["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"]);
/** The names of components inside entries. Another one is a line of a text that lost its fold, such as "Begin: tomorrow". */
const COMPONENT = /^(?:V[A-Z]+|X-[A-Z0-9-]+|STANDARD|DAYLIGHT|AVAILABLE|PARTICIPANT)$/;
/** Properties whose values hold no colon, so that a colon before the last belongs to an unquoted zone name. */
const TIMES = /^(?:DTSTART|DTEND|DURATION|EXDATE|RDATE|RECURRENCE-ID|FREEBUSY)(?=;)/i;
/** What a calendar is read for. Titles, places and descriptions are passed over. */
const KEPT = new Set([
  ...["DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"],
  ...["UID", "SEQUENCE", "STATUS", "TRANSP", "ATTENDEE", "X-MICROSOFT-CDO-BUSYSTATUS"],
  ...["TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-TIMEZONE", "X-WR-CALNAME"],
]);

/**
 * The calendars in a text (RFC 5545, 3.1), as far as it is well formed: unknown and damaged lines are passed over, and a
 * component whose end is missing ends where the next one begins.
 */
export function parseText(text: string): ParsedText {
  const calendars: Component[] = [];
  const strayLines: number[] = [];
  let open: Component[] = [];
  const close = (count: number) => {
    for (const component of open.slice(count)) component.whole = false;
    open = open.slice(0, count);
  };
  let last = 0;
  for (const { text: content, line, strayLine } of unfold(text)) {
    last = line;
    const [, edge, given] = /^(BEGIN|END):\s*([A-Z0-9-]+)\s*$/i.exec(content) ?? [];
    const name = given?.toUpperCase() ?? "";
    const isInside = () => open.length === 1 && open[0]?.name === "VCALENDAR";
    if (edge === undefined) {
      const property = open.length > 0 ? readProperty(content, line) : undefined;
      if (property && KEPT.has(property.name)) open.at(-1)?.properties.push(property);
      // A start outside an event: the line that begins the event is damaged.
      if (property?.name === "DTSTART" && isInside()) strayLines.push(line);
    } else if (open.length > 1 && !COMPONENT.test(name)) {
      for (const component of open.slice(1)) component.whole = false;
    } else if (edge.toUpperCase() === "BEGIN") {
      if (name === "VCALENDAR") close(0);
      else if (SIBLINGS.has(name)) closeSiblings(open, close);
      const component: Component = { name, line, properties: [], components: [], whole: true };
      if (open.length === 0) calendars.push(component);
      else open.at(-1)?.components.push(component);
      open.push(component);
    } else {
      const at = open.findLastIndex((component) => component.name === name);
      if (at >= 0) {
        close(at + 1);
        open.pop();
      }
    }
    if (strayLine !== undefined && isInside()) strayLines.push(strayLine);
  }
  const cut = open.length > 0;
  close(0);
  return { calendars: withoutCover(calendars), strayLines, ...(cut && { brokenOffAt: last }) };
}

/** The calendars among the outermost components. Events of a file without one are taken as a calendar. */
function withoutCover(components: readonly Component[]): Component[] {
  const calendars = components.filter(({ name }) => name === "VCALENDAR");
  const loose = components.filter(({ name }) => SIBLINGS.has(name));
  if (calendars.length > 0 || loose.length === 0) return calendars;
  return [{ name: "VCALENDAR", line: 1, properties: [], components: loose, whole: true }];
}

function closeSiblings(open: readonly Component[], close: (count: number) => void): void {
  const at = open.findIndex((component) => SIBLINGS.has(component.name));
  if (at >= 0) close(at);
}

/** A line with its continuations, and the first of these that does not look like one. */
type ContentLine = { text: string; readonly line: number; strayLine?: number };

/**
 * Lines with their continuations. A continuation begins with a blank; one that lost its blank is told by not having the
 * form of a property. Some programs fold right behind a property's name.
 */
function* unfold(text: string): Generator<ContentLine> {
  const lines = text.split(/\r\n|\r|\n/);
  let current: ContentLine | undefined;
  for (const [index, written] of lines.entries()) {
    const raw = current ? written : written.trimStart();
    const next = lines[index + 1] ?? "";
    const isProperty = NAMED.test(raw) || (/^[A-Za-z][A-Za-z0-9-]*$/.test(raw) && /^[ \t]+[;:]/.test(next));
    if (current && /^[ \t]/.test(raw)) {
      const goesOn = /^[A-Za-z0-9-]+$/.test(current.text) ? raw.trimStart() : raw.slice(1);
      current.text += goesOn;
    } else if (isProperty) {
      if (current) yield current;
      current = { text: raw, line: index + 1 };
    } else if (current && raw.trim() !== "") {
      current.strayLine ??= index + 1;
      if (!/^(?:BEGIN|END):/i.test(current.text)) current.text += raw;
    }
  }
  if (current) yield current;
}

/** How a property begins. */
const NAMED = /^[A-Za-z][A-Za-z0-9-]*[;:]/;

function readProperty(content: string, line: number): Property | undefined {
  const colon = TIMES.test(content) ? content.lastIndexOf(":") : colonOutsideQuotes(content);
  if (colon < 0) return undefined;
  const [name = "", ...rest] = splitOutsideQuotes(content.slice(0, colon), ";");
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const at = parameter.indexOf("=");
    if (at > 0) parameters.set(parameter.slice(0, at).trim().toUpperCase(), unquote(parameter.slice(at + 1)));
  }
  return { name: name.toUpperCase(), parameters, value: content.slice(colon + 1).trim(), line };
}

const unquote = (text: string): string => text.trim().replace(/^"(.*)"$/, "$1");

function colonOutsideQuotes(content: string): number {
  let quoted = false;
  for (let at = 0; at < content.length; at += 1) {
    if (content[at] === '"') quoted = !quoted;
    else if (content[at] === ":" && !quoted) return at;
  }
  return -1;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (sign === separator && !quoted) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

export const firstOf = (component: Component, name: string): Property | undefined =>
  component.properties.find((property) => property.name === name);

export const allOf = (component: Component, name: string): Property[] =>
  component.properties.filter((property) => property.name === name);

/** The components of a name, however deep they lie. */
export function* within(component: Component, name: string): Generator<Component> {
  for (const part of component.components) {
    if (part.name === name) yield part;
    else yield* within(part, name);
  }
}
