import fc from "fast-check";
import { type Cases, type Fate, type Piece, sidesOf } from "./piece.ts";

/** What the work does with one test case, and what that counts. */
const FATES = {
  stays: {},
  new: { cases_added: 1 },
  goes: { cases_removed: 1 },
  "new and skipped": { cases_added: 1, skipped_added: 1 },
  "new and focused": { cases_added: 1, focused_added: 1 },
  "new and empty": { cases_added: 1, emptied: 1 },
  "is skipped now": { skipped_added: 1 },
  "is focused now": { focused_added: 1 },
  "is emptied": { emptied: 1 },
} satisfies Record<string, Partial<Cases>>;
type CaseFate = keyof typeof FATES;

/** How a case is written. `skip` and `focus` are a line before it, or stand in place of its first line. */
type Writing = {
  readonly path: (n: number) => string;
  readonly head: (n: number) => string;
  readonly first: (name: string) => string;
  readonly check: (name: string) => string;
  readonly nothing: (name: string) => string;
  readonly last?: (name: string) => string;
  readonly end?: (n: number) => string;
  readonly skip: { readonly where: "before" | "first" | "inside"; readonly line: (name: string) => string };
  readonly focus?: (name: string) => string;
};

const LANGUAGES: Readonly<Record<string, Writing>> = {
  python: {
    path: (n) => `tests/test_p${n}.py`,
    head: (n) => `import pytest, p${n}`,
    first: (name) => `def test_${name}():`,
    check: (name) => `    assert total("${name}") == 3`,
    nothing: (name) => `    pass  # ${name}`,
    skip: { where: "before", line: (name) => `@pytest.mark.skip(reason="${name}")` },
  },
  unittest: {
    path: (n) => `tests/test_u${n}.py`,
    head: (n) => `class TestU${n}(unittest.TestCase):`,
    first: (name) => `    def test_${name}(self):`,
    check: (name) => `        self.assertEqual(total("${name}"), 3)`,
    nothing: (name) => `        pass  # ${name}`,
    skip: { where: "inside", line: (name) => `        self.skipTest("${name} later")` },
  },
  javascript: {
    path: (n) => `web/p${n}.test.js`,
    head: (n) => `import { total } from "./p${n}.js";`,
    first: (name) => `it("${name}", () => {`,
    check: (name) => `  expect(total("${name}")).toBe(3);`,
    nothing: (name) => `  // ${name}`,
    last: (name) => `}); // ${name}`,
    skip: { where: "first", line: (name) => `it.skip("${name}", () => {` },
    focus: (name) => `it.only("${name}", () => {`,
  },
  go: {
    path: (n) => `pkg${n}/p_test.go`,
    head: (n) => `package pkg${n}`,
    first: (name) => `func Test${name.toUpperCase()}(t *testing.T) {`,
    check: (name) => `\tif Total("${name}") != 3 { t.Fatal("${name}") }`,
    nothing: (name) => `\t// ${name}`,
    last: (name) => `} // ${name}`,
    skip: { where: "inside", line: (name) => `\tt.Skip("${name} later")` },
  },
  java: {
    path: (n) => `src/test/java/P${n}Test.java`,
    head: (n) => `class P${n}Test {`,
    first: (name) => `  @Test void ${name}() {`,
    check: (name) => `    assertEquals(3, total("${name}"));`,
    nothing: (name) => `    // ${name}`,
    last: (name) => `  } // ${name}`,
    end: (n) => `} // P${n}Test`,
    skip: { where: "before", line: (name) => `  @Disabled("${name}")` },
  },
  rust: {
    path: (n) => `tests/p${n}.rs`,
    head: (n) => `use p${n}::total;`,
    first: (name) => `#[test] fn ${name}() {`,
    check: (name) => `    assert_eq!(total("${name}"), 3);`,
    nothing: (name) => `    // ${name}`,
    last: (name) => `} // ${name}`,
    skip: { where: "before", line: (name) => `#[ignore = "${name}"]` },
  },
};

/** The lines of a case, each with its fate. */
function caseLines(w: Writing, name: string, fate: CaseFate): (readonly [Fate, string])[] {
  const whole: Fate = fate.startsWith("new") ? "new" : fate === "goes" ? "goes" : "stays";
  const isSkipped = fate.endsWith("skipped") || fate === "is skipped now";
  const isFocused = fate.endsWith("focused") || fate === "is focused now";
  const marked = isFocused
    ? w.focus?.(name)
    : isSkipped && w.skip.where === "first"
      ? w.skip.line(name)
      : undefined;
  const firsts: (readonly [Fate, string])[] =
    marked === undefined
      ? [[whole, w.first(name)]]
      : [...(whole === "new" ? [] : [["goes", w.first(name)] as const]), ["new", marked]];
  const skip = (where: Writing["skip"]["where"]): (readonly [Fate, string])[] =>
    isSkipped && w.skip.where === where ? [["new", w.skip.line(name)]] : [];
  const body: (readonly [Fate, string])[] =
    fate === "new and empty"
      ? [["new", w.nothing(name)]]
      : fate === "is emptied"
        ? [
            ["goes", w.check(name)],
            ["new", w.nothing(name)],
          ]
        : [[whole, w.check(name)]];
  return [
    ...skip("before"),
    ...firsts,
    ...skip("inside"),
    ...body,
    ...(w.last ? [[whole, w.last(name)] as const] : []),
  ];
}

/** A file of one to five test cases in one of the languages. */
export const testFile = (n: number): fc.Arbitrary<Piece> =>
  fc
    .constantFrom(...Object.values(LANGUAGES))
    .chain((w) => {
      const fates = (Object.keys(FATES) as CaseFate[]).filter((fate) => w.focus || !fate.includes("focused"));
      return fc
        .array(fc.constantFrom(...fates), { minLength: 1, maxLength: 5 })
        .map((cases) => ({ w, cases }));
    })
    .map(({ w, cases }) => {
      const whole: Fate = cases.every((fate) => fate.startsWith("new"))
        ? "new"
        : cases.every((fate) => fate === "goes")
          ? "goes"
          : "stays";
      const { before, after } = sidesOf([
        [whole, w.head(n)],
        ...cases.flatMap((fate, i) => caseLines(w, `p${n}_c${i}`, fate)),
        ...(w.end ? [[whole, w.end(n)] as const] : []),
      ]);
      const count = (key: keyof Cases) =>
        cases.reduce((sum, fate) => sum + ((FATES[fate] as Partial<Cases>)[key] ?? 0), 0);
      const hasChecking = cases.some((fate) => fate.startsWith("new") && fate !== "new and empty");
      return {
        ...{ path: w.path(n), area: "tests", given: before, steps: [after] },
        cases: {
          ...{ cases_added: count("cases_added"), cases_removed: count("cases_removed") },
          ...{ skipped_added: count("skipped_added"), focused_added: count("focused_added") },
          emptied: count("emptied"),
        },
        traces: hasChecking ? ["tests"] : [],
      };
    });

/** A file of tests in a language whose cases are not counted. */
export const otherTestFile = (n: number): fc.Arbitrary<Piece> =>
  fc.boolean().map((isNew) => ({
    ...{ path: `spec/p${n}_spec.rb`, area: "tests", language: "Ruby" },
    given: isNew ? null : `describe "p${n}" do\nend # p${n}\n`,
    steps: [`describe "p${n}" do\n  it("adds") { expect(total(${n})).to eq 3 }\nend # p${n}\n`],
  }));
