import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { searchKey } from "../../../src/domain/pipeline/application.ts";
import { parseQuery } from "../../../src/domain/search/query.ts";
import { searchWords } from "../../../src/domain/search/words.ts";
import { findApplications, MAX_COUNTED } from "../../../src/store/candidates/find-applications.ts";
import { rowsOf } from "../../../src/store/events.ts";
import { useDatabase } from "../../support/database.ts";
import {
  type GeneratedApplication,
  generatedDocuments,
  type Random,
  randomOf,
  someWords,
  VOCABULARY,
  written,
} from "../../support/generated-documents.ts";

const database = useDatabase();

/** One term as the plain scan sees it: its words, or letters of a name. */
type Asked = { readonly words: readonly string[]; readonly letters?: string };
type AskedAlternative = { readonly all: readonly Asked[]; readonly none: readonly Asked[] };

function someTerm(random: Random): Asked {
  if (random.next() < 0.15)
    return { words: [], letters: random.pick(["oka", "zoe", "p1", "neil", "@example", "'"]) };
  return { words: someWords(random, random.next() < 0.7 ? 1 : 2 + random.upTo(1)) };
}

const some = <T>(least: number, random: Random, make: () => T): T[] =>
  Array.from({ length: least + (random.next() < 0.5 ? random.upTo(2) : 0) }, make);

const someQuery = (random: Random): AskedAlternative[] =>
  some(1, random, () => ({
    all: some(1, random, () => someTerm(random)),
    none: some(0, random, () => someTerm(random)),
  }));

function queryText(random: Random, query: readonly AskedAlternative[]): string {
  const term = ({ words, letters }: Asked): string => {
    if (letters !== undefined) return letters;
    const spelled = words.map((word) => written(random, word)).join(" ");
    return words.length > 1 ? `"${spelled}"` : spelled;
  };
  const one = ({ all, none }: AskedAlternative) =>
    [...all.map(term), ...none.map((t) => `-${term(t)}`)].join(" ");
  return query.map(one).join(random.pick([" or ", " OR "]));
}

const KEYS = new Map(Object.keys(VOCABULARY).map((word) => [word, searchKey(word)]));
const folded = (words: readonly string[]): string => words.map((w) => KEYS.get(w)).join(" ");

function meets(application: GeneratedApplication, { words, letters }: Asked): boolean {
  if (application.key.includes(letters ?? folded(words))) return true;
  if (letters !== undefined && searchWords(letters).length === 0) return false;
  const phrase = letters === undefined ? words : searchWords(letters);
  return application.documents.some(
    (d) =>
      d.isOwn &&
      !(d.handedIn && application.stage === "exercise") &&
      ` ${d.words.join(" ")} `.includes(` ${phrase.join(" ")} `),
  );
}

const matches = (application: GeneratedApplication, query: readonly AskedAlternative[]): boolean =>
  query.some(
    ({ all, none }) =>
      all.every((term) => meets(application, term)) && !none.some((term) => meets(application, term)),
  );

describe("a search", () => {
  it("finds what a plain scan of 2,000 documents finds, however often its words occur", async () => {
    const store = await database.workspace();
    const random = randomOf(19);
    const { roleId, applications } = await generatedDocuments(store, random, 2_000);
    const blindStages = [{ roleId, stage: "exercise" }];
    const newest = [...applications].reverse();
    let hits = 0;
    let excluding = 0;
    for (let n = 0; n < 300; n += 1) {
      const query = someQuery(random);
      const text = queryText(random, query);
      const expected = newest.filter((application) => matches(application, query)).map(({ id }) => id);
      const search = { alternatives: parseQuery(text, new Set()), blindStages };
      const mostProbed = random.pick([2, 30, 300, 3_000]);
      const limit = 1 + random.upTo(30);
      const after = expected[random.upTo(40)];
      const rest = after === undefined ? expected : expected.slice(expected.indexOf(after) + 1);
      const found = await store.read((db) =>
        findApplications(db, store.workspaceId, { search }, { after, limit, mostProbed }),
      );
      expect(
        found.page.map(({ id }) => id),
        `${text}, ${mostProbed}`,
      ).toEqual(rest.slice(0, limit));
      expect([found.total, found.isMore], text).toEqual([
        Math.min(expected.length, MAX_COUNTED),
        expected.length > MAX_COUNTED,
      ]);
      hits += Number(expected.length > 0);
      excluding += Number(expected.length > 0 && query.some(({ none }) => none.length > 0));
    }
    expect(hits).toBeGreaterThan(150);
    expect(excluding).toBeGreaterThan(30);
  });

  it("counts to 1,000, and says from there on that there are more", async () => {
    const store = await database.workspace();
    const { applications } = await generatedDocuments(store, randomOf(7), 2_600);
    const search = { alternatives: parseQuery("example.test", new Set()), blindStages: [] };
    expect(applications.length).toBeGreaterThan(MAX_COUNTED);
    for (const mostProbed of [10, 1_001, 3_000]) {
      const found = await store.read((db) =>
        findApplications(db, store.workspaceId, { search }, { limit: 1, mostProbed }),
      );
      expect([found.total, found.isMore]).toEqual([1_000, true]);
    }
  });
});

describe("the words of a text", () => {
  it("are the same in the database as in a query, whatever the script", async () => {
    const chars = [
      ...[...Array(0x2e80).keys()].slice(1),
      ...[...Array(0x400).keys()].map((n) => 0x3000 + n),
      ...[0x4e00, 0x9fff, 0xac00, 0xd7a3, 0xe000, 0xf900, 0xfb01, 0xfdfa, 0xfe0f, 0xff21, 0xff8a, 0xfffd],
      ...[0x1f4a5, 0x1d400, 0x20000, 0xe0041],
    ].map((code) => `a${String.fromCodePoint(code)}b`);
    const rows = rowsOf<{ words: string[] }>(
      await database.db.execute(
        sql`select greenflag_words(text) as words
          from jsonb_array_elements_text(${JSON.stringify(chars)}::jsonb) with ordinality as t(text, n) order by n`,
      ),
    );
    const different = chars.filter((text, n) => String(rows[n]?.words) !== String(searchWords(text)));
    expect(different).toEqual([]);
    expect(rows).toHaveLength(chars.length);
  });
});
