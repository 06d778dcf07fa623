import { describe, expect, it } from "vitest";
import { faultText } from "../../src/catalog/fault.ts";
import { checkOwn, loadCatalog } from "../../src/catalog/load.ts";
import { LEAST, own, teamDirectory } from "./team-directory.ts";

const checkFiles = (files: Record<string, string>, name: string) => {
  const directory = teamDirectory(files);
  const checked = checkOwn(`${directory}/${name}`);
  return { directory, faults: "faults" in checked ? checked.faults : [] };
};
const faultsOf = (text: string): string[] =>
  checkFiles({ "own.yaml": text }, "own.yaml").faults.map(faultText);
const swap = (from: string | RegExp, to: string): string => {
  const text = LEAST.replace(from, to);
  if (text === LEAST) throw new Error(`nothing to change: ${from}`);
  return text;
};
const message = (body: string) =>
  `${LEAST}messages:\n  - id: rejection\n    stages: []\n    subject: Hello\n    body: |\n      Hello,\n      ${body}\n`;

describe("checking a template", () => {
  it("finds nothing wrong with the least that one can be, nor with one that says everything", () => {
    expect(faultsOf(LEAST)).toEqual([]);
    expect(faultsOf(own())).toEqual([]);
  });

  it.each<[what: string, text: string, faults: (string | RegExp)[]]>([
    ["no YAML", swap("gate: [votes]", "gate: [votes"), [/^own\.yaml:\d+: is not valid YAML: /]],
    ["nothing", "", ["own.yaml: must be a mapping of keys"]],
    ["no title", swap(/title: .*\n/, ""), ["own.yaml, title: is missing"]],
    [
      "an unknown key",
      swap("title:", "titel: X\ntitle:"),
      [/^own\.yaml:2, titel: is no key here; known are id, title, /],
    ],
    [
      "an unknown key inside",
      swap("goal_days: 4,", "goal_days: 4, minuten: 5,"),
      ["own.yaml:5, stages[1].minuten: is no key here; known are id, name, kind, goal_days, minutes, gate"],
    ],
    [
      "text for a number",
      swap("goal_days: 3", "goal_days: soon"),
      ["own.yaml:4, stages[0].goal_days: must be a number, and is text"],
    ],
    [
      "a kind that there is not",
      swap("kind: debrief", "kind: party"),
      [
        'own.yaml:6, stages[2].kind: must be one of application, interview, exercise, debrief, offer, and is "party"',
      ],
    ],
    [
      "no polarity",
      swap("      polarity: red\n", ""),
      ["own.yaml:19, rubric.flags[1].polarity: is missing; it must be one of green, red"],
    ],
    [
      "a signal that there is not",
      swap("signal: count", "signal: magic"),
      [
        /^own\.yaml:18, rubric\.flags\[0\]\.conditions\[0\]\.any\[0\]\.signal: must be one of phrase, count, .* and is "magic"$/,
      ],
    ],
    ["no stage", swap(/stages:\n[\s\S]*?rubric/, "stages: []\nrubric"), ["own.yaml:3, stages: is empty"]],
    ["no flag", swap(/ {2}flags:\n[\s\S]*/, "  flags: []\n"), ["own.yaml:11, rubric.flags: is empty"]],
    [
      "another id than its name",
      swap("id: own", "id: other"),
      ['own.yaml:1, id: must be "own", as the file is called'],
    ],
    ["a stage twice", swap("id: talk", "id: applied"), ['own.yaml:3, stages: "applied" stands twice']],
    [
      "two offers",
      swap("kind: debrief, goal_days: 2, gate: [votes]", "kind: offer, goal_days: 2, gate: []"),
      ["own.yaml:6, stages[2].kind: is offer, which comes last, and there is only one"],
    ],
    [
      "an offer before the end",
      swap(/( {2}- \{ id: debrief.*\n)(.*\n)/, "$2$1"),
      ["own.yaml:6, stages[2].kind: is offer, which comes last, and there is only one"],
    ],
    [
      "gates that nothing can meet",
      swap("gate: [assessment]", "gate: [scorecards, submission, votes]"),
      [
        /^own\.yaml:4, stages\[0\]\.gate\[0\]: waits for scorecards, and a stage of kind application has none/,
        /^own\.yaml:4, stages\[0\]\.gate\[1\]: waits for a submission, and the template has no exercise/,
        /^own\.yaml:4, stages\[0\]\.gate\[2\]: waits for votes, and no round comes before it/,
      ],
    ],
    [
      "a word list that there is not",
      swap('"@people"', '"@folk"'),
      [
        "own.yaml:18, rubric.flags[0].conditions[0].any[0].of: names the word list @folk, and there are @people",
      ],
    ],
    [
      "word lists that lead to one another",
      swap("[people, crew]", '["@crew"]\n    crew: ["@people"]'),
      [
        "own.yaml:10, rubric.vocabulary.people: names @crew, which leads back to @people",
        "own.yaml:11, rubric.vocabulary.crew: names @people, which leads back to @crew",
      ],
    ],
    [
      "a phrase that cannot be read",
      swap("[people, crew]", '["(people | crew", "~ people"]'),
      [
        'own.yaml:10, rubric.vocabulary.people: the phrase "(people | crew" leaves a bracket open',
        'own.yaml:10, rubric.vocabulary.people: the phrase "~ people" must begin with a word or a number',
      ],
    ],
    [
      "examples that say otherwise than the conditions",
      swap(
        "{ yes: Led 12 people., no: Good with people. }",
        "{ yes: Good with people., no: Led 12 people. }",
      ),
      [
        "own.yaml:15, rubric.flags[0].examples.yes: does not meet the flag's own conditions: no number of people in it",
        "own.yaml:15, rubric.flags[0].examples.no: meets every condition of the flag, and must not",
      ],
    ],
    [
      "flags that excuse one another",
      swap(/$/, "      excused_by: { at_least: 2, of: [led_people] }\n").replace(
        "      conditions:",
        "      excused_by: { at_least: 1, of: [no_part] }\n      conditions:",
      ),
      [
        "own.yaml:16, rubric.flags[0].excused_by.of: leads back to led_people",
        "own.yaml:24, rubric.flags[1].excused_by.of: leads back to no_part",
        "own.yaml:24, rubric.flags[1].excused_by.at_least: asks for 2 of 1 flags",
      ],
    ],
    [
      "a fact that no message has",
      message("{{ salry }} {{ rol.title }}"),
      [
        /^own\.yaml:29, messages\[0\]\.body: there is no fact "salry"; there are first_name, /,
        /^own\.yaml:29, messages\[0\]\.body: there is no fact "rol\.title"; /,
      ],
    ],
    [
      "a NUL character",
      swap("title: Own", 'title: "a\\0b"'),
      ["own.yaml:2, title: holds NUL or half a character"],
    ],
    [
      "half a character",
      swap("title: Own", 'title: "\\uD83D"'),
      ["own.yaml:2, title: holds NUL or half a character"],
    ],
    [
      "words that are none",
      swap('of: "@people"', "of: 7"),
      [/any\[0\]\.of: must be text, and is a number, or must be a list, and is a number$/],
    ],
    [
      "a message for nothing",
      message("Bye").replace("id: rejection", "id: farewell"),
      [/^own\.yaml:24, messages\[0\]\.id: must be one of source, .*, and is "farewell"$/],
    ],
    [
      "a round that is no stage",
      `${LEAST}questions:\n  - { id: q, round: picnic, question: Why?, listen_for: [], follow_ups: [] }\n`,
      ['own.yaml:24, questions[0].round: "picnic" is none of applied, talk, debrief, offer'],
    ],
    [
      "a question that may not be asked",
      `${LEAST}questions:\n  - { id: age, round: talk, question: How old are you?, listen_for: [], follow_ups: [] }\n`,
      [/^own\.yaml:24, questions\[0\]\.question: "How old are you" asks for a protected attribute/],
    ],
    [
      "faults in every part",
      `${swap("goal_days: 3", "goal_days: soon").replace('"@people"', '"@folk"')}${message("{{ salry }}").slice(LEAST.length)}`,
      [/stages\[0\]\.goal_days/, /messages\[0\]\.body/, /any\[0\]\.of: names the word list @folk/],
    ],
  ])("tells %s by file, line and place", (_what, text, expected) => {
    const faults = faultsOf(text);
    expect(faults).toEqual(
      expected.map((one) => (typeof one === "string" ? one : expect.stringMatching(one))),
    );
  });

  it("shows a right value for one that is wrong", () => {
    const { faults } = checkFiles(
      { "own.yaml": swap("goal_days: 3", "goal_days: soon").replace("title: Own\n", "") },
      "own.yaml",
    );
    expect(faults.map(({ example }) => example)).toEqual(["title: Warehouse shift lead", "goal_days: 3"]);
  });

  it("says the same words when the template is used", () => {
    const { directory, faults } = checkFiles(
      { "own.yaml": swap("kind: debrief", "kind: party") },
      "own.yaml",
    );
    const refused = () => loadCatalog({ directory }).get("own");
    expect(refused).toThrow(`Role template ${faults.map(faultText)[0]}.`);
  });

  it("tells two files with one id, and names the file of a folder", () => {
    const two = checkFiles({ "own.yaml": LEAST, "own.yml": LEAST }, "own.yaml");
    expect(two.faults.map(faultText)).toEqual([
      "own.yaml: has the same id as own.yml; keep one of the two, or rename one and its id",
    ]);
    const [head, rubric = ""] = LEAST.split("rubric:\n");
    const folder = {
      "own/role.yaml": String(head),
      "own/rubric.yaml": rubric.replace(/^ {2}/gm, "").replace("polarity: red", "polarity: blue"),
    };
    expect(checkFiles(folder, "own").faults.map(faultText)).toEqual([
      'own/rubric.yaml:12, rubric.flags[1].polarity: must be one of green, red, and is "blue"',
    ]);
  });

  it("refuses what is no template", () => {
    const directory = teamDirectory({ "notes.txt": "x" });
    for (const name of ["notes.txt", "nowhere.yaml"])
      expect(() => checkOwn(`${directory}/${name}`)).toThrow(`${name}: there is no template here.`);
  });
});
