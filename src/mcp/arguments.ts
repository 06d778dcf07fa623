import * as z from "zod";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { plainLine } from "../domain/untrusted.ts";
import type { AnyTool } from "./tool.ts";

type Issue = z.core.$ZodIssue;
/** What is wrong with a field, and how to repeat the call. */
type Fault = { readonly what: string; readonly again: string };

/**
 * Checks the arguments of a call with the tool's schema. Only here are a schema's errors put into words.
 * @throws DomainError `invalid` naming each field, what it may be, and the next call.
 */
export function readArguments({ name, input }: AnyTool, given: unknown): Record<string, unknown> {
  const read = input.safeParse(given);
  if (read.success) return read.data as Record<string, unknown>;
  const { issues } = read.error;
  const faults = issues
    .slice(0, MAX_FAULTS_TOLD)
    .map((issue) => faultOf(issue, given, Object.keys(input.shape)));
  const more = issues.length > MAX_FAULTS_TOLD ? [`And ${issues.length - MAX_FAULTS_TOLD} more.`] : [];
  const lists = issues.flatMap(({ path }) => listedBy(input, path) ?? []);
  throw new DomainError(
    "invalid",
    [...faults.map(({ what }) => what), ...more].join(" "),
    [`Call ${name} again ${faults.map(({ again }) => again).join("; ")}.`, ...new Set(lists)].join(" "),
  );
}

const MAX_FAULTS_TOLD = 5;

function faultOf(issue: Issue, given: unknown, known: readonly string[]): Fault {
  if (issue.code === "unrecognized_keys") {
    const at = issue.path.length > 0 ? `${fieldOf(issue.path)}.` : "";
    const names = issue.keys.slice(0, MAX_FAULTS_TOLD).map((key) => `${at}${plainLine(key, 60)}`);
    const takes = at === "" ? `, which takes ${known.join(", ") || "nothing"}` : "";
    return {
      what: `${names.join(", ")}: no such ${names.length === 1 ? "argument" : "arguments"}.`,
      again: `without ${names.length === 1 ? "it" : "them"}${takes}`,
    };
  }
  const field = fieldOf(issue.path);
  const value = valueAt(given, issue.path);
  const wanted = wantedBy(issue);
  return {
    what: `${field}: ${value === undefined ? "missing" : `${shown(value)} is not ${wanted}`}.`,
    again: `with ${field} ${issue.code === "invalid_value" ? "" : "as "}${wanted}`,
  };
}

const KINDS: Record<string, string> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};
const FORMATS: Record<string, string> = {
  email: "an e-mail address",
  date: "a day as YYYY-MM-DD",
  uuid: "an id (a UUID)",
};
const UNITS: Record<string, readonly [string, string]> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

/** The expected value, in words that follow "not" or "as". */
function wantedBy(issue: Issue): string {
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_type":
      return KINDS[issue.expected] ?? issue.expected;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message;
    case "too_small":
      return amount("at least", Number(issue.minimum), issue.origin);
    case "too_big":
      return amount("at most", Number(issue.maximum), issue.origin);
    default:
      return issue.message;
  }
}

function amount(bound: string, n: number, origin: string): string {
  const units = UNITS[origin];
  return units ? `${KINDS[origin]} of ${bound} ${pluralize(n, ...units)}` : `a number of ${bound} ${n}`;
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, n) =>
      typeof key === "number" ? `[${key}]` : `${n > 0 ? "." : ""}${plainLine(String(key), 60)}`,
    )
    .join("") || "arguments";

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );

/** A value as an error message shows it: short texts and numbers in full, other values by their type. */
function shown(value: unknown): string {
  if (typeof value === "string")
    return value.length <= 60 ? JSON.stringify(plainLine(value, 60)) : "what was given";
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "a list" : "an object";
}

/** The call that lists the values of a field without a list in the schema. It is set with `listed` in params.ts. */
function listedBy(schema: z.ZodType, path: readonly PropertyKey[]): string | undefined {
  let field: z.ZodType | undefined = schema;
  let listed: string | undefined;
  for (const key of [...path, undefined]) {
    while (field !== undefined) {
      const where: unknown = field.meta()?.listedBy;
      if (typeof where === "string") listed = where;
      const inner = innerOf(field);
      if (inner === undefined) break;
      field = inner;
    }
    if (key === undefined) break;
    field = field instanceof z.ZodObject ? field.shape[String(key)] : undefined;
  }
  return listed;
}

/** The inner schema of an optional, a default, a list or a pipe. */
function innerOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return schema instanceof z.ZodPipe ? (schema.in as z.ZodType) : undefined;
}
