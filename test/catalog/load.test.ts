import { renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { SECTIONS } from "../../src/domain/role-template.ts";
import { builtIn, own, teamDirectory } from "./team-directory.ts";

const LANES = "- { id: only, title: Only, hire_when: Always., tools: [a], duties: [b] }\n";
const withoutLanes = builtIn("mlops-engineer/rubric.yaml")
  .replace(/^ {4}lanes: .*$/gm, "")
  .replace(/^ {2}lanes:\n(?: {4}.*\n)+/m, "");

describe("the catalogue", () => {
  it("lists the built-in templates in order, a line about each", () => {
    const list = loadCatalog({}).list();
    expect(list.map((t) => t.id)).toEqual([
      "backend-engineer",
      "data-scientist",
      "ml-engineer",
      "mlops-engineer",
    ]);
    for (const head of list) expect(Object.keys(head)).toEqual(["id", "title", "summary"]);
  });

  it("names the known ids for one that it does not know", () => {
    const refused = expect.objectContaining({
      code: "invalid",
      hint: expect.stringContaining("mlops-engineer"),
    });
    for (const id of ["astronaut", "__proto__", "", "../mlops-engineer"]) {
      expect(() => loadCatalog({}).get(id)).toThrow(refused);
    }
  });

  it.each(SECTIONS.filter((section) => section !== "rubric"))(
    "gives section %s as the template has it",
    (section) => {
      const catalog = loadCatalog({});
      expect(catalog.section("mlops-engineer", section)).toEqual(catalog.get("mlops-engineer")[section]);
    },
  );

  it("gives the rubric as whoever reads documents needs it: definitions, and none of the rules' words", () => {
    const { flags } = loadCatalog({}).section("mlops-engineer", "rubric") as { flags: object[] };
    expect(flags).toHaveLength(10);
    for (const flag of flags)
      expect(Object.keys(flag)).toEqual(
        expect.arrayContaining(["definition", "counts", "does_not_count", "examples", "why", "question"]),
      );
    expect(JSON.stringify(flags)).not.toMatch(/signal|@/);
  });

  it.each([
    ["mlops-engineer", []],
    ["data-scientist", ["lanes", "credentials"]],
    ["ml-engineer", ["lanes", "salary", "credentials"]],
    ["backend-engineer", ["lanes", "salary", "credentials"]],
  ])("says of %s what there is no data for", (id, without) => {
    expect(loadCatalog({}).section(id)).toMatchObject({
      id,
      without_data: without,
      sections: SECTIONS.filter((section) => !without.includes(section)),
    });
  });

  it("reads a template once", () => {
    const catalog = loadCatalog({});
    expect(catalog.get("ml-engineer")).toBe(catalog.get("ml-engineer"));
  });
});

describe("a team's own templates", () => {
  it("stand beside the built-in ones, and nothing else of the directory does", () => {
    const files = {
      "own.yaml": own(),
      "notes.txt": "no template",
      ".hidden.yaml": "-",
      "drafts/todo.md": "-",
    };
    const catalog = loadCatalog({ directory: teamDirectory(files) });
    expect(catalog.list().map((t) => t.id)).toEqual([
      ...loadCatalog({})
        .list()
        .map((t) => t.id),
      "own",
    ]);
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
    expect(rubric.vocabulary.toy).toContain("our own word");
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
      /mlops-engineer\/rubric\.yaml, rubric\.flags\[\d+\]\.lanes: "\w+" is none of only\./,
    );
  });

  it("do not stand in each other's way: a broken section is met when it is asked for", () => {
    const files = { "broken/role.yaml": "id: broken\ntitle: B\nsummary: S\n", "broken/lanes.yaml": "a: [" };
    const catalog = loadCatalog({ directory: teamDirectory({ ...files, "own.yaml": own() }) });
    expect(catalog.list().map((t) => t.id)).toContain("broken");
    expect(catalog.get("own").id).toBe("own");
    expect(() => catalog.get("broken")).toThrow(/broken\/lanes\.yaml, line 1/);
  });

  it("are read again once they are mended", () => {
    const directory = teamDirectory({ "own.yaml": own((text) => text.replace("key: BE", "key: be")) });
    const catalog = loadCatalog({ directory });
    expect(() => catalog.get("own")).toThrow(/own\.yaml, key/);
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

describe("a template that breaks its schema", () => {
  const load = (text: string) => loadCatalog({ directory: teamDirectory({ "own.yaml": text }) }).get("own");
  const swap = (from: string | RegExp, to: string) => own((text) => text.replace(from, to));

  it.each([
    [
      "an unknown key",
      swap("title: Backend", "titel: Backend\ntitle: Backend"),
      'own.yaml: Unrecognized key: "titel".',
    ],
    [
      "an unknown key inside",
      swap("minutes: 75", "minuten: 75"),
      /own\.yaml, stages\[3\]: Unrecognized key: "minuten"/,
    ],
    [
      "a wrong type",
      swap("goal_days: 3", "goal_days: soon"),
      /own\.yaml, stages\[0\]\.goal_days: .*expected number/,
    ],
    [
      "a missing section",
      swap(/^salary:[\s\S]*?^credentials/m, "credentials"),
      "own.yaml, salary: is missing.",
    ],
    ["a missing key", swap("summary:", "# summary:"), "own.yaml, summary: is missing."],
    [
      "no stage at all",
      swap(/^stages:[\s\S]*?^rubric/m, "stages: []\nrubric"),
      /own\.yaml, stages: Too small/,
    ],
    [
      "a message for nothing",
      swap("id: rejection", "id: farewell"),
      /own\.yaml, messages\[6\]\.id: Invalid option/,
    ],
    [
      "an unknown kind of signal",
      swap("signal: count", "signal: magic"),
      /rubric\.flags\[0\]\.signals\[0\]\.signal: .*'figure'/,
    ],
    [
      "words that are none",
      swap('also: "@tools"', "also: 7"),
      /signals\[0\]\.also: .*expected string.*, or .*expected array/,
    ],
    [
      "a NUL character",
      swap("title: Backend engineer", 'title: "a\\0b"'),
      "own.yaml, title: holds NUL or half a character.",
    ],
    [
      "half a character",
      swap("title: Backend engineer", 'title: "\\uD83D"'),
      "own.yaml, title: holds NUL or half a character.",
    ],
    [
      "another id than its name",
      builtIn("backend-engineer.yaml"),
      'own.yaml, id: must be "own", as the file is called.',
    ],
    ["a stage twice", swap("id: screen,", "id: applied,"), 'own.yaml, stages: "applied" stands twice.'],
    [
      "a round that is no stage",
      own((t) => t.replaceAll("round: interview", "round: picnic")),
      /interviews\[1\]\.round: "picnic" is none of applied, /,
    ],
  ])("is refused with file, place and reason for %s", (_name, text, message) => {
    const said = typeof message === "string" ? `Role template ${message}` : expect.stringMatching(message);
    expect(() => load(text)).toThrow(expect.objectContaining({ code: "invalid", message: said }));
  });

  it.each([
    [
      "a loop without a bound",
      "{% for i in (1..9) %}x{% endfor %}",
      /line 5, body of rejection: a loop may run over/,
    ],
    [
      "a loop in a loop",
      "{% for a in times %}{% for b in times %}{% endfor %}{% endfor %}",
      /line 5.*a loop in a loop/,
    ],
    ["a file", "{% include '/etc/passwd' %}", /line 5, body of rejection: include reaches for a file/],
    ["a file that is rendered", "{% render 'x' %}", /line 5.*render reaches/],
    ["an unknown fact", "{{ salry }}", /line 5.*there is no fact "salry"; there are first_name, name, role/],
    ["an unknown part of a fact", "{{ role.nmae }}", /line 5.*no fact "role\.nmae"/],
    [
      "an unknown part of an entry",
      "{% for s in loop %}{{ s.nmae }}{% endfor %}",
      /line 5.*cannot be filled/,
    ],
    ["a prototype", "{{ sender.__proto__ }}", /line 5.*no fact "sender\.__proto__"/],
    ["another tag", "{% raw %}{{ x }}{% endraw %}", /line 5.*tag "raw" has no place/],
    ["an unknown filter", "{{ note | shout }}", /line 5.*tag or filter is unknown/],
    ["what is not closed", "{% if note %}", /line 5.*not closed/],
  ])("is refused with file and line for a message with %s", (_name, text, message) => {
    const messages = `- id: rejection\n  stages: []\n  subject: "x"\n  body: |\n    ${text}\n`;
    const whole = own((t) => t.replace(/^ {2}- id: rejection[\s\S]*?(?=^ {2}- id: offer_talk)/m, ""));
    const folder = teamDirectory({ "mlops-engineer/messages.yaml": messages });
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(message);
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(
      "mlops-engineer/messages.yaml, line",
    );
    const line = whole.slice(0, whole.indexOf("messages:")).split("\n").length + 1;
    const indented = messages.replace(/^/gm, "  ").trimEnd();
    const file = whole.replace(/^messages:\n/m, `messages:\n${indented}\n`);
    const at = new RegExp(message.source.replace("line 5", `own\\.yaml, line ${line + 4}`));
    expect(() => loadCatalog({ directory: teamDirectory({ "own.yaml": file }) }).get("own")).toThrow(at);
  });

  it("names the file of a folder that holds what is wrong", () => {
    const at = (files: Record<string, string>) => () =>
      loadCatalog({ directory: teamDirectory(files) }).get("mlops-engineer");
    expect(at({ "mlops-engineer/lane.yaml": LANES })).toThrow(
      'mlops-engineer/lane.yaml: Unrecognized key: "lane".',
    );
    expect(at({ "mlops-engineer/stages.yaml": "" })).toThrow(
      /mlops-engineer\/stages\.yaml, stages: .*expected array/,
    );
  });
});
