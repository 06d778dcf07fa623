import { expect, it } from "vitest";
import { parseQuery } from "../../../src/domain/search/query.ts";
import { findApplications, MAX_COUNTED } from "../../../src/store/candidates/find-applications.ts";
import { useDatabase } from "../../support/database.ts";
import {
  type GeneratedApplication,
  generatedDocuments,
  randomOf,
} from "../../support/generated-documents.ts";

const database = useDatabase();
/** Of one and two characters: everywhere, seldom and nowhere; signs that mean something in a pattern; other scripts. */
const TERMS = "a k z x p1 9 ka ök ok oe zo o' 'n ne @e .t xq % _ \\ 李 李娜 😀 j. éa ли".split(" ");

it("a term of one or two characters, alone or beside another, finds what a plain scan of the names finds", async () => {
  const store = await database.workspace();
  const random = randomOf(23);
  const named = {
    given: ["Zoë", "Jo", "李", "Li", "Лия", "A%", "Ö", "J."],
    family: ["Okafor", "娜", "O'Neil", "Q_", "Öke", "X\\Y"],
  };
  const nameOf = () => `${random.pick(named.given)} ${random.pick(named.family)}`;
  const { roleId, applications } = await generatedDocuments(store, random, 400, nameOf);
  const newest = [...applications].reverse();
  const search = (text: string) => ({
    alternatives: parseQuery(text, new Set()),
    blindStages: [{ roleId, stage: "exercise" }],
  });
  let hits = 0;
  for (let n = 0; n < 300; n += 1) {
    const terms = Array.from({ length: 1 + random.upTo(2) }, () =>
      random.next() < 0.8 ? random.pick(TERMS) : random.pick(["okafor", "neil", "example.test"]),
    );
    const text = terms.join(" ");
    const { alternatives } = search(text);
    const expected = newest.filter((one) =>
      alternatives.every(({ all }) => all.every((term) => meets(one, term))),
    );
    const mostProbed = random.pick([2, 30, 300, 3_000]);
    const limit = 1 + random.upTo(30);
    const found = await store.read((db) =>
      findApplications(db, store.workspaceId, { search: search(text) }, { limit, mostProbed }),
    );
    const ids = expected.map(({ id }) => id);
    expect(
      found.page.map(({ id }) => id),
      `${text}, ${mostProbed}`,
    ).toEqual(ids.slice(0, limit));
    expect([found.total, found.isMore], text).toEqual([Math.min(ids.length, MAX_COUNTED), false]);
    hits += Number(ids.length > 0);
  }
  expect(hits).toBeGreaterThan(100);
});

type Term = ReturnType<typeof parseQuery>[number]["all"][number];

/** The name or the e-mail holds the letters, or one of the candidate's own documents holds the words. */
function meets({ key, stage, documents }: GeneratedApplication, { name, words }: Term): boolean {
  if (key.includes(name)) return true;
  const phrase = ` ${words.join(" ")} `;
  return (
    words.length > 0 &&
    documents.some(
      (d) => d.isOwn && !(d.handedIn && stage === "exercise") && ` ${d.words.join(" ")} `.includes(phrase),
    )
  );
}
