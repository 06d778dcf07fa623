import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { builtIn, own, teamDirectory } from "./team-directory.ts";

const LANES = "- { id: only, title: Only, hire_when: Always., tools: [a], duties: [b] }\n";

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
    ["a missing section", swap(/^stages:[\s\S]*?^rubric/m, "rubric"), "own.yaml, stages: is missing."],
    ["a missing key", swap("title:", "# title:"), "own.yaml, title: is missing."],
    [
      "no stage at all",
      swap(/^stages:[\s\S]*?^rubric/m, "stages: []\nrubric"),
      /own\.yaml, stages: Too small/,
    ],
    [
      "a message for nothing",
      own((text) => `${text}messages:\n  - { id: farewell, stages: [], subject: Bye, body: Bye }\n`),
      /own\.yaml, messages\[0\]\.id: Invalid option/,
    ],
    [
      "an unknown kind of signal",
      swap("signal: count", "signal: magic"),
      /rubric\.flags\[0\]\.conditions\[1\]\.any\[0\]\.signal: .*'figure'/,
    ],
    [
      "words that are none",
      swap('with: "@tools"', "with: 7"),
      /any\[0\]\.with: .*expected string.*, or .*expected array/,
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
    ["a stage twice", swap("id: screen,", "id: applied,"), /own\.yaml, stages: "applied" stands twice/],
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
    const whole = own();
    const folder = teamDirectory({ "mlops-engineer/messages.yaml": messages });
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(message);
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(
      "mlops-engineer/messages.yaml, line",
    );
    const line = whole.split("\n").length + 1;
    const file = `${whole}messages:\n${messages.replace(/^/gm, "  ").trimEnd()}\n`;
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
