import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckedTemplate } from "../catalog/check-template.ts";
import { type Fault, faultText } from "../catalog/fault.ts";
import { checkOwn, isBuiltIn } from "../catalog/load.ts";
import { flagsOfStarter, newTemplate } from "../catalog/starter.ts";
import type { Config } from "../config.ts";
import { DomainError } from "../domain/errors.ts";
import { pluralize } from "../domain/pluralize.ts";
import { print } from "./terminal.ts";

/**
 * Prints every fault of a template's file or folder, here or in the team's directory, or what a template without a fault
 * amounts to. Faults exit with 1.
 */
export function checkTemplateFile({ templatesDir }: Config, path: string): void {
  const isHere = existsSync(path) || templatesDir === undefined;
  const checked = checkOwn(isHere ? path : join(templatesDir, path));
  if ("value" in checked) {
    for (const line of summaryLines(checked.value)) print(line);
    return;
  }
  const { faults } = checked;
  for (const fault of faults) for (const line of faultLines(fault)) print(line);
  print(`${pluralize(faults.length, "fault")}.`);
  process.exitCode = 1;
}

const faultLines = (fault: Fault): string[] => [
  faultText(fault),
  ...(fault.example === undefined ? [] : [`    for example: ${fault.example}`]),
];

function summaryLines({ written, template }: CheckedTemplate): string[] {
  const { flags } = written.rubric;
  const idsOf = (polarity: "green" | "red") =>
    flags.filter((f) => f.polarity === polarity).map(({ id }) => id);
  const read = flags.filter(({ conditions }) => conditions.length === 0).map(({ id }) => id);
  const kits = template.interviews.length - written.interviews.length;
  const purposes = template.messages.length - written.messages.length;
  const general = [
    ...(kits > 0 ? [`kits for ${pluralize(kits, "round")}`] : []),
    ...(purposes > 0 ? [`messages for ${pluralize(purposes, "purpose")}`] : []),
  ];
  const isTold = { pay: written.salary.levels.length > 0, ...lengthsOf(written) };
  const untold = Object.entries(isTold).flatMap(([what, is]) => (is ? [] : [`no ${what}`]));
  return [
    `${template.title} (${template.id}): no fault. A role is called ${template.key} unless it is given another key.`,
    `Stages: ${template.stages.map(({ id }) => id).join(", ")}.`,
    ...(["green", "red"] as const).flatMap((polarity) => listLine(`Flags, ${polarity}`, idsOf(polarity))),
    ...listLine("Still those of the starter, a warehouse's", flagsOfStarter(flags)),
    ...listLine("Always read by the assistant, because they have no conditions", read),
    ...listLine("By default", [...general, ...untold]),
  ];
}

const lengthsOf = ({ lanes, exercises, credentials, neighbours }: CheckedTemplate["written"]) => ({
  lanes: lanes.length > 0,
  exercises: exercises.length > 0,
  credentials: credentials.length > 0,
  neighbours: neighbours.length > 0,
});

const listLine = (what: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${what}: ${items.join(", ")}.`];

const ID = /^[a-z][a-z0-9_-]*$/;

/**
 * Writes a commented template to begin with into the team's directory, or prints it where there is none.
 * @throws DomainError `invalid` for an id that cannot be one, `conflict` for one that is taken.
 */
export function createTemplate(
  { templatesDir }: Config,
  { id, title = titleOf(id) }: { readonly id: string; readonly title?: string | undefined },
): void {
  if (!ID.test(id))
    throw new DomainError(
      "invalid",
      `${JSON.stringify(id)} is no id.`,
      "Use lower-case letters, digits, - and _.",
    );
  if (isBuiltIn(id)) throw new DomainError("conflict", `${id} is a built-in template.`, "Choose another id.");
  const text = newTemplate(id, title);
  if (templatesDir === undefined) {
    print(text.trimEnd());
    return;
  }
  const path = join(templatesDir, `${id}.yaml`);
  const taken = [path, join(templatesDir, `${id}.yml`), join(templatesDir, id)].find((one) =>
    existsSync(one),
  );
  if (taken !== undefined)
    throw new DomainError("conflict", `${taken} is there already.`, "Choose another id.");
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    const message = "GREENFLAG_TEMPLATES_DIR: nothing can be written there.";
    throw new DomainError("unavailable", message, "Create the directory, or unset the variable.", { cause });
  }
  print(`Wrote ${path}. Next: greenflag template check ${path}`);
}

/** `night-nurse` is a night nurse. */
function titleOf(id: string): string {
  const words = id.replace(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
