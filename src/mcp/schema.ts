import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import type * as z from "zod";

type Json = Record<string, unknown>;
type Target = Parameters<StandardSchemaWithJSON["~standard"]["jsonSchema"]["input"]>[0];

/**
 * The schema as the SDK wants it, with its JSON form made once instead of on every request, and without what costs
 * every conversation tokens and tells a model nothing: dialect, openness that is the default anyway, the long patterns
 * behind named formats, and generous bounds on length. What is checked stays the same: that is the zod schema itself.
 */
export function published(schema: z.ZodObject): StandardSchemaWithJSON {
  const standard = (schema as unknown as StandardSchemaWithJSON)["~standard"];
  const { input, output } = standard.jsonSchema;
  return {
    "~standard": { ...standard, jsonSchema: { input: memoize(input), output: memoize(output) } },
  } as StandardSchemaWithJSON;
}

/** A schema that is told and not applied: `readArguments` checks, so that a refusal reads like every other error. */
export function unchecked(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  return { "~standard": { ...schema["~standard"], validate: (value) => ({ value }) } };
}

function memoize(convert: (target: Target) => Json): (target: Target) => Json {
  const made = new Map<string, Json>();
  return (target) => {
    const key = JSON.stringify(target);
    const known = made.get(key) ?? (trim(convert(target)) as Json);
    made.set(key, known);
    return known;
  };
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** A bound that nobody meets by accident. */
const LARGEST_PUBLISHED_BOUND = 1_000_000;

const UNPUBLISHED_KEYWORDS = new Set(["$schema", "minLength", "maxLength", "minItems", "maxItems"]);

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
