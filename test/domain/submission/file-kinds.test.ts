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

  it("know a skipped test by its mark as a whole word", () => {
    expect(["@pytest.mark.skip", "  it.skip('x')", "t.Skip()"].every(kinds.skipsTest)).toBe(true);
    expect(["@skipped", "unit.skip", "skip"].some(kinds.skipsTest)).toBe(false);
  });
});

it("matches folders of any depth, one name, one sign and either of several", () => {
  const matches = pathMatcher(["src/**/{a,b}?.p*"]);
  expect(["src/a1.py", "src/x/y/b2.p"].every(matches)).toBe(true);
  expect(["src/a.py", "src/c1.py", "lib/src/a1.py"].some(matches)).toBe(false);
});
