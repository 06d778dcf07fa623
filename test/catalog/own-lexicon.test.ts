import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import { sentenceOf } from "../../src/domain/text/finder.ts";
import { own, teamDirectory } from "./team-directory.ts";

const load = (files: Record<string, string>) => loadCatalog({ directory: teamDirectory(files) });
const found = (files: Record<string, string>, text: string): string[] =>
  load(files)
    .lexicon()
    .find("exclusionary_wording", sentenceOf(text))
    .map(({ entry }) => entry.id);
const list = (entry: string) => ({
  "lexicon/ours.yaml": `lists:\n  exclusionary_wording:\n    - ${entry}\n`,
});

describe("a team's own words", () => {
  it("add phrases to an entry, which keeps its own", () => {
    const more = list("{ id: hero_titles, phrases: [code poets?] }");
    expect(found(more, "A code poet and a rockstar")).toEqual(["hero_titles", "hero_titles"]);
  });

  it("add an entry with its reason", () => {
    const added = list("{ id: ours, phrases: [our tribe], why: Not everybody has one. }");
    expect(found(added, "Join our tribe")).toEqual(["ours"]);
  });

  it("switch an entry off", () =>
    expect(found(list("{ id: hero_titles, off: true }"), "A rockstar")).toEqual([]));

  it("stand in a folder that is no template", () => {
    const catalog = load({ ...list("{ id: ours, phrases: [our tribe] }"), "own.yaml": own() });
    expect(catalog.list().map(({ id }) => id)).not.toContain("lexicon");
  });

  it.each([
    [
      "a phrase that cannot be read",
      "{ id: ours, phrases: ['(a|b'] }",
      /lexicon\/ours\.yaml, ours: the phrase "\(a\|b" leaves a bracket open/,
    ],
    ["an unknown list", "{ id: ours }\n  other: []", /lexicon\/ours\.yaml.*other/],
    ["an unknown key", "{ id: ours, words: [a] }", /lexicon\/ours\.yaml.*words/],
  ])("are refused for %s, with the place", (_, entry, message) =>
    expect(() => load(list(entry)).lexicon()).toThrow(message),
  );

  it("hold the questions of the team's own templates to the law", () => {
    const asking = own((text) => text.replace(/question: Which service.*/, "question: How old are you?"));
    expect(() => load({ "own.yaml": asking }).get("own")).toThrow(/questions\[0\].*"How old are you"/);
  });
});
