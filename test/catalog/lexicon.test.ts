import { describe, expect, it } from "vitest";
import { loadLexicon } from "../../src/catalog/lexicon.ts";
import { sentenceOf } from "../../src/domain/text/finder.ts";
import { LISTS } from "../../src/domain/text/lists.ts";

const lexicon = loadLexicon();
const entries = LISTS.flatMap((list) => lexicon.entries(list).map((entry) => ({ list, entry })));
const examples = entries.flatMap(({ list, entry }) => [
  ...entry.yes.map((text) => ({ list, id: entry.id, text, finds: true })),
  ...entry.no.map((text) => ({ list, id: entry.id, text, finds: false })),
]);

describe("the lexicon", () => {
  it.each(LISTS)("has entries for %s", (list) => expect(lexicon.entries(list).length).toBeGreaterThan(0));

  it.each(entries)("gives $list $entry.id examples of what it finds and of what it passes", ({ entry }) => {
    expect(Math.min(entry.yes.length, entry.no.length)).toBeGreaterThan(0);
  });

  it("finds what an entry's examples say, and passes the others", () => {
    const wrong = examples.filter(
      ({ list, id, text, finds }) =>
        lexicon.find(list, sentenceOf(text)).some(({ entry }) => entry.id === id) !== finds,
    );
    expect(wrong).toEqual([]);
  });

  it("has no two entries of one id", () => {
    const ids = entries.map(({ entry }) => entry.id);
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
  });
});
