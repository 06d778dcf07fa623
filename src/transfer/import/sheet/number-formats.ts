import type { XmlEvents } from "./book-parts.ts";

/** The built-in formats of a workbook that show a day. Those that show a time of day alone are not among them. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58);

const FIRST_OWN_FORMAT = 164;
const DAY_MS = 86_400_000;
/** Day 60 of a workbook is 29 February 1900, which was none; no application is so old. */
const FIRST_PLAIN_SERIAL = 61;
const LAST_SERIAL = 73_415;
const DAYS_TO_1904 = 1_462;
/** Day 0 of a workbook. */
const START = Date.UTC(1899, 11, 30);

/** Collects from the styles of a workbook which of them show a day. */
export function collectDayStyles(): {
  readonly events: XmlEvents;
  readonly isDay: (style: number) => boolean;
} {
  const codes = new Map<number, boolean>();
  const styles: number[] = [];
  let inCells = false;
  const events: XmlEvents = {
    open: (name, { numFmtId, formatCode = "" }) => {
      if (name === "numFmt") codes.set(Number(numFmtId), showsDay(formatCode));
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) styles.push(Number(numFmtId));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  };
  const isDay = (style: number): boolean => {
    const format = styles[style];
    if (format === undefined) return false;
    return codes.get(format) ?? (format < FIRST_OWN_FORMAT && isBuiltInDay(format));
  };
  return { events, isDay };
}

/** Whether the letters of a format, apart from quoted text, colours and languages, are those of a day. */
const showsDay = (code: string): boolean =>
  /[dyj]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "").replace(/general|red|yellow/gi, ""));

/** The day of a workbook's number; undefined where it is none that an application can have. */
export function dayOfSerial(serial: number, is1904: boolean): string | undefined {
  const day = Math.floor(serial) + (is1904 ? DAYS_TO_1904 : 0);
  if (!(day >= FIRST_PLAIN_SERIAL && day <= LAST_SERIAL)) return undefined;
  return new Date(START + day * DAY_MS).toISOString().slice(0, 10);
}
