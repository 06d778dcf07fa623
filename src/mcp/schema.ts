import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type * as z from "zod";

type Json = Record<string, unknown>;
type Target = Parameters<StandardSchemaWithJSON["~standard"]["jsonSchema"]["input"]>[0];

/**
 * The schema as the SDK wants it, with its JSON form made once instead of on every request, and without what costs
 * every conversation tokens and tells a model nothing: dialect, openness that is the default anyway, the long patterns
 * behind named formats, and generous bounds on length. What is checked stays the same: that is the zod schema itself.
 */
export const published = (schema: z.ZodObject): StandardSchemaWithJSON => publish(schema, trim);

/** As `published`, for answers: the first two levels of fields are told, and deeper ones as objects. */
export const publishedAnswer = (schema: z.ZodObject): StandardSchemaWithJSON =>
  publish(schema, (json) => shallow(trim(json), PUBLISHED_ANSWER_LEVELS));

const PUBLISHED_ANSWER_LEVELS = 2;

function publish(schema: z.ZodObject, shorten: (json: unknown) => unknown): StandardSchemaWithJSON {
  const standard = (schema as unknown as StandardSchemaWithJSON)["~standard"];
  const { input, output } = standard.jsonSchema;
  const jsonSchema = { input: memoize(input, shorten), output: memoize(output, shorten) };
  return { "~standard": { ...standard, jsonSchema } } as StandardSchemaWithJSON;
}

/** A schema that is told and not applied: `readArguments` checks, so that a refusal reads like every other error. */
export function unchecked(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  return { "~standard": { ...schema["~standard"], validate: (value) => ({ value }) } };
}

function memoize(
  convert: (target: Target) => Json,
  shorten: (json: unknown) => unknown,
): (target: Target) => Json {
  const made = new Map<string, Json>();
  return (target) => {
    const key = JSON.stringify(target);
    const json = made.get(key) ?? (shorten(convert(target)) as Json);
    made.set(key, json);
    return json;
  };
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** A bound that nobody meets by accident. */
const LARGEST_PUBLISHED_BOUND = 1_000_000;

const UNPUBLISHED_KEYWORDS = new Set([
  "$schema",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "listedBy",
]);

function trim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trim);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !UNPUBLISHED_KEYWORDS.has(key) &&
      !(key === "additionalProperties" && isEmptyObject(inner)) &&
      !(key === "pattern" && "format" in value) &&
      !((key === "maximum" || key === "minimum") && Math.abs(Number(inner)) >= LARGEST_PUBLISHED_BOUND),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, trim(inner)]));
}

/**
 * A JSON schema without the fields of objects that lie deeper than so many levels. A list is no level of its own. Of what
 * has several shapes only the kinds are told, and only at the top which fields are always there.
 */
function shallow(json: unknown, levels: number): unknown {
  if (Array.isArray(json)) return json.map((part) => shallow(part, levels));
  if (typeof json !== "object" || json === null) return json;
  const { properties, required, additionalProperties: _, anyOf, ...rest } = json as Json;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, shallow(value, levels)]));
  const shapes = Array.isArray(anyOf) ? shapesOf(anyOf, levels) : {};
  if (properties === undefined || levels === 0) return { ...inner, ...shapes };
  const fields = Object.entries(properties as Json).map(([name, field]) => [
    name,
    shallow(field, levels - 1),
  ]);
  const always = levels === PUBLISHED_ANSWER_LEVELS && required !== undefined ? { required } : {};
  return { ...inner, ...shapes, properties: Object.fromEntries(fields), ...always };
}

/** The alternatives of a field: one shape that may be null is told with its fields, several shapes by their kinds. */
function shapesOf(options: readonly unknown[], levels: number): Json {
  const several = options.filter((option) => typeOf(option) !== "null").length > 1;
  const published = options.map((option) => shallow(option, several ? 0 : levels));
  const [only, ...others] = [
    ...new Map(published.map((option) => [JSON.stringify(option), option])).values(),
  ];
  return others.length === 0 ? (only as Json) : { anyOf: [only, ...others] };
}

const typeOf = (json: unknown): unknown =>
  typeof json === "object" && json !== null && "type" in json ? json.type : undefined;
