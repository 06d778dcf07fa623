import { fileURLToPath } from "node:url";
import { TemplateDefaults } from "../domain/roles/template-defaults.ts";
import { parseFile } from "./read-template.ts";

/** The folder of what is general, and of the starter. */
export const DEFAULTS_FOLDER = fileURLToPath(new URL("defaults/", import.meta.url));

const read = (name: string): unknown => parseFile(`${DEFAULTS_FOLDER}${name}.yaml`, `defaults/${name}.yaml`);

let defaults: TemplateDefaults | undefined;

/** What a role template has that does not say it itself. Read once. */
export function loadDefaults(): TemplateDefaults {
  defaults ??= TemplateDefaults.parse({
    questions: read("flags"),
    interviews: read("interviews"),
    messages: read("messages"),
    reasons: read("reasons"),
  });
  return defaults;
}
