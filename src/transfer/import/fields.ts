import * as z from "zod";
import type { Item, Told } from "./vendor.ts";

/** An id as any vendor writes it, always as a string. */
export const Id = z.union([z.string().min(1), z.number().int()]).transform(String);

/** A text; an empty one is none. */
export const Words = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || undefined);

/** What may have any shape. */
export const Anything = z.unknown().optional();

export const Flag = z.boolean().nullish();

/** A list; none where it is missing. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

export const Texts = listOf(Words).transform((list) => list.flatMap((text) => text ?? []));

const DAY_PART = /^(\d{4})-(\d{2})-(\d{2})/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/;
/** Milliseconds since 1970 that lie between 1990 and 2100. */
const [LEAST_MS, MOST_MS] = [631_152_000_000, 4_102_444_800_000];

/** A time with its offset as UTC; a day, or a time of an unknown zone, as the day. Undefined where it is neither. */
function momentOf(value: string | number): string | undefined {
  const text = String(value).trim();
  if (/^\d{12,13}$/.test(text)) {
    const ms = Number(text);
    return ms >= LEAST_MS && ms <= MOST_MS ? new Date(ms).toISOString() : undefined;
  }
  const [day, year, month, date] = DAY_PART.exec(text) ?? [];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (day === undefined || !(Number(month) >= 1 && Number(month) <= 12)) return undefined;
  if (Number(date) < 1 || Number(date) > last) return undefined;
  if (text === day) return day;
  const [, zone] = ISO_TIME.exec(text) ?? [];
  if (zone === undefined) return ISO_TIME.test(text) ? day : undefined;
  const at = new Date(text.replace(/ (?=\d)/, "T").replace(/ ?UTC$/, "Z"));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** A moment in any of the forms that exports have: ISO 8601, a day, or milliseconds since 1970. */
export const Moment = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined || value === "") return undefined;
    const moment = momentOf(value);
    if (moment === undefined) context.addIssue({ code: "custom", message: "is no date" });
    return moment;
  });

/** A record that was read, and where it stands. */
export type Entry<T> = { readonly where: string; readonly file: string; readonly record: T };

/** The records of one kind, each with where it stands in words. */
export const readAll = <T>(items: readonly Item[], shape: z.ZodType<T>, told: Told): Entry<T>[] =>
  items.flatMap(({ kind, value, file }) => {
    const { data: id } = Id.safeParse(Reflect.get(value, "id"));
    const where = `${file}, ${kind}${id === undefined ? "" : ` ${id}`}`;
    const record = readRecord(shape, value, where, told);
    return record === undefined ? [] : [{ where, file, record }];
  });

const MAX_FAULTS = 50;
type Path = readonly PropertyKey[];

/**
 * A record in the shape that its vendor gives it. A field of another shape is told and left out, the rest is kept.
 * @returns undefined where nothing is left without the field, which is told as well.
 */
export function readRecord<T>(shape: z.ZodType<T>, value: unknown, where: string, told: Told): T | undefined {
  const first = shape.safeParse(value);
  if (first.success) return first.data;
  let rest: unknown = structuredClone(value);
  for (let n = 0; n < MAX_FAULTS; n += 1) {
    const { data, error } = shape.safeParse(rest);
    if (error === undefined) return data;
    const [issue] = error.issues;
    const path = issue?.path ?? [];
    const field = path.filter((part) => typeof part === "string").join(".");
    // A field that has to be there and is not: what lacks it is left out.
    const faulty = at(rest, path) === undefined ? path.slice(0, -1) : path;
    const isDate = issue?.code === "custom";
    told({
      where,
      field,
      why: isDate ? "is no date that can be read: left out" : "has another shape: left out",
    });
    if (faulty.length === 0) return undefined;
    rest = without(rest, faulty);
  }
  told({ where, why: "has another shape throughout: left out" });
  return undefined;
}

function at(value: unknown, [key, ...deeper]: Path): unknown {
  if (key === undefined) return value;
  return typeof value === "object" && value !== null ? at(Reflect.get(value, key), deeper) : undefined;
}

function without(value: unknown, [key, ...deeper]: Path): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return value;
  if (deeper.length > 0) Reflect.set(value, key, without(Reflect.get(value, key), deeper));
  else if (Array.isArray(value)) value.splice(Number(key), 1);
  else Reflect.deleteProperty(value, key);
  return value;
}
