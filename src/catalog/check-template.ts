import * as z from "zod";
import { questionFaults } from "../domain/roles/question-faults.ts";
import { type RoleTemplate, WrittenTemplate } from "../domain/roles/role-template.ts";
import { withDefaults } from "../domain/roles/template-defaults.ts";
import { templateFaults } from "../domain/roles/template-faults.ts";
import type { Lexicon } from "../domain/text/lexicon.ts";
import { loadDefaults } from "./defaults.ts";
import type { Parsed } from "./read-template.ts";

/** What is wrong with a template: its file, the place in it (`stages[0].kind`), and why. */
type Fault = { readonly file: string; readonly path: string; readonly why: string };

/** A template that can be used, or everything that is wrong with it. */
export type Checked<T> = { readonly template: T } | { readonly faults: readonly [Fault, ...Fault[]] };

/** Checks some keys of a template by their schema. */
export function checkShape<T extends { readonly id: string }>(
  schema: z.ZodType<T>,
  id: string,
  parsed: Parsed,
): Checked<T> {
  const values = Object.fromEntries([...parsed].map(([key, { value }]) => [key, value]));
  const { data, error } = schema.safeParse(values, { error: reason });
  const issues = error?.issues ?? [];
  return checked(
    data,
    issues.length > 0 || data?.id === id
      ? issues.map((issue) => faultOf(issue, id, parsed))
      : [
          {
            file: fileOf(parsed, "id", id),
            path: "id",
            why: `must be ${JSON.stringify(id)}, as the file is called`,
          },
        ],
  );
}

/**
 * Checks a whole template. Where its shape is wrong, contradictions between its parts are not looked for. With a lexicon,
 * questions may not ask for a protected attribute; those of the built-in templates are checked by a test.
 */
export function checkTemplate(id: string, parsed: Parsed, lexicon?: Lexicon): Checked<RoleTemplate> {
  const shape = checkShape(WrittenTemplate, id, parsed);
  if ("faults" in shape) return shape;
  const written = shape.template;
  const asked = lexicon === undefined ? [] : questionFaults(written, lexicon);
  const faults = [...templateFaults(written), ...asked].map(({ path, why }) => ({
    file: fileOf(parsed, path.split(/[.[]/)[0], id),
    ...{ path, why },
  }));
  return checked(withDefaults(written, loadDefaults()), faults);
}

function checked<T>(template: T | undefined, [first, ...more]: readonly Fault[]): Checked<T> {
  if (first !== undefined) return { faults: [first, ...more] };
  if (template === undefined) throw new Error("a template without a fault has no value");
  return { template };
}

function faultOf(issue: z.core.$ZodIssue, id: string, parsed: Parsed): Fault {
  const unknown = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return {
    file: fileOf(parsed, issue.path[0] ?? unknown, id),
    path: z.core.toDotPath(issue.path),
    why: issue.message,
  };
}

/** The file of a top-level key. If the key is missing: the file that should hold it, or the folder's name. */
function fileOf(parsed: Parsed, key: PropertyKey | undefined, id: string): string {
  const [file, another] = new Set([...parsed.values()].map((entry) => entry.file));
  return parsed.get(String(key))?.file ?? (another === undefined ? file : undefined) ?? id;
}

/** A short reason for an issue where zod's own sentence is too vague. Undefined keeps zod's sentence. */
const reason: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return "is missing";
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return undefined;
  return issue.errors.map(([first]) => first?.message).join(", or ");
};
