import * as z from "zod";
import { isMapping } from "./read-template.ts";

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping of keys",
  record: "a mapping of keys",
};

/** What is wrong with a value of a template's, and what it may be. Undefined keeps zod's own sentence. */
export const shapeWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_value")
    return stating(issue.input, `must be ${oneOf(issue.values.map(String))}`);
  if (issue.code === "invalid_union" && Array.isArray(issue.options)) {
    const key = String(issue.discriminator);
    const input = isMapping(issue.input) ? issue.input[key] : undefined;
    return stating(input, `must be ${oneOf(issue.options.map(String))}`);
  }
  if (issue.input === undefined) return "is missing";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${KINDS[issue.expected] ?? issue.expected}, and is ${kindOf(issue.input)}`;
    case "invalid_union":
      return issue.errors.map(([first]) => first?.message).join(", or ");
    case "invalid_format":
      return issue.format === "regex"
        ? `is not written as ${issue.pattern ?? "it must be"}`
        : FORMATS[issue.format];
    case "too_small":
      return issue.origin === "array" || issue.origin === "string"
        ? "is empty"
        : `must be ${issue.inclusive ? "at least" : "over"} ${issue.minimum}`;
    case "too_big":
      return `must be at most ${issue.maximum}${issue.origin === "string" ? " characters long" : ""}`;
    default:
      return undefined;
  }
};

/** The keys that are known where an unknown one stands. */
export const keysBeside = (inst: unknown): string[] =>
  inst instanceof z.ZodObject ? Object.keys(inst.shape) : [];

const FORMATS: Record<string, string> = {
  date: "must be a day such as 2026-11-30",
  url: "must be an address that begins with https://",
};

const stating = (input: unknown, what: string): string =>
  input === undefined ? `is missing; it ${what}` : `${what}, and is ${shown(input)}`;

const oneOf = (values: readonly string[]): string =>
  `${values.length > 1 ? "one of " : ""}${values.join(", ")}`;

const shown = (input: unknown): string =>
  typeof input === "string" || typeof input === "number" ? JSON.stringify(input) : kindOf(input);

function kindOf(input: unknown): string {
  if (input === null) return "empty";
  if (Array.isArray(input)) return "a list";
  return KINDS[typeof input] ?? typeof input;
}
