import * as z from "zod";
import { tools } from "../../src/mcp/tools/index.ts";

type Def = {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly catchall?: z.ZodType;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly getter?: () => z.ZodType;
};

const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;

/** The same schema, in which no object takes a field that it does not name. */
function strict(schema: z.ZodType): z.ZodType {
  const def = defOf(schema);
  switch (def.type) {
    case "object":
      return z.strictObject(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, field]) => [name, strict(field)])),
      );
    case "array":
      return z.array(strict(def.element ?? z.never()));
    case "optional":
      return strict(def.innerType ?? z.never()).optional();
    case "nullable":
      return strict(def.innerType ?? z.never()).nullable();
    case "readonly":
      return strict(def.innerType ?? z.never());
    case "union":
      return z.union((def.options ?? []).map(strict));
    case "record":
      return z.record((def.keyType ?? z.string()) as z.ZodString, strict(def.valueType ?? z.never()));
    case "lazy":
      return strict((def.getter ?? z.never)());
    default:
      return schema;
  }
}

/** Paths of a schema at which a field is not named: objects that take any, and values of any shape. */
export function unnamed(schema: z.ZodType, path = ""): string[] {
  const def = defOf(schema);
  if (def.type === "unknown" || def.type === "any") return [path];
  if (def.type === "object") {
    const own = def.catchall !== undefined && defOf(def.catchall).type !== "never" ? [`${path}.*`] : [];
    return [
      ...own,
      ...Object.entries(def.shape ?? {}).flatMap(([name, field]) => unnamed(field, `${path}.${name}`)),
    ];
  }
  const inner = [def.element, def.innerType, def.valueType, def.getter?.(), ...(def.options ?? [])];
  return inner.flatMap((part) => (part === undefined ? [] : unnamed(part, path)));
}

const strictly = new Map(tools.map(({ name, output }): [string, z.ZodType] => [name, strict(output)]));

/** @throws Error when an answer has a field that its tool's schema does not name, or lacks one. */
export function requireNamedFields(tool: string, facts: unknown): void {
  const { error } = strictly.get(tool)?.safeParse(facts) ?? {};
  if (error) throw new Error(`${tool} answers otherwise than its schema says: ${z.prettifyError(error)}`);
}
