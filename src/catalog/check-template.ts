import * as z from "zod";
import { WrittenRubric } from "../domain/evaluation/rubric.ts";
import { compileRubric } from "../domain/evidence/compile.ts";
import { exampleFaults } from "../domain/evidence/example-faults.ts";
import { withGeneralWords } from "../domain/evidence/language.ts";
import { rubricFaults } from "../domain/evidence/rubric-faults.ts";
import { questionFaults } from "../domain/roles/question-faults.ts";
import { MessageTemplate, type RoleTemplate, WrittenTemplate } from "../domain/roles/role-template.ts";
import { rubricOf, withDefaults } from "../domain/roles/template-defaults.ts";
import { templateFaults } from "../domain/roles/template-faults.ts";
import type { Lexicon } from "../domain/text/lexicon.ts";
import { loadDefaults } from "./defaults.ts";
import { createLocate, type Fault, type Keys, keysOf, type Parsed, pathOf } from "./fault.ts";
import { messageFaults } from "./message-faults.ts";
import { assemble } from "./read-template.ts";
import { keysBeside, shapeWords } from "./shape-words.ts";
import { exampleOf } from "./starter.ts";

type Faults = readonly [Fault, ...Fault[]];

/** What can be used, or everything that is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly faults: Faults };

/** A template as it is written, and with what is general in it. */
export type CheckedTemplate = { readonly written: WrittenTemplate; readonly template: RoleTemplate };

/** A fault before its file and line are known: a place in the template, and perhaps the line in a text there. */
type Found = { readonly keys: Keys; readonly why: string; readonly row?: number; readonly shape?: boolean };

/** Checks the head of a template: the keys that are read to list it. */
export function checkHead<T extends { readonly id: string }>(
  schema: z.ZodType<T>,
  id: string,
  parsed: Parsed,
): Checked<T> {
  const values = Object.fromEntries([...parsed].map(([key, { value }]) => [key, value]));
  const { data, found } = shapeOf(schema, values);
  return checked(data, [...found, ...idFaults(id, data)], id, parsed);
}

/**
 * Checks a whole template. Contradictions between its parts are looked for once each part is as it should be. With a lexicon
 * also what a team may get wrong in its own words is checked: messages, questions, phrases, and the examples of flags; a
 * test does that for the built-in templates.
 */
export function checkTemplate(id: string, parsed: Parsed, lexicon?: Lexicon): Checked<CheckedTemplate> {
  const unplaced: Fault[] = [];
  const values = assemble(parsed, (fault) => unplaced.push(fault));
  const { data: written, found } = shapeOf(WrittenTemplate, values);
  const own = lexicon === undefined ? [] : [...messagesFaults(values), ...rubricsFaults(values, lexicon)];
  const asked = lexicon === undefined || !written ? [] : questionFaults(written, lexicon);
  const contradictions = written ? [...templateFaults(written), ...asked] : [];
  const all = [...found, ...idFaults(id, written), ...own, ...contradictions.map(placed)];
  return checked(
    written && { written, template: withDefaults(written, loadDefaults()) },
    all,
    id,
    parsed,
    unplaced,
  );
}

const placed = ({ path, why }: { readonly path: string; readonly why: string }): Found => ({
  keys: keysOf(path),
  why,
});

function checked<T>(
  value: T | undefined,
  found: readonly Found[],
  id: string,
  parsed: Parsed,
  unplaced: readonly Fault[] = [],
): Checked<T> {
  const locate = createLocate(parsed, id);
  const faults = found.map(({ keys, why, row, shape }): Fault => {
    const example = shape && exampleOf(keys);
    return { ...locate(keys, row), path: pathOf(keys), why, ...(example && { example }) };
  });
  const [first, ...more] = [...unplaced, ...faults];
  if (first !== undefined) return { faults: [first, ...more] };
  if (value === undefined) throw new Error("a template without a fault has no value");
  return { value };
}

function shapeOf<T>(
  schema: z.ZodType<T>,
  values: object,
): { readonly data: T | undefined; readonly found: Found[] } {
  const allowed = new Map<string, readonly string[]>();
  const { data, error } = schema.safeParse(values, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return shapeWords(issue);
      allowed.set(JSON.stringify(issue.keys), keysBeside(issue.inst));
      return undefined;
    },
  });
  const found = (error?.issues ?? []).flatMap((issue): Found[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          keys: [...issue.path, key],
          why: `is no key here; known are ${allowed.get(JSON.stringify(issue.keys))?.join(", ")}`,
        }))
      : [{ keys: issue.path, why: issue.message, shape: !LISTING.test(issue.message) }],
  );
  return { data, found };
}

/** What lists all that a value may be needs no example. */
const LISTING = /must be one of/;

const idFaults = (id: string, head: { readonly id: string } | undefined): Found[] =>
  head === undefined || head.id === id
    ? []
    : [{ keys: ["id"], why: `must be ${JSON.stringify(id)}, as the file is called` }];

function messagesFaults({ messages }: Record<string, unknown>): Found[] {
  const { data = [] } = z.array(MessageTemplate).safeParse(messages);
  return data.flatMap((message, n) =>
    (["subject", "body"] as const).flatMap((part) =>
      messageFaults(message[part]).map(({ line, why }) => ({ keys: ["messages", n, part], why, row: line })),
    ),
  );
}

/** The examples are read by the rules as a candidate's document is, so the rules must be fit to run first. */
function rubricsFaults({ rubric }: Record<string, unknown>, lexicon: Lexicon): Found[] {
  const { data } = WrittenRubric.safeParse(rubric);
  if (data === undefined) return [];
  const faults = rubricFaults(data);
  if (faults.length > 0) return faults.map(placed);
  const whole = rubricOf(data, loadDefaults());
  const language = withGeneralWords(data.language, lexicon);
  return exampleFaults(compileRubric({ ...whole, language })).map(placed);
}
