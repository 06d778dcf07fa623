import openapi from "./openapi.json" with { type: "json" };

// Answers as GitHub gives them: real values laid over the smallest instance that its own OpenAPI schema accepts.
// openapi.json holds the schemas of the operations used here, without their prose.

type Schema = {
  $ref?: string;
  type?: string | readonly string[];
  enum?: readonly unknown[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
};
export type Operation = keyof typeof openapi.responses;

const schemas = openapi.schemas as unknown as Record<string, Schema>;

export const responseSchema = (operation: Operation): object => ({
  ...openapi.responses[operation],
  schemas: openapi.schemas,
});

/** A whole answer to an operation: every field that its schema requires, and ours where we have a value. */
export function answerTo(operation: Operation, values: unknown): unknown {
  return lay(openapi.responses[operation] as Schema, values);
}

function lay(schema: Schema, values: unknown): unknown {
  const known = resolve(ofKind(schema, values));
  if (Array.isArray(values)) return values.map((value) => lay(known.items ?? {}, value));
  if (typeof values !== "object" || values === null) return values;
  const given = values as Record<string, unknown>;
  const properties = known.properties ?? {};
  const filled = (known.required ?? []).map((key) => [key, smallest(properties[key] ?? {})]);
  const ours = Object.entries(given).map(([key, value]) => [key, lay(properties[key] ?? {}, value)]);
  return Object.fromEntries([...filled, ...ours]);
}

/** Of alternatives, the one whose type is that of the value. */
function ofKind(schema: Schema, values: unknown): Schema {
  const { type } = Object(values) as { type?: unknown };
  return schema.oneOf?.find((one) => resolve(one).properties?.type?.enum?.includes(type)) ?? schema;
}

function smallest(schema: Schema): unknown {
  const known = resolve(schema);
  const { enum: choices, type } = known;
  const types = typeof type === "string" ? [type] : (type ?? []);
  if (types.includes("null") || schema.anyOf?.some((s) => s.type === "null")) return null;
  if (choices) return choices[0];
  if (types.includes("object") || known.properties) return lay(known, {});
  if (types.includes("array")) return [];
  if (types.includes("integer") || types.includes("number")) return 0;
  if (types.includes("boolean")) return false;
  return types.includes("string") ? "x" : {};
}

/** Follows references, joins what must hold together, and takes the first of alternatives that is something. */
function resolve(schema: Schema): Schema {
  if (schema.$ref) return resolve(schemas[schema.$ref.replace("#/schemas/", "")] ?? {});
  const one = (schema.anyOf ?? schema.oneOf)?.find((s) => s.type !== "null");
  if (one) return join([without(schema), resolve(one)]);
  return schema.allOf ? join([without(schema), ...schema.allOf.map(resolve)]) : schema;
}

const without = ({ allOf, anyOf, oneOf, ...rest }: Schema): Schema => rest;

const join = (parts: readonly Schema[]): Schema => ({
  ...Object.assign({}, ...parts),
  properties: Object.assign({}, ...parts.map((part) => part.properties)),
  required: parts.flatMap((part) => part.required ?? []),
});
