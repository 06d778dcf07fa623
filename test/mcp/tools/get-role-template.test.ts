import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { SECTIONS } from "../../../src/domain/roles/role-template.ts";
import { RoleTemplateAnswer, roleTemplateAnswer } from "../../../src/mcp/answers/role-template.ts";
import { roleTemplateText } from "../../../src/mcp/text/role-template.ts";

const catalog = loadCatalog({});
const requests = catalog
  .list()
  .flatMap(({ id: template }) => [undefined, ...SECTIONS].map((section) => ({ template, section })));

const answerTo = ({ template, section }: (typeof requests)[number]) =>
  roleTemplateAnswer({ template, content: catalog.section(template, section) }, section);

describe("get_role_template", () => {
  it.each(requests)("names every field of $template, $section", (request) => {
    const answer = answerTo(request);
    // What a schema does not name is dropped when it parses.
    expect(RoleTemplateAnswer.parse(answer)).toEqual(answer);
  });

  it.each(requests)("says in its text every number of $template, $section", (request) => {
    const answer = answerTo(request);
    const text = roleTemplateText(answer);
    for (const number of JSON.stringify(answer).match(/\d+/g) ?? []) expect(text).toContain(number);
  });
});
