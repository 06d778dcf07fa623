import type { SubmissionFacts } from "../../../src/domain/submission/facts.ts";

type Value = string | number | boolean | null;

/** Lists by what tells their entries apart. An entry that is gone is withheld, as a list holds what was seen. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  areas: ["area"],
  checks: ["name"],
  workflows: ["name"],
  coverage: ["id"],
  "infrastructure.workloads": ["name"],
  secrets: ["kind", "path"],
};
/** Parts that are no figures: sentences, places that are shown of what was seen, and what was not read. */
const NOT_FIGURES =
  /^(?:identity|missing|notes|follow_ups|beside|without_diff)|\.(?:evidence|claims|not_evaluated|not_read|partial|remarks)/;

/** Every figure of the facts by its name, such as `areas.tests.added` or `infrastructure.workloads.w1.status`. */
export function figuresOf(facts: SubmissionFacts): Map<string, Value> {
  const figures = new Map<string, Value>();
  const put = (name: string, value: unknown): void => {
    if (NOT_FIGURES.test(name) || value === undefined) return;
    if (Array.isArray(value))
      for (const [n, one] of value.entries()) put(`${name}.${keyOf(name, one, n)}`, one);
    else if (typeof value === "object" && value !== null)
      for (const [key, part] of Object.entries(value)) put(name === "" ? key : `${name}.${key}`, part);
    else if (isValue(value)) figures.set(name, value);
  };
  put("", facts);
  // That a workload has bounds is told; that it has none is not.
  for (const [name, value] of [...figures])
    if (/\.bounded$/.test(name) && value === false) figures.delete(name);
  return figures;
}

const isValue = (value: unknown): value is Value =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

function keyOf(name: string, entry: unknown, n: number): string {
  if (typeof entry === "string") return entry;
  const keys = KEYS[name];
  if (keys === undefined || typeof entry !== "object" || entry === null) return `${n}`;
  const fields = new Map(Object.entries(entry));
  return keys.map((key) => String(fields.get(key))).join(" ");
}

export const isWithheld = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === "not_known";
