import { fileURLToPath } from "node:url";
import { TemplateDefaults } from "../domain/roles/template-defaults.ts";
import { parseFile } from "./read-template.ts";

const FOLDER = fileURLToPath(new URL("defaults/", import.meta.url));

let defaults: TemplateDefaults | undefined;

/** What a role template has that does not say it itself. Read once. */
export function loadDefaults(): TemplateDefaults {
  defaults ??= TemplateDefaults.parse({
    interviews: parseFile(`${FOLDER}interviews.yaml`, "defaults/interviews.yaml"),
    messages: parseFile(`${FOLDER}messages.yaml`, "defaults/messages.yaml"),
  });
  return defaults;
}
