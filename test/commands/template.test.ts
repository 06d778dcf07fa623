import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { faultText } from "../../src/catalog/fault.ts";
import { checkOwn } from "../../src/catalog/load.ts";
import { checkTemplateFile, createTemplate } from "../../src/commands/template.ts";
import { readConfig } from "../../src/config.ts";
import { own, teamDirectory } from "../catalog/team-directory.ts";

const configFor = (directory?: string) =>
  readConfig(directory === undefined ? {} : { GREENFLAG_TEMPLATES_DIR: directory });

/** What a command prints. */
function printed(command: () => void): string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    command();
    return write.mock.calls.map(([text]) => text).join("");
  } finally {
    write.mockRestore();
  }
}

const faultsOf = (text: string, id: string): string[] => {
  const checked = checkOwn(join(teamDirectory({ [`${id}.yaml`]: text }), `${id}.yaml`));
  return "faults" in checked ? checked.faults.map(faultText) : [];
};

afterEach(() => {
  process.exitCode = undefined;
});

describe("greenflag template new", () => {
  const starter = printed(() => createTemplate(configFor(), { id: "own", title: "Own: a #1 title" }));

  it("prints a template that has no fault, where no directory is set", () => {
    expect(starter).toMatch(/^id: own$/m);
    expect(starter).toMatch(/^title: "Own: a #1 title"$/m);
    expect(faultsOf(starter, "own")).toEqual([]);
    const path = join(teamDirectory({ "own.yaml": starter }), "own.yaml");
    expect(printed(() => checkTemplateFile(configFor(), path))).toMatch(
      /Still those of the starter.*people_led/,
    );
  });

  it("has no fault whichever of its parts is switched on", () => {
    const lines = starter.split("\n");
    const off = lines.flatMap((line, n) => (/^ *# /.test(line) ? [n] : []));
    expect(off.length).toBeGreaterThan(20);
    const on = (numbers: readonly number[]) =>
      lines.map((line, n) => (numbers.includes(n) ? line.replace(/^( *)# /, "$1") : line)).join("\n");
    /** Parts that others name. */
    const named = off.filter((n) => /^ *# (?:sources:|- \{ id: trial)/.test(lines[n] ?? ""));
    for (const n of off) expect(faultsOf(on([...named, n]), "own"), lines[n]).toEqual([]);
    expect(faultsOf(on(off), "own")).toEqual([]);
  });

  it("writes into the team's directory, and overwrites nothing", () => {
    const directory = teamDirectory({ "mine.yml": own() });
    const create = (id: string) => printed(() => createTemplate(configFor(directory), { id }));
    expect(create("night-nurse")).toContain(
      `greenflag template check ${join(directory, "night-nurse.yaml")}`,
    );
    expect(readFileSync(join(directory, "night-nurse.yaml"), "utf8")).toContain('title: "Night nurse"');
    expect(() => create("night-nurse")).toThrow("is there already");
    expect(() => create("mine")).toThrow("is there already");
    expect(() => create("mlops-engineer")).toThrow("mlops-engineer is a built-in template.");
    for (const id of ["../up", "Upper", ""]) expect(() => create(id)).toThrow("is no id.");
    expect(readdirSync(directory).sort()).toEqual(["mine.yml", "night-nurse.yaml"]);
    const nowhere = () => createTemplate(configFor(join(directory, "no")), { id: "a" });
    expect(nowhere).toThrow("GREENFLAG_TEMPLATES_DIR: nothing can be written there.");
  });
});

describe("greenflag template check", () => {
  it("prints every fault with an example, and ends with 1", () => {
    const text = own((t) =>
      t.replace("goal_days: 3", "goal_days: soon").replace("kind: debrief", "kind: party"),
    );
    const said = printed(() =>
      checkTemplateFile(configFor(), join(teamDirectory({ "own.yaml": text }), "own.yaml")),
    );
    expect(said.trimEnd().split("\n")).toEqual([
      "own.yaml:12, stages[0].goal_days: must be a number, and is text",
      "    for example: goal_days: 3",
      expect.stringMatching(/^own\.yaml:16, stages\[4\]\.kind: must be one of .*, and is "party"$/),
      "2 faults.",
    ]);
    expect(process.exitCode).toBe(1);
  });

  it("sums up a template without a fault, and ends with 0", () => {
    const said = printed(() =>
      checkTemplateFile(configFor(), join(teamDirectory({ "own.yaml": own() }), "own.yaml")),
    );
    expect(said.trimEnd().split("\n")).toEqual([
      "Backend engineer (own): no fault. A role is called BE unless it is given another key.",
      "Stages: applied, screen, interview, exercise, debrief, offer.",
      "Flags, green: system_at_scale, reliability_win.",
      "Flags, red: vague_language.",
      "By default: messages for 11 purposes, no pay, no lanes, no credentials.",
    ]);
    expect(process.exitCode).toBeUndefined();
  });
});

describe("docs/templates.md", () => {
  const text = readFileSync(new URL("../../docs/templates.md", import.meta.url), "utf8");
  const block = (begins: string): string =>
    [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)]
      .map(([, inner = ""]) => inner)
      .find((b) => b.startsWith(begins)) ?? "";

  it("shows a template that has no fault, with what is printed of it", () => {
    const path = join(teamDirectory({ "support-lead.yaml": block("id: support-lead") }), "support-lead.yaml");
    const [command, ...lines] = block("$ greenflag template check support-lead.yaml\nCustomer")
      .trimEnd()
      .split("\n");
    expect(command).toBe("$ greenflag template check support-lead.yaml");
    expect(
      printed(() => checkTemplateFile(configFor(), path))
        .trimEnd()
        .split("\n"),
    ).toEqual(lines);
  });

  it("is found by its name alone in the team's directory", () => {
    const directory = teamDirectory({ "support-lead.yaml": block("id: support-lead") });
    expect(printed(() => checkTemplateFile(configFor(directory), "support-lead.yaml"))).toMatch(/no fault/);
  });

  it("shows the faults that are printed of its first try", () => {
    const first = block("id: support-lead").replace("[votes]", "[vote]").replace(" first repl*,", "");
    const path = join(teamDirectory({}), "support-lead.yaml");
    writeFileSync(path, first);
    const shown = block("$ greenflag template check support-lead.yaml\nsupport-lead")
      .split("\n")
      .slice(1)
      .join("\n");
    expect(printed(() => checkTemplateFile(configFor(), path))).toBe(shown);
  });

  it("is at most 1,320 words", () => expect(text.split(/\s+/).length).toBeLessThanOrEqual(1_320));
});
