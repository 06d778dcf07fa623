import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import type { Requirement } from "../../../src/domain/roles/role-template.ts";
import { hiding } from "../../../src/domain/submission/blind.ts";
import { coverageOf } from "../../../src/domain/submission/coverage.ts";
import type { ChangedFile, SubmissionSnapshot } from "../../../src/domain/submission/snapshot.ts";

const file = (path: string, lines: string, status: ChangedFile["status"] = "modified"): ChangedFile => ({
  ...{ path, previousPath: undefined, status, added: 1, removed: 1, binary: false },
  patch: `@@ -3,1 +7,2 @@\n${lines}`,
});
const fileKinds = loadCatalog({}).fileKinds();
type Texts = Readonly<Record<string, string>>;
const of = (
  requirement: Partial<Requirement>,
  files: readonly ChangedFile[],
  { blind = false, before = {}, after = {} }: { blind?: boolean; before?: Texts; after?: Texts } = {},
) => {
  const list = (texts: Texts) => Object.entries(texts).map(([path, text]) => ({ path, text }));
  const snapshot = {
    ...{ files, webUrl: "https://github.com/acme/work", headSha: "a".repeat(40), baseSha: "b".repeat(40) },
    ...{ before: list(before), after: list(after) },
  } as unknown as SubmissionSnapshot;
  const options = { blind, isWhole: true, fileKinds, unknown: new Set<never>() };
  return coverageOf([{ id: "r", text: "R", ...requirement }], snapshot, [], options).coverage[0];
};

/** A file that the change adds, with its whole text as the difference. */
const added = (path: string, text: string): ChangedFile => {
  const lines = text.split("\n").map((line) => `+${line}`);
  const patch = `@@ -0,0 +1,${lines.length} @@\n${lines.join("\n")}`;
  return {
    path,
    previousPath: undefined,
    status: "added",
    added: lines.length,
    removed: 0,
    binary: false,
    patch,
  };
};

describe("a requirement", () => {
  it("is met by a phrase in a line that was added, with a link to that line at the head", () => {
    const after = { "src/a b.py": `${"\n".repeat(6)}x\nRetry(3)\n` };
    const before = { "src/a b.py": "x\nold\n" };
    const met = of({ content: ["retry"] }, [file("src/a b.py", " x\n+Retry(3)\n-old")], { before, after });
    expect(met).toMatchObject({
      ...{ status: "met_by", claims: [] },
      evidence: [{ path: "src/a b.py", line: 8, seen: "Retry(3)" }],
    });
    expect(met?.evidence[0]?.url).toBe(`https://github.com/acme/work/blob/${"a".repeat(40)}/src/a%20b.py#L8`);
  });

  it("is met by a phrase in a line that was removed, with a link to where it last stood", () => {
    const before = { "src/a.py": "\ntry: f()\nexcept:\n  pass\n" };
    const after = { "src/a.py": "raise\n" };
    const met = of({ removes: ["except:"] }, [file("src/a.py", "-except:\n+raise")], { before, after });
    expect(met?.evidence[0]).toMatchObject({
      ...{ line: 3, url: expect.stringContaining(`/${"b".repeat(40)}/`) },
    });
  });

  it("is touched by a change in its paths without the phrase, and not seen elsewhere", () => {
    const wanted = { paths: ["src/**"], content: ["retry"] };
    expect(of(wanted, [added("src/a.py", "x")])?.status).toBe("touched");
    expect(of(wanted, [added("lib/a.py", "retry()")])?.status).toBe("not_seen");
    expect(of(wanted, [file("src/a.py", "-retry")])?.status).toBe("touched");
  });

  it("is not met by what prose only talks about, unless prose is what was asked for", () => {
    const notes = [file("NOTES.md", "+We could retry")];
    expect(of({ content: ["retry"] }, notes)).toMatchObject({
      ...{ status: "not_seen", evidence: [] },
      claims: [{ path: "NOTES.md", line: 7, seen: "We could retry" }],
    });
    expect(of({ content: ["retry"], paths: ["NOTES.md"] }, notes)?.status).toBe("met_by");
  });

  it("is met by a file that is gone", () => {
    const gone = [file("serving/old.yaml", "-x", "removed")];
    expect(of({ deleted: ["serving/*.yaml"] }, gone)?.status).toBe("met_by");
    expect(of({ deleted: ["serving/*.yaml"] }, [file("serving/old.yaml", "-x")])?.status).toBe("not_seen");
  });

  it("has no address in blind mode", () => {
    expect(of({ content: ["x"] }, [added("a.py", "x()")], { blind: true })?.evidence).toEqual([
      { path: "a.py", line: 1, seen: "x()" },
    ]);
  });

  it.each([
    ["a.py", "# retry"],
    ["a.py", '"""We retry."""'],
    ["a.py", "import retry"],
    ["a.py", "from tenacity import retry, stop"],
    ["a.py", "def retry():\n    pass"],
    ["a.py", "def retry():\n    return True"],
    ["a.py", "class Retry(Exception):\n    'x'"],
    ["a.py", 'WORDS = ["retry", "overwrite"]'],
    ["a.py", "retry = 3"],
    ["a.py", "if False:\n    retry()"],
    ["a.py", 'print("retry")'],
    ["a.py", 'log.info("will retry")'],
    ["tests/test_a.py", "def test_retry():\n    pass"],
    ["tests/test_a.py", "def test_retry():\n    assert True"],
    ["src/a.test.ts", "it('retry', () => { expect(true).toBe(true); });"],
    ["a.ts", "// retry\n/* retry */"],
    ["a.ts", "import retry from 'p';"],
    ["a.ts", "const retry = () => {};"],
    ["A.java", "import a.Retry; class A { /** retry */ void retry() {} }"],
    ["a.go", "package a\n// retry\nfunc retry() {}"],
    ["a.rs", "/// retry\nfn retry() {}"],
    ["a.yaml", "# retry\ndescription: we retry"],
    ["a.toml", "# retry"],
    ["Dockerfile", "# retry"],
    ["Makefile", "# retry\nall:\n\techo retry"],
    ["run.sh", "# retry\necho 'retry'"],
    ["main.tf", "# retry\n// retry"],
    ["a.rb", "# retry"],
    ["a.py", "while False:\n    retry()"],
    ["a.py", "def f(a):\n    return a\n    retry(a)"],
    ["a.js", "export function f(a) {\n  return a;\n  retry(a);\n}"],
    ["a.go", 'package a\n\nconst retry = "x"'],
    ["A.java", 'class A {\n  private static final String RETRY = "retry";\n}'],
    ["a.yaml", "notes: |\n  first\n  we retry"],
    ["a.toml", 'keywords = ["retry"]'],
    ["Dockerfile", 'LABEL note="retry"'],
    ["run.sh", "#!/bin/sh\n# a\necho 'retry'\n: retry"],
  ])("is not met by what in %s does nothing, as %j", (path, text) => {
    const covered = of({ content: ["retry"] }, [added(path, text)]);
    expect(covered).toMatchObject({ status: "not_seen", evidence: [] });
    expect(covered?.claims.length).toBeGreaterThan(0);
  });

  it.each([
    ["a.py", "from tenacity import retry\n@retry\ndef f():\n    g()"],
    ["a.py", "f(retry=3)"],
    ["a.py", 'f(mode="retry")'],
    ["a.py", "def retry(f):\n    return f()"],
    ["a.py", "retry = 3\nf(retry)"],
    ["settings.py", "RETRY = 3"],
    ["a.py", 'q = "select retry from t"\nrun(q)'],
    ["a.ts", "import { retry } from 'p'; retry(f);"],
    ["a.ts", "export const options = { retry: 3 };"],
    ["A.java", "class A { @Retry(3) void f() { g(); } }"],
    ["a.go", "package a\nfunc f() { retry(g) }"],
    ["a.rs", "fn f() { retry(g) }"],
    ["a.yaml", "retry: 3"],
    ["a.yaml", "run: make retry # x"],
    ["a.toml", "retry = 3"],
    ["Dockerfile", "RUN retry x"],
    ["run.sh", "retry x"],
    ["a.rb", "retry(3)"],
    ["a.json", '{ "retry": 3 }'],
    ["a.js", "export function f(a) {\n  return go(a);\n  function go(b) { return retry(b); }\n}"],
    ["a.js", "export function f(a) {\n  switch (a) { case 1: return 2; case 3: return retry(a); }\n}"],
    ["a.py", "def f(a):\n    if a:\n        return a\n    retry(a)"],
    ["a.go", "package a\nconst retry = 3\nfunc F() { g(retry) }"],
    ["A.java", "class A {\n  static final int RETRY = 3;\n  int f() { return RETRY; }\n}"],
    ["A.java", "class A {\n  @Value(1) private int retry = 3;\n}"],
    ["a.yaml", "script: |\n  make retry"],
    ["run.sh", "# a\necho b\nretry x"],
  ])("is met by what in %s has an effect, as %j", (path, text) => {
    expect(of({ content: ["retry"] }, [added(path, text)])?.status).toBe("met_by");
  });

  it("that names only paths is not met by a comment or an empty test there", () => {
    const paths = ["tests/**"];
    expect(of({ paths }, [added("tests/test_a.py", "# x\ndef test_a():\n    pass")])?.status).toBe("touched");
    expect(of({ paths }, [added("tests/test_a.py", "def test_a():\n    assert f()")])?.status).toBe("met_by");
  });

  it("is not met by code that only moved, or was only indented", () => {
    const moved = [added("b.py", "retry(f)"), file("a.py", "-retry(f)")];
    expect(of({ content: ["retry"] }, moved)?.status).toBe("not_seen");
    expect(of({ removes: ["retry"] }, moved)?.status).toBe("not_seen");
    expect(of({ content: ["retry"] }, [file("a.py", "-retry(f)\n+    retry(f)")])?.status).toBe("not_seen");
  });

  it("is not met by a comment that was taken away", () => {
    const before = { "a.py": "\n\nx = 1  # latest\n" };
    const change = [file("a.py", "-x = 1  # latest\n+x = 1")];
    const after = { "a.py": "x = 1\n" };
    expect(of({ removes: ["latest"] }, change, { before, after })?.status).toBe("not_seen");
  });

  it("is not known where a phrase stands in a file that was not read whole, unless the line is a comment", () => {
    expect(of({ content: ["retry"] }, [file("a.py", "+retry(f)")])).toMatchObject({ status: "not_known" });
    expect(of({ content: ["retry"] }, [file("a.py", "+# retry")])).toMatchObject({ status: "not_seen" });
    expect(of({ content: ["retry"] }, [file("a.py", "+other(f)")])).toMatchObject({ status: "not_seen" });
    expect(of({ content: ["retry"] }, [file("a.unknown", "+retry(f)")])).toMatchObject({
      status: "not_known",
    });
  });

  it("shows the line short, without credentials and without what nobody sees", () => {
    const key = `${"AKIA"}${"ABCDEFGHIJKLMNOP"}`;
    const line = `retry(f, "${key}", "\u202e") ${"+ g()".repeat(40)}`;
    const seen = of({ content: ["retry"] }, [added("a.py", line)])?.evidence[0]?.seen ?? "";
    expect(seen).toMatch(/^retry\(f, "\[a credential\]", ""\)/);
    expect(seen.length).toBeLessThanOrEqual(80);
  });
});

describe("hiding names", () => {
  it.each([
    ["Zoë Okafor wrote this", "[left out] wrote this"],
    ["by zoë okafor, and by Zoë", "by [left out], and by [left out]"],
    ["ask zo.e+x@example.test or @zed-handle", "ask [left out] or [left out]"],
    ["zed-handle/notes.md and ZED-HANDLE", "[left out]/notes.md and [left out]"],
    ["Signed-off-by: Zoë Okafor <z@e.test>", "[left out]"],
    ["Okaforium stays, and so does unzed-handled", "Okaforium stays, and so does unzed-handled"],
  ])("turns %j into %j", (text, expected) => {
    expect(hiding(["Zoë Okafor", "zed-handle", "Al", ""])(text)).toBe(expected);
  });

  it("takes names as they are, whatever a pattern would make of them", () => {
    expect(hiding(["(a+)+$ [x", "..."])("aaaa (a+)+$ [x ...")).toMatch(/^aaaa \[left out\]/);
  });
});

it("finds no trace of any requirement in a list of its words, a comment and an empty test", () => {
  const words =
    "as_of freshness stale idempotent os.replace overwrite dedup rerun sha256 model_version sys.exit";
  const files = [
    added(
      "pipeline/join_features.py",
      `# ${words}\n"""${words}; import build_features"""\nWORDS = "${words}".split\n`,
    ),
    added("tests/test_a.py", "def test_idempotent_rerun_dedup():\n    # raise sys.exit\n    assert True"),
    added("NOTES.md", words),
  ];
  const contents = [
    ["as_of", "stale"],
    ["import build_features", "shared"],
    ["idempotent", "dedup"],
    ["raise ", "sys.exit"],
  ];
  expect(contents.map((content) => of({ content }, files)?.status)).toEqual(Array(4).fill("not_seen"));
});
