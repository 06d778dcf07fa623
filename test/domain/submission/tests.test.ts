import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import type { ChangedFile, SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";
import { observeTests, testsOf } from "../../../src/domain/submission/tests.ts";

const fileKinds = loadCatalog({}).fileKinds();

type Texts = Readonly<Record<string, string>>;
type Change = {
  readonly before?: Texts;
  readonly after?: Texts;
  readonly renamed?: Readonly<Record<string, string>>;
};

/** The change from one set of files to another, with whole texts and without differences. */
function snapshotOf({ before = {}, after = {}, renamed = {} }: Change): SubmissionSnapshot {
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((path) => !Object.values(renamed).includes(path))
    .map((path): ChangedFile => {
      const previousPath = renamed[path];
      const status = previousPath
        ? "renamed"
        : !(path in before)
          ? "added"
          : path in after
            ? "modified"
            : "removed";
      return { path, previousPath, status, added: 1, removed: 1, binary: false, patch: undefined };
    });
  const list = (texts: Texts) => Object.entries(texts).map(([path, text]) => ({ path, text }));
  return { files, before: list(before), after: list(after) } as unknown as SubmissionSnapshot;
}

const seen = (change: Change) => testsOf(snapshotOf(change), true, fileKinds);
const of = (change: Change) => seen(change).tests;
const added = (path: string, text: string) => of({ after: { [path]: text } });
const changed = (path: string, before: string, after: string) =>
  of({ before: { [path]: before }, after: { [path]: after } });

describe("test cases of Python", () => {
  it("are functions and methods that pytest and unittest collect, a parametrized one once", () => {
    const text = `
import pytest, unittest
@pytest.fixture
def test_client(): return 1
@pytest.mark.parametrize("n", [1, 2, 3])
def test_a(n): assert n
async def test_b(): assert await f()
def helper_test(): pass
class TestC:
    def test_d(self): assert f()
    def other(self): pass
class Plain:
    def test_no(self): assert f()
class UserTests(unittest.TestCase):
    def test_e(self): self.assertEqual(f(), 1)
@given(st.integers())
def test_g(n):
    def test_inner(): pass
    assert f(n)
`;
    expect(added("tests/test_a.py", text)).toMatchObject({ cases_added: 5, emptied: 0, skipped_added: 0 });
  });

  it("are not in comments, in text, or in files that are not collected, which are named", () => {
    const text = '# def test_a(): pass\nX = """\ndef test_b():\n    pass\n"""\n';
    expect(added("tests/test_a.py", text).cases_added).toBe(0);
    const helper = added("tests/helpers.py", "def test_c():\n    assert f()\n");
    expect(helper).toMatchObject({
      cases_added: 0,
      not_counted: ["Python, not collected by its name: tests/helpers.py"],
    });
  });

  it("are in app/tests.py and in integration-tests/", () => {
    const after = {
      "app/tests.py": "def test_django():\n    pass\n",
      "integration-tests/test_x.py": "def test_i():\n    pass\n",
    };
    expect(of({ after }).cases_added).toBe(2);
  });

  it.each([
    ["@pytest.mark.skip\ndef test_a(): f()"],
    ['@pytest.mark.skipif(True, reason="x")\ndef test_a(): f()'],
    ["@pytest.mark.xfail\ndef test_a(): f()"],
    ["@mark.skip\ndef test_a(): f()"],
    ["@unittest.skip('x')\ndef test_a(): f()"],
    ["@unittest.skipUnless(False, 'x')\nclass TestA:\n    def test_a(self): f()"],
    ["@skipIf(True, 'x')\ndef test_a(): f()"],
    ["@unittest.expectedFailure\ndef test_a(): f()"],
    ["pytestmark = pytest.mark.skip(reason='x')\ndef test_a(): f()"],
    ["pytestmark = [pytest.mark.slow, pytest.mark.skipif(True)]\ndef test_a(): f()"],
    ["needs_gpu = pytest.mark.skipif(True)\n@needs_gpu\ndef test_a(): f()"],
    ["def test_a():\n    pytest.skip('x')"],
    ["np = pytest.importorskip('numpy')\ndef test_a(): f()"],
    ["class TestA(TestCase):\n    def test_a(self):\n        self.skipTest('x')"],
    ["def test_a():\n    raise SkipTest('x')"],
    ["def test_a():\n    raise unittest.SkipTest"],
    ["@pytest.mark.parametrize('n', [pytest.param(1, marks=pytest.mark.xfail)])\ndef test_a(n): f()"],
    ["class TestA:\n    __test__ = False\n    def test_a(self): f()"],
  ])("are skipped by %j, once", (text) => {
    expect(added("tests/test_a.py", text)).toMatchObject({ skipped_added: 1, cases_added: 1 });
  });

  it("are kept from being collected by a list in conftest.py", () => {
    expect(added("tests/conftest.py", 'collect_ignore = ["test_a.py"]\n').skipped_added).toBe(1);
  });

  it("are not skipped by what a comment, a text or another function says", () => {
    const text = '# @pytest.mark.skip\ndef test_a():\n    rows.skip(1)\n    assert f("pytest.skip()")\n';
    expect(added("tests/test_a.py", text).skipped_added).toBe(0);
  });
});

describe("test cases of JavaScript and TypeScript", () => {
  it("are calls of the runners with a name and a body, a table once", () => {
    const text = `
describe("a", () => {
  it("one", () => { expect(f()).toBe(1); });
  it.each([1, 2])("two %d", (n) => { expect(f(n)).toBe(n); });
  test.each\`a | b\`("three", () => { expect(f()).toBe(1); });
  specify("four", async () => { await check(); });
  test.concurrent("five", async () => { expect(await f()).toBe(1); });
});
Deno.test({ name: "six", fn() { assertEquals(f(), 1); } });
test("seven", async (t) => { await t.test("eight", () => { assert.ok(f()); }); });
test("nine", async ({ page }) => { await test.step("no case", async () => { await expect(page).toBe(1); }); });
for (const x of xs) it(\`ten \${x}\`, () => { expect(x).toBe(1); });
/a/.test(b); regex.test("x"); test.describe("g", () => { test("eleven", () => { expect(f()).toBe(1); }); });
// it("no", () => {});
const s = 'it("no", () => {})';
`;
    expect(added("src/a.test.ts", text)).toMatchObject({
      ...{ cases_added: 11, skipped_added: 0, focused_added: 0, emptied: 0, not_counted: [] },
    });
  });

  it.each([
    ["it.skip('a', () => { f(); })", 1],
    ["describe.skip('g', () => { it('a', () => { f(); }); it('b', () => { f(); }) })", 1],
    ["xit('a', () => { f(); })", 1],
    ["xdescribe('g', () => { test('a', () => { f(); }) })", 1],
    ["it.todo('a')", 1],
    ["it('a')", 1],
    ["test.failing('a', () => { f(); })", 1],
    ["test.skipIf(ci)('a', () => { f(); })", 1],
    ["test('a', { skip: true }, () => { f(); })", 1],
    ["test('a', { skip: false }, () => { f(); })", 0],
    ["it('a', function () { this.skip(); })", 1],
    ["test('a', (t) => { t.skip('x'); })", 1],
    ["test('a', async ({ page }) => { test.skip(page === 1, 'x'); await f(); })", 1],
    ["Deno.test.ignore('a', () => { f(); })", 1],
    ["it('a', () => { if (x) return; f(); })", 0],
    ["it('a', () => { list.skip(1); f(); })", 0],
  ])("of %j are skipped %d times", (text, skipped) => {
    expect(added("src/a.test.ts", text).skipped_added).toBe(skipped);
  });

  it.each([
    "it.only('a', () => { f(); })",
    "fit('a', () => { f(); })",
    "describe.only('g', () => { it('a', () => { f(); }) })",
    "fdescribe('g', () => { it('a', () => { f(); }) })",
    "test('a', { only: true }, () => { f(); })",
    "test.only.each([1])('a', () => { f(); })",
    "test.describe.only('g', () => { test('a', () => { f(); }) })",
  ])("of %j are focused", (text) => {
    expect(added("src/a.test.js", text)).toMatchObject({
      focused_added: 1,
      cases_added: 1,
      skipped_added: 0,
    });
  });
});

describe("test cases of Java", () => {
  it("are methods with an annotation of JUnit or TestNG, in any folder", () => {
    const text = `class FooTest {
  @Test void t0() { f(); } @org.junit.Test public void t1() { f(); }
  @ParameterizedTest @ValueSource(ints = {1, 2}) void t2(int n) { f(n); }
  @RepeatedTest(3) void t3() { f(); } @TestFactory Object t4() { return f(); }
  @BeforeEach void set() {} void helper() {} // @Test void no() {}
  @Nested class Inner { @Test void t0() { f(); } @Test void t0(int n) { f(); } }
}`;
    expect(added("src/main/java/FooTest.java", text)).toMatchObject({ cases_added: 7, emptied: 0 });
    expect(added("src/main/java/Foo.java", text).cases_added).toBe(7);
    const old = "public class ATest extends TestCase { public void testA() { f(); } public void other() {} }";
    expect(added("test/ATest.java", old).cases_added).toBe(1);
  });

  it.each([
    '@Disabled("x") class ATest { @Test void a() { f(); } }',
    "class ATest { @Ignore @Test public void a() { f(); } }",
    "class ATest { @DisabledOnOs(OS.MAC) @Test void a() { f(); } }",
    "class ATest { @Test(enabled = false) public void a() { f(); } }",
    "class ATest { @Test void a() { Assumptions.assumeTrue(false); f(); } }",
    'class ATest { @Test void a() { throw new SkipException("x"); } }',
  ])("are skipped by %j", (text) => {
    expect(added("src/test/java/ATest.java", text)).toMatchObject({ skipped_added: 1, cases_added: 1 });
  });
});

describe("test cases of Go and Rust", () => {
  it("are tests, fuzz tests and compared examples of Go, and methods of suites", () => {
    const text = `package a
func TestMain(m *testing.M) { m.Run() }
func TestA(t *testing.T) { t.Run("sub", func(t *testing.T) { if f() { t.Fatal("x") } }) }
func FuzzB(f *testing.F) { f.Fuzz(func(t *testing.T, n int) { g(n) }) }
func BenchmarkC(b *testing.B) { g(1) }
func ExampleD() { fmt.Println(g(1))
	// Output: 1
}
func ExampleE() { g(1) }
func Testimony() { g(1) }
func (s *Suite) TestF() { s.Equal(1, g(1)) }
`;
    expect(added("pkg/a_test.go", text)).toMatchObject({ cases_added: 4, skipped_added: 0, emptied: 0 });
  });

  it("are skipped by a call, a build constraint or an attribute", () => {
    const go =
      '//go:build never\n\npackage a\nfunc TestA(t *testing.T) { t.Skip("x"); f() }\nfunc TestB(t *testing.T) { t.SkipNow() }\n';
    expect(added("a_test.go", go).skipped_added).toBe(3);
    const rust =
      "#[cfg(test)]\nmod tests {\n  #[test] #[ignore] fn a() { f(); }\n  #[tokio::test]\n  async fn b() { f().await; }\n  fn c() {}\n}\n";
    expect(added("src/lib.rs", rust)).toMatchObject({ cases_added: 2, skipped_added: 1 });
  });
});

describe("the same test case", () => {
  const python = "def test_a():\n    assert f() == 1\n\ndef test_b():\n    assert f() == 2\n";

  it.each([
    ["other line endings", python.replaceAll("\n", "\r\n")],
    ["another order", "def test_b():\n    assert f() == 2\n\ndef test_a():\n    assert f() == 1\n"],
    ["a class around it", `class TestX:\n${python.replaceAll(/^(?=.)/gm, "    ").replaceAll("()", "()")}`],
  ])("has %s and is neither added nor removed", (_, after) => {
    expect(changed("tests/test_a.py", python, after)).toMatchObject({
      ...{ cases_added: 0, cases_removed: 0, skipped_added: 0, emptied: 0 },
    });
  });

  it("is known in a renamed file and in another file that it moved to", () => {
    const renamed = { "tests/test_new.py": "tests/test_old.py" };
    const change = {
      before: { "tests/test_old.py": python },
      after: { "tests/test_new.py": python },
      renamed,
    };
    expect(of(change)).toMatchObject({ cases_added: 0, cases_removed: 0 });
    const [first = "", second = ""] = python.split("\n\n");
    const before = { "tests/test_a.py": python, "tests/test_b.py": "" };
    const after = { "tests/test_a.py": first, "tests/test_b.py": second };
    expect(of({ before, after })).toMatchObject({ cases_added: 0, cases_removed: 0 });
  });

  it("is known under another name by a longer body", () => {
    const body = "(monkeypatch):\n    assert retry(3) == [1, 2, 4]\n";
    expect(changed("test_a.py", `def test_a${body}`, `def test_backs_off${body}`)).toMatchObject({
      ...{ cases_added: 0, cases_removed: 0 },
    });
  });

  it.each([
    ["tests/test_a.py", "tests/old_a.py"],
    ["tests/test_a.py", "tests/test_a.py.bak"],
    ["src/a.test.js", "src/a.old.js"],
    ["a_test.go", "a_test.go.off"],
  ])("in %s is removed where the file is now called %s", (from, to) => {
    const text = from.endsWith(".py")
      ? "def test_a():\n    assert f()\n"
      : from.endsWith(".js")
        ? "it('a', () => { expect(f()).toBe(1) })"
        : "package a\nfunc TestA(t *testing.T) { t.Fatal() }\n";
    const snapshot = snapshotOf({ before: { [from]: text }, after: { [to]: text }, renamed: { [to]: from } });
    const files = snapshot.files.map((file) => ({ ...file, patch: "" }));
    expect(testsOf({ ...snapshot, files }, true, fileKinds).tests).toMatchObject({
      ...{ cases_added: 0, cases_removed: 1 },
    });
  });

  it("that was skipped and moved is not newly skipped", () => {
    const skipped = `@pytest.mark.skip\n${python}`;
    const change = { before: { "tests/test_a.py": skipped }, after: { "tests/test_b.py": skipped } };
    expect(of(change)).toMatchObject({ cases_added: 0, skipped_added: 0 });
  });

  it("of a removed file is removed", () => {
    expect(of({ before: { "tests/test_a.py": python } })).toMatchObject({
      cases_removed: 2,
      files_removed: 1,
    });
  });
});

describe("an emptied test case", () => {
  it.each([
    ["assert f(1) == 2", "pass"],
    ["assert f(1) == 2", "assert True"],
    ["assert f(1) == 2", "f(1)"],
    ["assert f(1) == 2", "x = f(1)\n    assert 1 == 1"],
    ["self.assertEqual(f(1), 2)", "self.assertTrue(True)"],
    ["check_all()", "..."],
    ["assert f(1)", 'assert (f(1), "always true, for it is a pair")'],
  ])("asserted by %j and now has %j", (before, after) => {
    const [was, is] = [before, after].map((body) => `def test_a():\n    ${body}\n`);
    expect(changed("tests/test_a.py", was ?? "", is ?? "").emptied).toBe(1);
  });

  it.each([
    ["assert f(1) == 2", "assert f(1) == 3"],
    ["assert f(1) == 2", "check_that(f(1), 2)"],
    ["assert f(1)\n    helper()", "helper()"],
    ["assert f(1) == 2", "with pytest.raises(ValueError):\n        f(1)"],
    ["f(1)", "f(1)"],
    ["assert f(1)", "assert False"],
  ])("is none that asserted by %j and now by %j", (before, after) => {
    const [was, is] = [before, after].map((body) => `def test_a():\n    ${body}\n`);
    expect(changed("tests/test_a.py", was ?? "", is ?? "").emptied).toBe(0);
  });

  it.each([
    ["a.test.ts", "it('a', () => { expect(f()).toBe(1); });", "it('a', () => { expect(true).toBe(true); });"],
    ["a.test.ts", "it('a', () => { expect(f()).toBe(1); });", "it('a', () => {});"],
    [
      "a_test.go",
      "func TestA(t *testing.T) { if f() { t.Fatal(1) } }",
      "func TestA(t *testing.T) { t.Log(1) }",
    ],
    [
      "a_test.go",
      "func TestA(t *testing.T) { assert.True(t, f()) }",
      "func TestA(t *testing.T) { assert.True(t, true) }",
    ],
    [
      "ATest.java",
      "class A { @Test void a() { assertTrue(f()); } }",
      "class A { @Test void a() { assertTrue(true); } }",
    ],
    [
      "ATest.java",
      "class A { @Test void a() { assertThat(f()).isTrue(); } }",
      "class A { @Test void a() { assertThat(1).isEqualTo(1); } }",
    ],
    ["tests/a.rs", "#[test] fn a() { assert_eq!(f(), 1); }", "#[test] fn a() { assert!(true); }"],
    // Behind what leaves the test, behind a condition that is never true, or where a failure is ignored.
    ["test_a.py", "def test_a():\n  assert f()\n", "def test_a():\n  return\n  assert f()\n"],
    ["test_a.py", "def test_a():\n  assert f()\n", "def test_a():\n  if False:\n    assert f()\n"],
    [
      "test_a.py",
      "def test_a():\n  assert f()\n",
      "def test_a():\n  try:\n    assert f()\n  except Exception:\n    pass\n",
    ],
    [
      "test_a.py",
      "def test_a():\n  assert f()\n",
      "def test_a():\n  try:\n    assert f()\n  except:\n    pass\n",
    ],
    [
      "a.test.js",
      "it('a', () => { expect(f()).toBe(1) })",
      "it('a', () => { try { expect(f()).toBe(1) } catch (e) {} })",
    ],
    ["a.test.js", "it('a', () => { expect(f()).toBe(1) })", "it('a', () => { return; expect(f()).toBe(1) })"],
    [
      "a_test.go",
      "func TestA(t *testing.T) { require.True(t, f()) }",
      "func TestA(t *testing.T) { return; require.True(t, f()) }",
    ],
    // True whatever comes before, or never finished.
    ["test_a.py", "def test_a():\n  assert f() == 1\n", "def test_a():\n  assert f() == 1 or True\n"],
    ["a.test.js", "it('a', () => { expect(f()).toBe(1) })", "it('a', () => { expect(f()); })"],
    [
      "ATest.java",
      "class A { @Test void a() { assertThat(f()).isTrue(); } }",
      "class A { @Test void a() { assertThat(f()); } }",
    ],
  ])("in %s asserted by %j and now has %j", (path, before, after) => {
    expect(changed(path, before, after)).toMatchObject({ emptied: 1, cases_added: 0 });
    expect(changed(path, before, before).emptied).toBe(0);
  });

  it.each([
    "try:\n    f()\n    assert False\n  except ValueError:\n    pass",
    "try:\n    assert f()\n  except Exception:\n    raise",
    "if not f():\n    return\n  assert g()",
    "assert f(x or True) == 1",
    "for x in f():\n    if x:\n      return\n    assert x",
  ])("is none that can still fail: %j", (body) => {
    const after = `def test_a():\n  ${body}\n`;
    expect(changed("test_a.py", "def test_a():\n  assert f()\n", after).emptied).toBe(0);
  });

  it.each(["expect(f()).to.be.ok", "expect(f(), 'it').toBe(1)", "assertThat(f(), is(1))"])(
    "is none where more is said than what is meant: %s",
    (line) => {
      expect(added("a.test.js", `it('a', () => { ${line}; })`).emptied).toBe(0);
    },
  );

  it("may be new, and gives no answer to what asks for tests", () => {
    const change = { after: { "tests/test_a.py": "def test_retry():\n    pass\n" } };
    expect(of(change)).toMatchObject({ cases_added: 1, emptied: 1 });
    expect(observeTests(seen(change), []).map(({ id }) => id)).toEqual([]);
  });
});

describe("what is not counted", () => {
  it("is a language that is not known, by name", () => {
    const after = {
      "spec/a_spec.rb": "it 'works' do\nend\n",
      "src/test/kotlin/ATest.kt": "@Test fun a() {}",
    };
    expect(of({ after })).toMatchObject({
      ...{ cases_added: 0, not_counted: ["Ruby: spec/a_spec.rb", "Kotlin: src/test/kotlin/ATest.kt"] },
    });
    expect(observeTests(seen({ after }), [])).toEqual([]);
  });

  it.each([
    ["policy/a_test.rego", "test_allow { allow }", "rego"],
    ["tests/a.tftest.hcl", 'run "a" {}', "HCL"],
    ["chart/tests/a_test.yaml", "suite: a", "YAML"],
    ["tests/A.spec.vue", "<script>it('a')</script>", "Vue"],
    ["features/login.feature", "Scenario: a", "Gherkin"],
    ["t/basic.t", "ok(f());", "Perl"],
    ["src/My.UnitTests/Calc.cs", "[Fact] public void A() {}", "C#"],
    ["src/Calc.cs", "[Fact] public void A() {}", "C#"],
    ["analysis.ipynb", '"def test_a():"', "Notebook"],
    ["models/schema.yml", "    data_tests: [unique]", "dbt"],
    ["pytest.ini", "addopts = --deselect tests/test_a.py", "settings of which tests run"],
    [
      "tests/conftest.py",
      "def pytest_collection_modifyitems(items): items.clear()",
      "settings of which tests run",
    ],
  ])("is in %s, by %j", (path, line, what) => {
    const file = {
      path,
      previousPath: undefined,
      status: "added",
      added: 1,
      removed: 0,
      binary: false,
    } as const;
    const snapshot = { ...snapshotOf({}), files: [{ ...file, patch: `@@ -0,0 +1 @@\n+${line}` }] };
    const { not_counted } = testsOf(snapshot, true, fileKinds).tests;
    expect(not_counted.map((one) => one.toLowerCase())).toEqual([`${what}: ${path}`.toLowerCase()]);
  });

  it.each([
    "tests/data/load.yaml",
    "tests/fixtures/a_test.json",
    ".github/workflows/ci.yml",
    "src/Calc.cs",
    "models/a.sql",
  ])("is nothing in %s", (path) => {
    const file = {
      path,
      previousPath: undefined,
      status: "added",
      added: 1,
      removed: 0,
      binary: false,
    } as const;
    const snapshot = { ...snapshotOf({}), files: [{ ...file, patch: "@@ -0,0 +1 @@\n+  tests:" }] };
    expect(testsOf(snapshot, true, fileKinds).tests.not_counted).toEqual([]);
  });

  it("is a file that was not read, so that no count is given", () => {
    const snapshot = snapshotOf({
      before: { "tests/test_a.py": "", "tests/test_b.py": "" },
      after: { "tests/test_a.py": "def test_a():\n    assert f()\n", "tests/test_b.py": "" },
    });
    const cut = { ...snapshot, after: snapshot.after.slice(1) };
    const { tests, missing } = testsOf(cut, true, fileKinds);
    expect(tests).toMatchObject({ files_changed: 2, cases_added: null, skipped_added: null, emptied: null });
    expect(missing).toEqual([{ part: "tests", why: "1 changed file with tests not read: tests/test_a.py" }]);
    expect(observeTests(testsOf(cut, true, fileKinds), [])).toEqual([]);
  });

  it("is a file too large or too deep to be parsed", () => {
    const deep = `def test_a():\n    assert ${"(".repeat(5_000)}\n`;
    expect(added("tests/test_a.py", deep).cases_added).toBeNull();
    expect(added("tests/test_a.py", `def test_a(): pass\n${"#".repeat(1_000_001)}`).cases_added).toBeNull();
  });

  it("gives no word of missing tests where an old case got more to check", () => {
    const patch = "@@ -1,2 +1,3 @@\n def test_a():\n     assert f()\n+    assert g()";
    const snapshot = snapshotOf({
      before: { "tests/test_a.py": "def test_a():\n    assert f()\n" },
      after: { "tests/test_a.py": "def test_a():\n    assert f()\n    assert g()\n" },
    });
    const files = snapshot.files.map((file) => ({ ...file, patch }));
    expect(observeTests(testsOf({ ...snapshot, files }, true, fileKinds), [])).toEqual([]);
  });
});
