import { extname } from "node:path";
import { decodeText } from "../../documents/decode.ts";
import { pluralize } from "../../domain/pluralize.ts";
import type { Told } from "./vendor.ts";

/** NUL and halves of characters, which no database keeps, as JSON may write them. */
const UNKEPT = /\0|\\u0000|\\u[dD][89a-fA-F]/;
const MOST_LINES_TOLD = 3;
const MAX_DEPTH = 64;

/** Whether a name is that of a file with JSON in it. */
export const isJson = (name: string): boolean =>
  [".json", ".jsonl", ".ndjson"].includes(extname(name).toLowerCase());

/** The values of a JSON file, or of each line of one in JSON Lines. What is no JSON is told. */
export function readJson(bytes: Buffer, name: string, told: Told): unknown[] {
  const text = decodeText(bytes);
  if (text === undefined) {
    told({ where: name, why: "holds characters that no text has (such as NUL): left out" });
    return [];
  }
  const whole = parse(text, name, told);
  if (isTooDeep(whole)) {
    told({ where: name, why: "is nested deeper than any export: left out" });
    return [];
  }
  if (whole !== undefined) return [whole];
  const rows = text.split(/\r?\n/).map((line, n) => ({ line: line.trim(), where: `${name}, line ${n + 1}` }));
  const filled = rows.filter(({ line }) => line !== "");
  const values = filled.map(({ line, where }) => ({ where, value: parse(line, where, told) }));
  const isLines =
    values.length > 1 && values.filter(({ value }) => isObject(value)).length * 2 > values.length;
  if (!isLines) {
    told({ where: name, why: "is no whole JSON: it may be cut off. Nothing of it is taken" });
    return [];
  }
  const broken = values.filter(({ value }) => value === undefined);
  for (const { where } of broken.slice(0, MOST_LINES_TOLD))
    told({ where, why: "is no whole JSON: left out" });
  if (broken.length > MOST_LINES_TOLD)
    told({ where: name, why: `${broken.length - MOST_LINES_TOLD} more lines are no whole JSON: left out` });
  return values.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

export const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Looks without calling itself, as what is nested deeply ends a program that does. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    level = level.flatMap((item) => (isObject(item) ? Object.values(item).filter(isObject) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function parse(text: string, where: string, told: Told): unknown {
  try {
    if (!UNKEPT.test(text)) return JSON.parse(text);
    let count = 0;
    const value: unknown = JSON.parse(text, (_key, inner: unknown) => {
      if (typeof inner !== "string" || (!inner.includes("\0") && inner.isWellFormed())) return inner;
      count += 1;
      return inner.replaceAll("\0", "").toWellFormed();
    });
    if (count > 0)
      told({ where, why: `${pluralize(count, "text")} with NUL or half a character, which is taken out` });
    return value;
  } catch {
    return undefined;
  }
}
