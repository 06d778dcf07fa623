import { existsSync, readFileSync } from "node:fs";
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type * as z from "zod";

type Json = Record<string, unknown>;
type Target = Parameters<StandardSchemaWithJSON["~standard"]["jsonSchema"]["input"]>[0];

/**
 * The schema in the form that the SDK needs. Its JSON form is made once, not on every request. Parts that cost tokens
 * and do not help a model are left out: the dialect, default openness, long patterns of named formats, and generous
 * length limits. Checking still uses the whole zod schema.
 */
export const published = (tool: Named, schema: z.ZodObject): StandardSchemaWithJSON =>
  publish(tool, schema, trim);

/**
 * As `published`, for answers: fields are published for the first two levels, and deeper objects without their fields.
 */
export const publishedAnswer = (tool: Named, schema: z.ZodObject): StandardSchemaWithJSON =>
  publish(tool, schema, (json) => {
    const answer = withoutImpliedTypes(withoutRepeats(shallow(trim(json), PUBLISHED_ANSWER_LEVELS)));
    return Object.assign({ type: "object" }, answer);
  });

const PUBLISHED_ANSWER_LEVELS = 2;

type Named = { readonly name: string };
type Direction = "input" | "output";

function publish(
  { name }: Named,
  schema: z.ZodObject,
  shorten: (json: unknown) => unknown,
): StandardSchemaWithJSON {
  const standard = (schema as unknown as StandardSchemaWithJSON)["~standard"];
  const converter = (direction: Direction) =>
    memoize(
      (target) => standard.jsonSchema[direction](target),
      (key) => packedForms()[`${name} ${direction} ${key}`],
      shorten,
    );
  const jsonSchema = { input: converter("input"), output: converter("output") };
  return { "~standard": { ...standard, jsonSchema } } as StandardSchemaWithJSON;
}

/** Where a bundle has the JSON forms of its schemas: making them takes a quarter of a start. */
const PACKED = new URL("./published-schemas.json", import.meta.url);
let packed: Record<string, Json> | undefined;

function packedForms(): Record<string, Json> {
  packed ??= existsSync(PACKED) ? (JSON.parse(readFileSync(PACKED, "utf8")) as Record<string, Json>) : {};
  return packed;
}

/** The JSON forms of a tool's published schemas, as a bundle keeps them. */
export function formsToPack(tool: Named & { input: z.ZodObject; output: z.ZodObject }): Record<string, Json> {
  const key = JSON.stringify(SDK_TARGET);
  return {
    [`${tool.name} input ${key}`]: published(tool, tool.input)["~standard"].jsonSchema.input(SDK_TARGET),
    [`${tool.name} output ${key}`]: publishedAnswer(tool, tool.output)["~standard"].jsonSchema.output(
      SDK_TARGET,
    ),
  };
}

/** The one dialect that the SDK asks for. */
const SDK_TARGET: Target = { target: "draft-2020-12" };

/**
 * A schema that is published but does not check. `readArguments` checks instead, so that its errors read like all
 * others.
 */
export function unchecked(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  return { "~standard": { ...schema["~standard"], validate: (value) => ({ value }) } };
}

function memoize(
  convert: (target: Target) => Json,
  packedForm: (key: string) => Json | undefined,
  shorten: (json: unknown) => unknown,
): (target: Target) => Json {
  const made = new Map<string, Json>();
  return (target) => {
    const key = JSON.stringify(target);
    const json = made.get(key) ?? packedForm(key) ?? (shorten(convert(target)) as Json);
    made.set(key, json);
    return json;
  };
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** Larger limits are not published, because nobody exceeds them by accident; nor are least values that nobody goes below. */
const LARGEST_PUBLISHED_BOUND = 100;
const SMALLEST_PUBLISHED_MINIMUM = 2;

/** Keywords that only say what a refusal says better. Every object is strict, and the top level says so for all. */
const UNPUBLISHED_KEYWORDS = new Set([
  "$schema",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "pattern",
  "exclusiveMinimum",
  "propertyNames",
  "listedBy",
]);

function trim(value: unknown, isTop = true): unknown {
  if (Array.isArray(value)) return value.map((part) => trim(part, false));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !UNPUBLISHED_KEYWORDS.has(key) &&
      !(key === "additionalProperties" && (isEmptyObject(inner) || (inner === false && !isTop))) &&
      !((key === "maximum" || key === "minimum") && Math.abs(Number(inner)) > LARGEST_PUBLISHED_BOUND) &&
      !(key === "minimum" && Number(inner) < SMALLEST_PUBLISHED_MINIMUM),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, trim(inner, false)]));
}

/**
 * A JSON schema in which objects deeper than `levels` have no fields, and those of the last level are named without
 * their types, as are texts, numbers, flags and lists of these on any level. A list does not count as a level. For a
 * field with several possible shapes, only their types are published. Which fields are always there and what values one
 * has are seen in the answer, like the type of what a plain list holds.
 */
function shallow(json: unknown, levels: number): unknown {
  if (Array.isArray(json)) return json.map((part) => shallow(part, levels));
  if (typeof json !== "object" || json === null) return json;
  const {
    properties,
    required: _,
    additionalProperties: __,
    enum: ___,
    default: ____,
    anyOf,
    ...rest
  } = json as Json;
  const inner = Object.fromEntries(
    Object.entries(rest)
      .map(([key, value]): [string, unknown] => [key, shallow(value, levels)])
      .filter(([key, value]) => !(key === "items" && isTypeAlone(value))),
  );
  const shapes = Array.isArray(anyOf) ? shapesOf(anyOf, levels) : {};
  if (properties === undefined || levels === 0) return { ...inner, ...shapes };
  const fields = Object.entries(properties as Json).map(([name, field]) => [
    name,
    levels === 1 ? {} : unlessPlain(shallow(field, levels - 1)),
  ]);
  return { ...inner, ...shapes, properties: Object.fromEntries(fields) };
}

const PLAIN = ["string", "number", "integer", "boolean", "null", "array"];

/** A field; where it is a plain value, or a list of such, not even with its type. */
function unlessPlain(field: unknown): unknown {
  const types = [typeOf(field)].flat();
  return isTypeAlone(field) && types.every((type) => PLAIN.includes(String(type))) ? {} : field;
}

const MIN_FIELDS_OF_A_REPEAT = 4;

/** Leaves out the fields of what has all those of something before it, as the list of all offers has those of one. */
function withoutRepeats(answer: unknown): unknown {
  const { properties, ...rest } = answer as { readonly properties: Readonly<Record<string, Json>> };
  const before: string[][] = [];
  const fields = Object.entries(properties).map(([name, field]) => {
    const { properties: inner } = (field.items ?? field) as Json;
    const names = Object.keys(inner ?? {});
    const isRepeat = before.some((fewer) => fewer.every((each) => names.includes(each)));
    if (names.length >= MIN_FIELDS_OF_A_REPEAT) before.push(names);
    return [name, isRepeat ? {} : field];
  });
  return { ...rest, properties: Object.fromEntries(fields) };
}

/** Leaves out the types that fields or items beside them imply, and that there may be none. */
function withoutImpliedTypes(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutImpliedTypes);
  if (typeof json !== "object" || json === null) return json;
  const { type, ...rest } = json as Json;
  const types = [type].flat();
  const isImplied =
    (types.includes("object") && "properties" in rest) || (types.includes("array") && "items" in rest);
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withoutImpliedTypes(value)]),
  );
  return { ...(type !== undefined && !isImplied && { type }), ...inner };
}

const isTypeAlone = (json: unknown): boolean =>
  typeof json === "object" && json !== null && Object.keys(json).join() === "type";

/**
 * The alternatives of a field. One shape or null is published with its fields; several shapes only with their types.
 */
function shapesOf(options: readonly unknown[], levels: number): Json {
  const several = options.filter((option) => typeOf(option) !== "null").length > 1;
  const published = options.map((option) => shallow(option, several ? 0 : levels));
  const [only, ...others] = [
    ...new Map(published.map((option) => [JSON.stringify(option), option])).values(),
  ];
  if (others.length === 0) return only as Json;
  const [other, another] = others;
  if (another === undefined && typeOf(other) === "null" && typeof typeOf(only) === "string")
    return { ...(only as Json), type: [typeOf(only), "null"] };
  return { anyOf: [only, ...others] };
}

const typeOf = (json: unknown): unknown =>
  typeof json === "object" && json !== null && "type" in json ? json.type : undefined;
