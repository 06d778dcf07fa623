import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../src/catalog/load.ts";
import { pathMatcher } from "../../../src/domain/submission/path-matcher.ts";

const kinds = loadCatalog({}).fileKinds();

describe("the kinds of files", () => {
  it.each([
    ["web/package-lock.json", "lock_files"],
    ["vendor/lib/a.go", "vendored"],
    ["a/b_pb2.py", "generated"],
    ["src/a.test.ts", "tests"],
    ["k8s/base/app.yaml", "infrastructure"],
    ["docs/a.yaml", "docs"],
    ["model.ONNX", "binary"],
    [".env", "configuration"],
    ["vendor", "source"],
  ])("put %s among %s", (path, area) => {
    expect(kinds.areaOf(path)).toBe(area);
  });

  it.each(["app/tests.py", "src/main/java/FooTest.java", "pkg/a_test.go", "web/a-test.ts", "lib/b.cy.js"])(
    "look for test cases in %s",
    (path) => {
      expect(kinds.isTest(path)).toBe(true);
    },
  );

  it.each(["src/latest.py", "src/contest.ts", "node_modules/a/test/b.js", "docs/Test.md"])(
    "look for none in %s",
    (path) => {
      expect(kinds.isTest(path)).toBe(false);
    },
  );
});

it("matches folders of any depth, one name, one sign and either of several", () => {
  const matches = pathMatcher(["src/**/{a,b}?.p*"]);
  expect(["src/a1.py", "src/x/y/b2.p"].every(matches)).toBe(true);
  expect(["src/a.py", "src/c1.py", "lib/src/a1.py"].some(matches)).toBe(false);
});
