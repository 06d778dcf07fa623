import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTemplates, type Place, readTemplate, refuse } from "../../src/catalog/read-template.ts";
import { teamDirectory } from "./team-directory.ts";

const BOMB = ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefg"].reduce(
  (text, key, n) => `${text}\n${key}: &${key} [${Array(9).fill(`*${"abcdef"[n - 1]}`)}]`,
);

function place(directory: string, id: string): Place {
  const found = findTemplates(directory).get(id);
  if (!found) throw new Error(`no ${id} in ${directory}`);
  return found;
}

describe("a template's file", () => {
  it.each([
    [
      "an open bracket",
      "a: 1\nb: [c",
      "own.yaml:2: is not valid YAML: the indentation is wrong, or a bracket is not closed.",
    ],
    ["an open quote", 'a: "b', "own.yaml:1: is not valid YAML: a quote, bracket or comma is missing."],
    [
      "a second colon",
      "a: b: c",
      "own.yaml:1: is not valid YAML: a second colon; quote the text, or fix the indentation.",
    ],
    ["a key twice", "a: 1\na: 2", "own.yaml:2: is not valid YAML: a key stands twice."],
    ["a tab", "a:\n\tb: 1", "own.yaml:2: is not valid YAML: tabs cannot indent."],
    ["two documents", "a: 1\n---\nb: 2", "own.yaml:2: is not valid YAML: one file holds one document."],
    ["a reserved character", "a: @b", "own.yaml:1: is not valid YAML: it cannot be parsed."],
    ["endless nesting", `a: ${"[".repeat(5_000)}`, "own.yaml:1: is not valid YAML: it is nested too deeply."],
    [
      "aliases that multiply",
      BOMB,
      "own.yaml: is not valid YAML: an alias leads nowhere, or aliases multiply.",
    ],
    [
      "an alias of nothing",
      "a: *b",
      "own.yaml: is not valid YAML: an alias leads nowhere, or aliases multiply.",
    ],
    ["over a megabyte", `a: ${"x".repeat(1_000_000)}`, "own.yaml: is over 1 MB."],
    ["a list", "- a\n- b", "own.yaml: must be a mapping of keys."],
    ["nothing", "", "own.yaml: must be a mapping of keys."],
  ])("is refused in our own words, by name and line alone, for %s", (_name, text, message) => {
    const directory = teamDirectory({ "own.yaml": text });
    expect(() => readTemplate(place(directory, "own"), "whole", refuse)).toThrow(
      expect.objectContaining({ code: "invalid", message: `Role template ${message}` }),
    );
  });

  it("is refused when it cannot be read", () => {
    const directory = teamDirectory({ "own/role.yaml": "id: own" });
    mkdirSync(join(directory, "own/lanes.yaml"));
    expect(() => readTemplate(place(directory, "own"), "whole", refuse)).toThrow(
      "own/lanes.yaml: cannot be read.",
    );
  });

  it("gives its keys with the file of each", () => {
    const directory = teamDirectory({ "own/role.yaml": "id: own\ntitle: Own", "own/lanes.yml": "[]" });
    expect([...readTemplate(place(directory, "own"), "whole", refuse)].sort()).toEqual([
      ["id", { value: "own", file: "own/role.yaml", path: join(directory, "own/role.yaml"), keyed: true }],
      ["lanes", { value: [], file: "own/lanes.yml", path: join(directory, "own/lanes.yml"), keyed: false }],
      ["title", { value: "Own", file: "own/role.yaml", path: join(directory, "own/role.yaml"), keyed: true }],
    ]);
  });

  it("is left alone when only the head is asked for", () => {
    const directory = teamDirectory({ "own/role.yaml": "id: own", "own/lanes.yaml": "a: [" });
    expect([...readTemplate(place(directory, "own"), "head", refuse).keys()]).toEqual(["id"]);
  });
});

describe("two files for one thing", () => {
  it.each([
    [["own.yaml", "own.yml"], "own.yml: has the same id as own.yaml;"],
    [["own.yaml", "own/role.yaml"], "own.yaml: has the same id as own;"],
  ])("are refused: %j", (names, message) => {
    const directory = teamDirectory(Object.fromEntries(names.map((name) => [name, "id: own"])));
    expect(() => readTemplate(place(directory, "own"), "whole", refuse)).toThrow(`Role template ${message}`);
  });

  it("are refused when they hold one section", () => {
    const directory = teamDirectory({ "own/lanes.yaml": "[]", "own/role.yaml": "lanes: []" });
    expect(() => readTemplate(place(directory, "own"), "whole", refuse)).toThrow(
      "Role template own/role.yaml, lanes: stands in own/lanes.yaml too.",
    );
  });
});
