import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { SECTIONS } from "../../src/domain/roles/role-template.ts";

describe("the catalogue", () => {
  it("lists the built-in templates in order, a line about each", () => {
    const list = loadCatalog({}).list();
    expect(list.map((t) => t.id)).toEqual([
      "backend-engineer",
      "data-scientist",
      "ml-engineer",
      "mlops-engineer",
      "new-home-sales-specialist",
      "renewable-energy-engineer",
      "research-scientist-biotech",
    ]);
    for (const head of list) expect(Object.keys(head)).toEqual(["id", "title", "summary", "post_titles"]);
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

  it("gives the rubric with definitions and without the words of the rules", () => {
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
    ["new-home-sales-specialist", ["lanes", "salary", "credentials"]],
    ["research-scientist-biotech", ["salary", "credentials"]],
    ["renewable-energy-engineer", ["salary", "credentials"]],
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
