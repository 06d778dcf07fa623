import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { DEFAULTS_FOLDER } from "./defaults.ts";
import { isMapping } from "./read-template.ts";

/** The id and the title that the starter has, in the place of the new template's. */
const [ID, TITLE] = [/^id: .*$/m, /^title: .*$/m];
/** A part that is switched off, in a line of its own. Explanations begin with `##`. */
const OFF = /^( *)# /gm;
const MAX_EXAMPLE_CHARS = 140;

const starter = (): string => readFileSync(join(DEFAULTS_FOLDER, "starter.yaml"), "utf8");

/** A commented template to begin with, valid as it stands. */
export const newTemplate = (id: string, title: string): string =>
  starter()
    .replace(ID, () => `id: ${id}`)
    .replace(TITLE, () => `title: ${JSON.stringify(title)}`);

/** Flags of a template that are still the starter's own, by their ids. */
export function flagsOfStarter(
  flags: readonly { readonly id: string; readonly definition: string }[],
): string[] {
  const { rubric } = parse(starter()) as { rubric: { flags: { id: string; definition: string }[] } };
  return flags
    .filter(({ id, definition }) =>
      rubric.flags.some((one) => one.id === id && one.definition === definition),
    )
    .map(({ id }) => id);
}

/** The starter with every part switched on. */
let whole: unknown;

/** A right value of a place in a template, as the starter has it: `goal_days: 3`. Undefined where it has none that is short. */
export function exampleOf(keys: readonly PropertyKey[]): string | undefined {
  whole ??= parse(starter().replace(OFF, "$1"));
  const key = keys.findLast((part) => typeof part === "string");
  for (const value of valuesAt(whole, keys)) {
    const written = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
    if (written.length <= MAX_EXAMPLE_CHARS)
      return keys.at(-1) === key ? `${String(key)}: ${written}` : `- ${written}`;
  }
  return undefined;
}

/** What stands at a place: in lists, in any entry of it. */
function valuesAt(value: unknown, [key, ...inner]: readonly PropertyKey[]): unknown[] {
  if (key === undefined) return [value];
  if (Array.isArray(value))
    return typeof key === "number" ? value.flatMap((one) => valuesAt(one, inner)) : [];
  return isMapping(value) && Object.hasOwn(value, key) ? valuesAt(value[String(key)], inner) : [];
}
