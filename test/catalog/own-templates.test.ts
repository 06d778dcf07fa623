import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { SECTIONS } from "../../src/domain/roles/role-template.ts";
import { builtIn, own, teamDirectory } from "./team-directory.ts";

const LANES = "- { id: only, title: Only, hire_when: Always., tools: [a], duties: [b] }\n";
const withoutLanes = builtIn("mlops-engineer/rubric.yaml")
  .replace(/^ {4}lanes: .*$/gm, "")
  .replace(/^ {2}lanes:\n(?: {4}.*\n)+/m, "");

describe("a team's own templates", () => {
  it("stand beside the built-in ones, and nothing else of the directory does", () => {
    const files = {
      "own.yaml": own(),
      "notes.txt": "no template",
      ".hidden.yaml": "-",
      "drafts/todo.md": "-",
    };
    const catalog = loadCatalog({ directory: teamDirectory(files) });
    const builtIn = loadCatalog({}).list();
    expect(catalog.list().map((t) => t.id)).toEqual([...builtIn.map((t) => t.id), "own"].sort());
    expect(catalog.get("own").title).toBe("Backend engineer");
  });

  it("may be a folder with a file for each section", () => {
    const split = (text: string) => text.split(/^(?=[a-z_]+:)/m).map((part) => part.split(/:\n?(.*)/s));
    const [head, sections] = [[] as string[], {} as Record<string, string>];
    for (const [key = "", text = ""] of split(own().replace(/^#.*\n/, ""))) {
      if ((SECTIONS as readonly string[]).includes(key)) sections[`own/${key}.yml`] = text;
      else head.push(/^ +-/.test(text) ? `${key}:\n${text}` : `${key}: ${text}`);
    }
    const directory = teamDirectory({ ...sections, "own/role.yml": head.join("") });
    const whole = loadCatalog({ directory: teamDirectory({ "own.yaml": own() }) });
    expect(loadCatalog({ directory }).get("own")).toEqual(whole.get("own"));
  });

  it("may be reached by links, as mounted configuration is", () => {
    const target = teamDirectory({ "own.yaml": own() });
    const directory = teamDirectory({});
    symlinkSync(join(target, "own.yaml"), join(directory, "own.yaml"));
    symlinkSync(join(target, "gone.yaml"), join(directory, "gone.yaml"));
    expect(loadCatalog({ directory }).get("own").id).toBe("own");
    expect(() => loadCatalog({ directory }).get("gone")).toThrow(/"gone" is not known/);
  });

  it("replace the sections that their folder holds", () => {
    const files = { "mlops-engineer/lanes.yaml": LANES, "mlops-engineer/rubric.yaml": withoutLanes };
    const catalog = loadCatalog({ directory: teamDirectory(files) });
    const { lanes, ...rest } = catalog.get("mlops-engineer");
    expect(lanes.map((lane) => lane.id)).toEqual(["only"]);
    expect(rest.salary).toEqual(loadCatalog({}).get("mlops-engineer").salary);
  });

  it("replace a part of a section, or keep the part beneath a section that they replace", () => {
    const part = {
      "mlops-engineer/rubric.vocabulary.yaml": builtIn("mlops-engineer/rubric.vocabulary.yaml").replace(
        /^toy:\n.*$/m,
        `toy:\n  [our own word,`,
      ),
    };
    const { rubric } = loadCatalog({ directory: teamDirectory(part) }).get("mlops-engineer");
    expect(rubric.vocabulary.toy?.phrases).toContain("our own word");
    expect(rubric.flags).toHaveLength(10);
  });

  it("are refused where a part belongs to no section", () => {
    const files = { "own.yaml": own(), "mlops-engineer/nothing.words.yaml": "a: [b]" };
    expect(() => loadCatalog({ directory: teamDirectory(files) }).get("mlops-engineer")).toThrow(
      /nothing\.words\.yaml: is part of nothing/,
    );
  });

  it("replace single messages, and keep the rest", () => {
    const messages =
      '- id: rejection\n  stages: []\n  subject: "{{ role.title }}"\n  body: |\n    Hello {{ first_name }},\n';
    const catalog = loadCatalog({ directory: teamDirectory({ "mlops-engineer/messages.yaml": messages }) });
    const [ours, builtInOnes] = [catalog, loadCatalog({})].map((c) => c.get("mlops-engineer").messages);
    expect(ours?.find((m) => m.id === "rejection")?.body).toBe("Hello {{ first_name }},");
    expect(ours?.filter((m) => m.id !== "rejection")).toEqual(
      builtInOnes?.filter((m) => m.id !== "rejection"),
    );
  });

  it("replace single keys of the head", () => {
    const directory = teamDirectory({ "mlops-engineer/role.yaml": "title: Model operations engineer\n" });
    const catalog = loadCatalog({ directory });
    expect(catalog.get("mlops-engineer")).toMatchObject({ title: "Model operations engineer", key: "MLE" });
    expect(catalog.list()).toContainEqual(expect.objectContaining({ title: "Model operations engineer" }));
  });

  it("replace the whole as a single file", () => {
    const file = builtIn("backend-engineer.yaml").replace("id: backend-engineer", "id: mlops-engineer");
    const catalog = loadCatalog({ directory: teamDirectory({ "mlops-engineer.yaml": file }) });
    expect(catalog.get("mlops-engineer")).toMatchObject({ title: "Backend engineer", lanes: [] });
  });

  it("are checked against what they do not replace", () => {
    const directory = teamDirectory({ "mlops-engineer/lanes.yaml": LANES });
    expect(() => loadCatalog({ directory }).get("mlops-engineer")).toThrow(
      /mlops-engineer\/rubric\.yaml:\d+, rubric\.flags\[\d+\]\.lanes: "\w+" is none of only \(and \d+ more\)\./,
    );
  });

  it("do not stand in each other's way: a broken section is met when it is asked for", () => {
    const files = { "broken/role.yaml": "id: broken\ntitle: B\nsummary: S\n", "broken/lanes.yaml": "a: [" };
    const catalog = loadCatalog({ directory: teamDirectory({ ...files, "own.yaml": own() }) });
    expect(catalog.list().map((t) => t.id)).toContain("broken");
    expect(catalog.get("own").id).toBe("own");
    expect(() => catalog.get("broken")).toThrow(/broken\/lanes\.yaml:1/);
  });

  it("are read again once they have changed, come or gone", () => {
    const directory = teamDirectory({ "own.yaml": own() });
    const catalog = loadCatalog({ directory });
    const before = catalog.get("own");
    expect(catalog.get("own")).toBe(before);
    writeFileSync(
      join(directory, "own.yaml"),
      own((text) => text.replace("key: BE", "key: OTHER")),
    );
    expect(catalog.get("own").key).toBe("OTHER");
    expect(catalog.list().find(({ id }) => id === "own")?.title).toBe("Backend engineer");
    writeFileSync(join(directory, "more.yaml"), own().replace("id: own", "id: more"));
    expect(catalog.get("more").id).toBe("more");
    rmSync(join(directory, "own.yaml"));
    expect(() => catalog.get("own")).toThrow(/template/);
    writeFileSync(join(directory, "more.yml"), own().replace("id: own", "id: more"));
    expect(() => catalog.get("more")).toThrow("has the same id as more.yaml");
  });

  it("are read again once they are mended", () => {
    const directory = teamDirectory({ "own.yaml": own((text) => text.replace("key: BE", "key: be")) });
    const catalog = loadCatalog({ directory });
    expect(() => catalog.get("own")).toThrow(/own\.yaml:4, key/);
    writeFileSync(join(directory, "next"), own());
    renameSync(join(directory, "next"), join(directory, "own.yaml"));
    expect(catalog.get("own").key).toBe("BE");
  });

  it("need a directory that is there", () => {
    const refused = expect.objectContaining({
      code: "invalid",
      message: "GREENFLAG_TEMPLATES_DIR: this is no directory that can be read.",
    });
    const directory = teamDirectory({ "own.yaml": own() });
    for (const path of [join(directory, "nowhere"), join(directory, "own.yaml")]) {
      expect(() => loadCatalog({ directory: path })).toThrow(refused);
    }
  });
});
