import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { own, teamDirectory } from "./team-directory.ts";

const LANES = "- { id: only, title: Only, hire_when: Always., tools: [a], duties: [b] }\n";

describe("a broken template of a team's", () => {
  it.each([
    [
      "a loop without a bound",
      "{% for i in (1..9) %}x{% endfor %}",
      /:5, messages\[0\]\.body: a loop may run over/,
    ],
    [
      "a loop in a loop",
      "{% for a in times %}{% for b in times %}{% endfor %}{% endfor %}",
      /:5, .*a loop in a loop/,
    ],
    ["a file", "{% include '/etc/passwd' %}", /:5, messages\[0\]\.body: include reaches for a file/],
    ["a file that is rendered", "{% render 'x' %}", /:5, .*render reaches/],
    ["an unknown fact", "{{ salry }}", /:5, .*there is no fact "salry"; there are first_name, name, role/],
    ["an unknown part of a fact", "{{ role.nmae }}", /:5, .*no fact "role\.nmae"/],
    ["an unknown part of an entry", "{% for s in loop %}{{ s.nmae }}{% endfor %}", /:5, .*cannot be filled/],
    ["a prototype", "{{ sender.__proto__ }}", /:5, .*no fact "sender\.__proto__"/],
    ["another tag", "{% raw %}{{ x }}{% endraw %}", /:5, .*tag "raw" has no place/],
    ["an unknown filter", "{{ note | shout }}", /:5, .*tag or filter is unknown/],
    ["what is not closed", "{% if note %}", /:5, .*not closed/],
  ])("is refused with file and line for a message with %s", (_name, text, message) => {
    const messages = `- id: rejection\n  stages: []\n  subject: "x"\n  body: |\n    ${text}\n`;
    const whole = own();
    const folder = teamDirectory({ "mlops-engineer/messages.yaml": messages });
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(message);
    expect(() => loadCatalog({ directory: folder }).get("mlops-engineer")).toThrow(
      "mlops-engineer/messages.yaml:",
    );
    const line = whole.split("\n").length + 1;
    const file = `${whole}messages:\n${messages.replace(/^/gm, "  ").trimEnd()}\n`;
    const at = new RegExp(message.source.replace(":5", `own\\.yaml:${line + 4}`));
    expect(() => loadCatalog({ directory: teamDirectory({ "own.yaml": file }) }).get("own")).toThrow(at);
  });

  it("names the file of a folder that holds what is wrong", () => {
    const at = (files: Record<string, string>) => () =>
      loadCatalog({ directory: teamDirectory(files) }).get("mlops-engineer");
    expect(at({ "mlops-engineer/lane.yaml": LANES })).toThrow(
      /mlops-engineer\/lane\.yaml:1, lane: is no key here; known are id, /,
    );
    expect(at({ "mlops-engineer/stages.yaml": "" })).toThrow(
      "mlops-engineer/stages.yaml, stages: must be a list, and is empty",
    );
  });
});
